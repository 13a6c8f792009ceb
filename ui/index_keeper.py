"""Sees to it that every pack is searched by its own index: one that is missing is built by a process of its own."""

from collections.abc import Sequence

from content_packs.errors import CancelledError, KioskError
from content_packs.progress import CancelToken
from kiosk.chores.child import AS_CHILD, CUNKOU, run_chore
from kiosk.services import Kiosk
from ui.jobs import Failed, Jobs, Lane, Ok


class IndexKeeper:
    """Builds indexes while the screen goes on; search is refreshed by itself. `close` before the jobs.

    Args:
        kiosk: Whose packs.
        jobs: The door off the UI thread.
        program: How ``cunkou`` is started.
    """

    def __init__(self, kiosk: Kiosk, jobs: Jobs, program: Sequence[str] = CUNKOU) -> None:
        self._kiosk = kiosk
        self._jobs = jobs
        self._command = (*program, "index", *AS_CHILD, "--home", str(kiosk.home.root))
        self._cancel = CancelToken()
        self._is_looking = False
        self._looks_again = False

    def look(self) -> None:
        """Look whether a pack lacks its index, and have it built; for the start, and whenever packs have changed."""
        if self._is_looking:
            self._looks_again = True
            return
        self._is_looking = True
        self._jobs.run(Lane.CHORES, self._build_what_is_missing, self._ended)

    def close(self) -> None:
        """End the process that builds, if there is one. It goes on where it stood when the kiosk starts again."""
        self._cancel.cancel()

    def _build_what_is_missing(self) -> bool:
        """Return whether anything was built."""
        if not self._kiosk.lacks_index():
            return False
        run_chore(self._command, cancel=self._cancel)
        return True

    def _ended(self, outcome: Ok[bool] | Failed) -> None:
        self._is_looking = False
        if isinstance(outcome, Failed):
            if isinstance(outcome.error, KioskError) and not isinstance(outcome.error, CancelledError):
                self._kiosk.log.error(outcome.error)
        elif outcome.value:
            self._kiosk.refresh_search()
        if self._looks_again and not self._cancel.is_cancelled:
            self._looks_again = False
            self.look()
