"""What the page of the PIN shows, and how that follows from what was touched: pure.

The digits live here only while they are being typed, and never in a representation of the state.
"""

from dataclasses import dataclass, field, replace
from math import ceil

from content_packs.errors import KioskError
from kiosk.pin import PIN_DIGITS

NOT_SET = "K-032"


@dataclass(frozen=True, slots=True, kw_only=True)
class PinState:
    """One moment of the page.

    Attributes:
        purpose: What the PIN is asked for; empty while it is not asked for.
        digits: Typed so far.
        is_judging: A try is being judged.
        message: Why the last try did not open; empty if there was none.
        todo: What to do now.
        wait_s: Whole seconds until the next try; 0 if it may be now.
        is_set: Whether there is a PIN at all.
    """

    purpose: str = ""
    digits: str = field(default="", repr=False)
    is_judging: bool = False
    message: str = ""
    todo: str = ""
    wait_s: int = 0
    is_set: bool = True

    @property
    def can_type(self) -> bool:
        """Whether keys do anything."""
        return self.is_set and not self.is_judging and self.wait_s == 0

    @property
    def can_submit(self) -> bool:
        """Whether what was typed can be a PIN."""
        return self.can_type and len(self.digits) >= PIN_DIGITS[0]


def asked(purpose: str) -> PinState:
    """Return the state in which a PIN is asked for."""
    return PinState(purpose=purpose)


def after_look(state: PinState, *, is_set: bool, seconds_left: float) -> PinState:
    """Return the state once it is known whether there is a PIN and when it may be tried."""
    if not state.purpose:
        return state
    if not is_set:
        return replace(
            state, is_set=False, message="还没有设置工作人员的 PIN。", todo="请管理员在本机运行 cunkou pin set。"
        )
    return replace(state, wait_s=ceil(seconds_left), message="试得太多了。" if seconds_left > 0 else state.message)


def after_digit(state: PinState, digit: str) -> PinState:
    """Return the state after a key; what is no digit, or one too many, changes nothing."""
    if not state.can_type or len(digit) != 1 or digit not in "0123456789" or len(state.digits) >= PIN_DIGITS[1]:
        return state
    return replace(state, digits=state.digits + digit, message="", todo="")


def after_erasing(state: PinState) -> PinState:
    """Return the state without the last digit."""
    return replace(state, digits=state.digits[:-1]) if state.can_type else state


def after_submitting(state: PinState) -> PinState:
    """Return the state while a try is judged: without its digits."""
    return replace(state, digits="", is_judging=True, message="", todo="") if state.can_submit else state


def after_refusal(state: PinState, error: KioskError, seconds_left: float) -> PinState:
    """Return the state after a try that did not open; unchanged where nobody asks any more."""
    if not state.purpose:
        return state
    wait = ceil(seconds_left)
    return replace(
        state,
        is_judging=False,
        is_set=error.telephone_code != NOT_SET,
        message=error.what,
        todo="" if wait else error.todo,
        wait_s=wait,
    )


def after_tick(state: PinState, seconds_left: float) -> PinState:
    """Return the state a second later."""
    wait = ceil(seconds_left)
    if state.wait_s and not wait:
        return replace(state, wait_s=0, message="", todo="")
    return replace(state, wait_s=wait) if state.wait_s else state
