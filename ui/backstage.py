"""What stands behind the first frame: the kiosk with its packs and settings, and the work off the UI thread."""

from collections.abc import Callable
from datetime import date

from kiosk.backup import mend
from kiosk.home import Home
from kiosk.services import Kiosk, open_kiosk
from kiosk.setup import note_set_up
from kiosk.site import keep_good_copies, usable_settings
from ui.home_content import first_sight, home_content
from ui.jobs import Jobs, Lane, ThreadedJobs
from ui.kept_sight import Marks, keep_sight, kept_sight, marks_of
from ui.shell import Rooms, Screen, Shell
from ui.sight import FirstSight, HomeContent


class Backstage:
    """A kiosk and the jobs that are done for its screen.

    Args:
        kiosk: What it can do.
        jobs: The door off the UI thread.
        marks: What the kiosk was read from, as it was before.
        end: Ends whatever was made for this screen alone.
    """

    def __init__(self, kiosk: Kiosk, jobs: Jobs, marks: Marks, *, end: Callable[[], None] = lambda: None) -> None:
        self.kiosk = kiosk
        self.close = end
        self._jobs = jobs
        self._marks = marks

    @property
    def today(self) -> date:
        """The machine's date."""
        return self.kiosk.today

    @property
    def sight(self) -> FirstSight:
        """What is seen first."""
        return first_sight(self.kiosk.settings, self.kiosk.library)

    def content(self) -> HomeContent:
        """Return what home shows of the packs that are active now."""
        return home_content(self.kiosk.settings.village, self.kiosk.library)

    def reload_if_changed(self) -> bool:
        """Read the packs again if there are others; return whether there are."""
        home = self.kiosk.home
        read_once = {file.name: self._marks.get(file.name, "") for file in (home.site_file, home.screen_file)}
        marks = {**marks_of(home), **read_once}
        changed = self.kiosk.reload_if_changed()
        if changed:
            self._marks = marks  # but for the settings, which are read once: others are another first sight
        return changed

    def keep_sight(self) -> None:
        """Keep what is seen first for the next start, unless it is kept already."""
        home, sight, marks = self.kiosk.home, self.sight, self._marks

        def keep() -> None:
            if kept_sight(home) != sight:
                keep_sight(home, sight, marks)

        self._jobs.run(Lane.PAGES, keep, lambda _: None)

    def rooms(self, shell: Shell) -> Rooms:
        """Return the pages beyond home."""
        from ui import rooms  # noqa: PLC0415 (a first start reads the packs before the first frame, and no page)

        house = rooms.House(
            kiosk=self.kiosk,
            jobs=self._jobs,
            engine=shell.engine,
            window=shell.window,
            navigator=shell.navigator,
            home=shell.home,
            appearance=shell.appearance,
            sound=shell.sound,
            pixels_per_mm=shell.screen.pixels_per_mm,
        )
        return rooms.Rooms(house, shell)


def open_backstage(home: Home) -> Backstage:
    """Return what stands behind the screen of a home. The caller closes it.

    Raises:
        SiteError: The home cannot be made.
    """
    marks = marks_of(home)
    settings, trouble = usable_settings(home)
    kiosk = open_kiosk(home, settings)
    if trouble:
        kiosk.log.error(trouble)
    jobs = ThreadedJobs()
    jobs.run(Lane.PAGES, lambda: _tend(kiosk), lambda _: None)  # before anything else reads what it mends

    def end() -> None:
        jobs.close()
        kiosk.close()

    return Backstage(kiosk, jobs, marks, end=end)


def _tend(kiosk: Kiosk) -> None:
    """Keep good copies of the settings, note that this kiosk is set up, and set damaged small files aside."""
    for each in mend(kiosk.home, kiosk.today):
        kiosk.log.event("damaged-set-aside", file=each.path.name.partition(".")[0])
    keep_good_copies(kiosk.home)
    note_set_up(kiosk.home)


def shell_over(kiosk: Kiosk, jobs: Jobs, screen: Screen) -> Shell:
    """Return the screen of a kiosk that is open already; it heeds touches at once. The caller closes kiosk and jobs."""
    stage = Backstage(kiosk, jobs, marks_of(kiosk.home))
    shell = Shell(stage.sight, stage.today, screen, lambda: stage)
    _ = shell.attendance
    return shell
