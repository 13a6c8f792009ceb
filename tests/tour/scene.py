"""What a page of the tour is."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.tour.stage import Stage

Step = Callable[[Stage], None]


def nothing(stage: Stage) -> None:
    """Do nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One page.

    Attributes:
        name: In the files' names.
        enter: Goes there from home and waits until it is there.
        aim: After each change of look, brings what the scene is about into sight.
        leave: Undoes what going home does not.
        top_is_free: Nothing may be touched in the top 30 % of a tall screen.
        moves: The page shows whether pages slide, so it is shown with slides on.
        to_the_end: Where it is longer than the screen, its end is looked at too.
        is_plain: It is only ever seen in the standard size and theme.
    """

    name: str
    enter: Step
    aim: Step = nothing
    leave: Step = nothing
    top_is_free: bool = False
    moves: bool = False
    to_the_end: bool = True
    is_plain: bool = False
