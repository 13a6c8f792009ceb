"""What services that are heavy to load look like from outside, so that a kiosk can hold them before they are loaded.

`kiosk.search`, `kiosk.speech` and `kiosk.typing` fulfil these; `kiosk.services` imports them when they are first used.
"""

from collections.abc import Sequence
from typing import Final, Protocol

from content_packs.errors import VoiceError
from kiosk.speech.rate import Rate
from kiosk.words import Candidate, ItemFilter, SearchAnswer, Sentence, Snippet, UnansweredQuery

EVERYTHING: Final = ItemFilter()


class Types(Protocol):
    """Letters to words; see `kiosk.typing.keyboard.Keyboard`."""

    def candidates(self, letters: str, limit: int = 20) -> tuple[Candidate, ...]:
        """Return what the letters may mean, likeliest first."""

    def forget(self) -> None:
        """Forget what was typed so far."""


class Searches(Protocol):
    """Answers questions; see `kiosk.search.searcher.Searcher`. For one thread at a time, but for `refresh`."""

    def search(self, query: str, *, limit: int = 10, item_filter: ItemFilter = EVERYTHING) -> SearchAnswer:
        """Return the answer to a question: hits best first, what has ended last."""

    def suggest(self, typed: str, *, limit: int = 8) -> tuple[Snippet, ...]:
        """Return what may be meant by what was typed so far; for every key."""

    def forget(self) -> None:
        """Forget what was asked so far."""

    def warm_up(self) -> None:
        """Load what the first question needs; for an idle moment after the first frame."""

    def refresh(self) -> None:
        """Take notice of indexes that were built since: the next question opens them."""

    def close(self) -> None:
        """Close the indexes; the next question would open them again."""


class CountsUnanswered(Protocol):
    """Counts what was not found; see `kiosk.search.unanswered_file.UnansweredFile`, whose promises these are."""

    def note(self, query: str) -> None:
        """Count that a question found nothing."""

    def tidy(self) -> None:
        """Forget what has become too old."""

    def kept(self) -> tuple[UnansweredQuery, ...]:
        """Return what was asked on at least three days, what was asked on most days first."""

    def forget(self) -> None:
        """Remove all of it."""


class ReadsAloud(Protocol):
    """Reads a page aloud; see `kiosk.speech.reader.Reader`, whose promises these are."""

    @property
    def error(self) -> VoiceError | None:
        """Why it failed; None unless the last event was a failure."""

    @property
    def position_s(self) -> float:
        """Seconds heard of the current sentence."""

    def trouble(self) -> VoiceError | None:
        """Return why nothing can be read aloud on this machine, None if all is well. May take a second."""

    def available(self) -> bool:
        """Return whether there is a Mandarin voice and a sound device. May take a second."""

    def load(self, sentences: Sequence[Sentence]) -> None:
        """Stop, and take these sentences."""

    def play(self, index: int = 0) -> None:
        """Read from a sentence on."""

    def pause(self) -> None:
        """Stand still."""

    def resume(self) -> None:
        """Go on where it was paused."""

    def next(self) -> None:
        """Read the next sentence."""

    def previous(self) -> None:
        """Read the sentence before."""

    def again(self) -> None:
        """Read the current sentence again."""

    def set_rate(self, rate: Rate | str) -> None:
        """Read at another speed."""

    def stop(self) -> None:
        """Be silent and forget what was spoken."""

    def close(self) -> None:
        """End it."""
