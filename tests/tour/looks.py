"""The looks that every page is seen in: panels, sizes of letters, themes. Frozen words."""

from dataclasses import dataclass
from itertools import product
from typing import Final

from ui.home_content import SIZES

STRONG: Final = "contrast"
PLAIN: Final = "paper"


@dataclass(frozen=True, slots=True)
class PanelKind:
    """A screen: its name in the files' names, pixels, and diagonal in inches."""

    name: str
    width: int
    height: int
    inches: float

    @property
    def is_tall(self) -> bool:
        """Whether it hangs so high that its top is for showing only."""
        return self.height > self.width


PANELS: Final = (
    PanelKind("portrait", 1080, 1920, 21.5),
    PanelKind("landscape", 1920, 1080, 21.5),
    PanelKind("small", 1280, 800, 15.6),
)


@dataclass(frozen=True, slots=True)
class Look:
    """One size of letters, 0 to 2, in one theme."""

    size: int
    strong: bool

    @property
    def name(self) -> str:
        """How files and faults name it."""
        return f"{SIZES[self.size]}_{STRONG if self.strong else PLAIN}"


LOOKS: Final = tuple(Look(size, strong) for size, strong in product(range(len(SIZES)), (False, True)))
