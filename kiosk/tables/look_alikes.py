"""Which characters are taken for one another by the eye. Read when it is first asked, from a list written beside it."""

from collections import defaultdict
from functools import cached_property
from pathlib import Path
from typing import Final

_GROUP: Final = "="
_REMARK: Final = "#"


class LookAlikes:
    """Pairs of characters that look alike.

    Args:
        path: The list: a line that begins with ``=`` holds characters that all look alike, any other line a character
            and those that look like it.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or Path(__file__).with_name("look_alikes.txt")

    def are_alike(self, one: str, other: str) -> bool:
        """Return whether two characters look alike."""
        return other in self._pairs.get(one, ())

    @cached_property
    def _pairs(self) -> dict[str, str]:
        pairs: defaultdict[str, str] = defaultdict(str)
        for line in self._path.read_text("utf-8").splitlines():
            if line.startswith(_REMARK):
                continue
            group = line.removeprefix(_GROUP)
            heads = group if line.startswith(_GROUP) else group[:1]
            for head in heads:
                for other in group:
                    if other != head:
                        pairs[head] += other
                        pairs[other] += head
        return dict(pairs)
