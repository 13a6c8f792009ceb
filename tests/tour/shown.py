"""What stands on the screen, as plain records: gathered from the item tree, judged by `checks`. All lengths are px."""

from dataclasses import dataclass
from typing import Self

LEADING = 0.3
"""Share of an em by which a line is higher than its letters, above and below together."""


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle of the window; empty where a side is not positive."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """First column beyond it."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """First row beyond it."""
        return self.y + self.height

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing of it."""
        return self.width <= 0 or self.height <= 0

    def cut(self, other: Self) -> "Rect":
        """Return what both have in common."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        return Rect(x, y, min(self.right, other.right) - x, min(self.bottom, other.bottom) - y)

    def without_air(self, air: float) -> "Rect":
        """Return the rectangle with less at its top and bottom."""
        return Rect(self.x, self.y + air, self.width, self.height - 2 * air)

    def beyond(self, other: Self) -> tuple[float, float]:
        """Return how far this reaches out of the other, across and down; 0 where it does not."""
        across = max(other.x - self.x, self.right - other.right, 0)
        down = max(other.y - self.y, self.bottom - other.bottom, 0)
        return across, down

    def gap(self, other: Self) -> float:
        """Return the distance to a rectangle beside, above or below; negative where both overlap."""
        across = max(other.x - self.right, self.x - other.right)
        down = max(other.y - self.bottom, self.y - other.bottom)
        return max(across, down)

    def faces(self, other: Self) -> bool:
        """Whether the other stands right beside, above or below this one, not only at a corner."""
        common = self.cut(other)
        return common.width > 0 or common.height > 0


@dataclass(frozen=True, slots=True)
class Scrolls:
    """What a finger can still bring into sight: on either side, above, below."""

    across: bool = False
    back: bool = False
    forward: bool = False


Colour = tuple[int, int, int]
"""Red, green, blue, each 0 to 255."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownText:
    """Some words on the screen.

    Attributes:
        words: As they stand there.
        place: Components around them, the innermost last.
        painted: Where the letters are, cut or not.
        visible: What of it no edge cuts off.
        room: The nearest button, card or badge around them; None if they stand on the page itself.
        scrolls: What an edge cuts off and a finger can bring back.
        shortened: They end in an ellipsis because there was no room.
        may_shorten: The one place where that is meant: the second line of a card's summary.
        em: Size of the letters.
        colour: As asked for; the pixels say whether it is so.
        icon: A picture of the icon font, or part of a drawing.
        faint: Meant to be faint: on a button that cannot be touched now.
        target: What is touched where these words stand, 0 if nothing is; see `ShownTarget.id`.
        again: The lit sentence of a text that is noted too; of it, only its ground is asked.
        covered: Px² of what is visible that something else is painted over.
    """

    words: str
    place: str
    painted: Rect
    visible: Rect
    room: Rect | None = None
    scrolls: Scrolls = Scrolls()
    shortened: bool = False
    may_shorten: bool = False
    em: float
    colour: Colour = (0, 0, 0)
    icon: bool = False
    faint: bool = False
    target: int = 0
    again: bool = False
    covered: float = 0

    @property
    def letters(self) -> Rect:
        """Where the letters are without the air above and below them, which may be cut and overlap."""
        return self.painted.without_air(self.em * LEADING / 2)

    @property
    def name(self) -> str:
        """How a fault names it."""
        return f"“{self.words[:24]}” in {self.place}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTarget:
    """Something that a finger can touch.

    Attributes:
        name: What a screen reader calls it.
        kind: Its component.
        place: Components around it, the innermost last.
        whole: Where it is, cut or not.
        visible: What of it no edge cuts off.
        scroller: The scrolling area that holds it, 0 if none does.
        id: Tells it from others of the same moment.
        group: Its parent: rows of one list and parts of one choice have the same.
    """

    name: str
    kind: str
    place: str
    whole: Rect
    visible: Rect
    scroller: int = 0
    id: int = 0
    group: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownList:
    """A list that scrolls up and down.

    Attributes:
        name: Its component.
        view: Where it is.
        rows: What of it is there, header and footer included, from the top.
        spacing: Between two rows.
        scrolls: Whether it goes on above and below.
    """

    name: str
    view: Rect
    rows: tuple[Rect, ...]
    spacing: float
    scrolls: Scrolls


@dataclass(frozen=True, slots=True)
class Shown:
    """One moment of the screen. ``broken`` names pictures that could not be loaded."""

    window: Rect
    texts: tuple[ShownText, ...] = ()
    targets: tuple[ShownTarget, ...] = ()
    lists: tuple[ShownList, ...] = ()
    broken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong: which rule, on which words, and by how much."""

    rule: str
    what: str
    measure: str = ""
