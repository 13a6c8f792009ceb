"""When a query is searched for: once the finger rests, or at once when somebody says so. Pure, no Qt, no clock."""

from dataclasses import dataclass
from typing import Final

REST_MS: Final = 200
"""How long a finger rests before what it typed is searched for."""


@dataclass(frozen=True, slots=True)
class Rest:
    """What waits to be searched for.

    Attributes:
        query: Empty if nothing waits.
        due_ms: When its turn comes, by the clock of whoever asks.
    """

    query: str = ""
    due_ms: float = 0.0


def after_typing(rest: Rest, query: str, now_ms: float) -> Rest:
    """Return what waits after the query has become another: the rest begins anew, and nothing waits if it is empty."""
    if query == rest.query:
        return rest
    return Rest(query, now_ms + REST_MS) if query else Rest()


def wait_ms(rest: Rest, now_ms: float) -> float | None:
    """Return how long it must still wait, 0 if its turn has come; None if nothing waits."""
    return max(0.0, rest.due_ms - now_ms) if rest.query else None
