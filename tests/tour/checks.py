"""What a page must hold to, whatever its size, theme and orientation: pure functions over what was gathered.

How the rules are read:

- *cut*: letters may leave their window, clip or card only where scrolling brings them back.
- *shortened*: nothing ends in an ellipsis but the summary on a card, which has two lines.
- *over each other*: no two words or icons share pixels.
- *hole*: no row of a list is missing in sight.
- *target*: what can be touched is as high as the panel asks for; only keys of the keyboard may be narrower. A text that
  is read from where it is touched is no target: the bar of large buttons does the same.
- *gap*: neighbours are 4 mm apart, keys 2 mm. Rows of one list that share a dividing line are one list and may touch
  each other. What scrolls under an edge is not measured against what lies beyond.
- *top*: on a tall screen nothing is to be touched in the top 30 %. A page that is one target as a whole (rest) is none.
- *small*: no letter is smaller than small print.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from tests.tour.shown import Fault, Rect, Shown, ShownTarget

SLACK = 1.5
"""Px that rounding may cost."""

KEYS = frozenset({"Key", "BarWord"})
JOINED = frozenset({"QuestionRow"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What holds on one panel, in px.

    Attributes:
        target: Least height of what can be touched, and least width but for keys.
        gap: Between two targets.
        key_gap: Between two keys.
        em: Least size of letters.
        free_top: Height that is for showing only; 0 if the page may be touched everywhere.
    """

    target: float
    gap: float
    key_gap: float
    em: float
    free_top: float = 0


def faults_of(shown: Shown, limits: Limits) -> tuple[Fault, ...]:
    """Return everything that breaks a rule, in the order of the rules; contrast is judged apart, from the pixels."""
    return (
        *cut_off(shown),
        *shortened(shown),
        *over_each_other(shown),
        *over_targets(shown),
        *holes(shown),
        *too_small(shown, limits),
        *small_targets(shown, limits),
        *near_targets(shown, limits),
        *high_targets(shown, limits),
        *nameless(shown),
        *(Fault("picture", name) for name in shown.broken),
    )


def cut_off(shown: Shown) -> Iterator[Fault]:
    """Find letters that stand outside the window, a clip or their card, or that something is painted over."""
    for text in shown.texts:
        if text.again:
            continue
        letters, visible, scrolls = text.letters, text.visible, text.scrolls
        missing = {
            "above": 0 if scrolls.back else visible.y - letters.y,
            "below": 0 if scrolls.forward else letters.bottom - visible.bottom,
            "on the left": 0 if scrolls.across else visible.x - letters.x,
            "on the right": 0 if scrolls.across else letters.right - visible.right,
        }
        yield from (Fault("cut", text.name, f"{px:.0f} px {side}") for side, px in missing.items() if px > SLACK)
        if text.room and max(letters.beyond(text.room)) > SLACK:
            yield Fault("cut", text.name, f"leaves its card by {max(letters.beyond(text.room)):.0f} px")
        if text.covered > text.em * text.em * 0.1 and not scrolls.forward:
            yield Fault("cut", text.name, f"{text.covered:.0f} px² painted over")


def shortened(shown: Shown) -> Iterator[Fault]:
    """Find words that end in an ellipsis."""
    for text in shown.texts:
        if text.shortened and not text.may_shorten:
            yield Fault("shortened", text.name)


def over_each_other(shown: Shown) -> Iterator[Fault]:
    """Find two words that share pixels; what floats over a page that can be scrolled on is no fault."""
    for one, other in combinations([text for text in shown.texts if not text.again], 2):
        common = one.letters.cut(one.visible).cut(other.letters.cut(other.visible))
        floats = one.scrolls.forward != other.scrolls.forward
        if common.width > SLACK and common.height > SLACK and not floats:
            measure = f"{common.width:.0f} × {common.height:.0f} px"
            yield Fault("over each other", f"{one.name} and {other.name}", measure)


def over_targets(shown: Shown) -> Iterator[Fault]:
    """Find words that stand on a button, or under one, without being its own."""
    for text in shown.texts:
        for target in shown.targets:
            common = text.letters.cut(text.visible).cut(target.visible)
            own = text.target == target.id or _is_page(target, shown.window)
            floats = text.scrolls.forward or text.scrolls.back or target.scroller
            if not own and not floats and common.width > SLACK and common.height > SLACK:
                yield Fault("over each other", f"{text.name} and {_target(target)}", f"{common.height:.0f} px")


def holes(shown: Shown) -> Iterator[Fault]:
    """Find lists in which a row that should be in sight is missing."""
    for one in shown.lists:
        rows = [row for row in one.rows if row.bottom > one.view.y and row.y < one.view.bottom and row.height > 0]
        if not rows:
            continue
        between = [below.y - above.bottom for above, below in pairwise(rows)]
        above = rows[0].y - one.view.y
        below = one.view.bottom - rows[-1].bottom if one.scrolls.forward else 0
        hole = max([above, below, *between])
        if hole > one.spacing + SLACK:
            yield Fault("hole", one.name, f"{hole:.0f} px without a row")


def too_small(shown: Shown, limits: Limits) -> Iterator[Fault]:
    """Find letters smaller than small print."""
    for text in shown.texts:
        if not text.icon and text.em < limits.em - SLACK:
            yield Fault("small", text.name, f"{text.em:.0f} < {limits.em:.0f} px")


def small_targets(shown: Shown, limits: Limits) -> Iterator[Fault]:
    """Find what is too low or too narrow for an old finger."""
    for target in shown.targets:
        if target.whole.height < limits.target - SLACK:
            yield Fault("target", _target(target), f"{target.whole.height:.0f} < {limits.target:.0f} px high")
        if target.whole.width < limits.target - SLACK and target.kind not in KEYS:
            yield Fault("target", _target(target), f"{target.whole.width:.0f} < {limits.target:.0f} px wide")


def _target(target: ShownTarget) -> str:
    return f"“{target.name[:24]}” ({target.kind})"


def near_targets(shown: Shown, limits: Limits) -> Iterator[Fault]:
    """Find neighbours between which a finger may slip."""
    whole_page = [target for target in shown.targets if _is_page(target, shown.window)]
    for one, other in combinations([target for target in shown.targets if target not in whole_page], 2):
        if not _are_measured(one, other) or not one.visible.faces(other.visible):
            continue
        least = limits.key_gap if KEYS & {one.kind, other.kind} else limits.gap
        gap = one.visible.gap(other.visible)
        if gap < least - SLACK:
            yield Fault("gap", f"{_target(one)} and {_target(other)}", f"{gap:.0f} < {least:.0f} px")


def _are_measured(one: ShownTarget, other: ShownTarget) -> bool:
    if one.scroller != other.scroller:
        return False
    are_joined = one.kind == other.kind and one.kind in JOINED and one.group == other.group
    return not are_joined


def _is_page(target: ShownTarget, window: Rect) -> bool:
    return target.visible.width * target.visible.height > window.width * window.height * 0.7


def high_targets(shown: Shown, limits: Limits) -> Iterator[Fault]:
    """Find what hangs too high to be touched."""
    for target in shown.targets:
        if target.visible.y < limits.free_top - SLACK and not _is_page(target, shown.window):
            yield Fault("top", _target(target), f"at {target.visible.y:.0f}, free to {limits.free_top:.0f} px")


def nameless(shown: Shown) -> Iterator[Fault]:
    """Find what a screen reader could not name."""
    for target in shown.targets:
        if not target.name.strip():
            yield Fault("nameless", f"{target.kind} in {target.place}")


def without_repeats(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """Return the faults in order, each once."""
    return tuple(dict.fromkeys(faults))
