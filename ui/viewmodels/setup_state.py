"""The questions that a new kiosk asks, and how its state follows from touches: pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from math import hypot
from typing import Final

from content_packs.errors import KioskError
from kiosk.declared import Value
from kiosk.divisions import division_path, divisions_in
from kiosk.regions import COUNTRY
from kiosk.settings import Settings
from ui.keys import Key, KeyKind, Mode, keys_of, space_key
from ui.search_state import Candidates, SearchState, after_candidate, after_expanding, after_key

CARD_MM: Final = 85.6
"""Width of a bank card or an identity card (ISO/IEC 7810, ID-1)."""

LONGEST_VILLAGE: Final = 24
DISTANCES: Final = (400, 550, 700)
_SMALLEST_CARD, _LARGEST_CARD = 0.12, 0.92
_FEWEST_DIGITS, _MOST_DIGITS = 6, 12
_MM_PER_INCH: Final = 25.4


class Step(StrEnum):
    """One question a page."""

    WELCOME = "welcome"
    VILLAGE = "village"
    REGION = "region"
    SCREEN = "screen"
    PRINTER = "printer"
    VOICE = "voice"
    PIN = "pin"
    DONE = "done"


STEPS: Final = tuple(Step)
NO_PRINTER: Final = "none"
NOTHING_TYPED: Final = SearchState()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Something that can be chosen: what it is called inside, and its words."""

    code: str
    words: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupState:
    """One moment of the questions.

    Attributes:
        step: What is asked now.
        typing: The name of the village, as far as it was typed.
        region: Code chosen so far; ``0`` for none.
        card: Width of the drawn card as a share of the screen's width; 0 where nobody has measured.
        aspect: Height of the screen by its width.
        told_inches: Diagonal that the screen tells; 0 if it tells none.
        distance_mm: From the eye to the screen.
        printers: What was found; None while somebody looks.
        printer: Chosen; empty where nobody has chosen.
        voice: Whether a sentence was heard; None where nobody has said.
        told: What came of the last test; empty before any.
        digits: Of the PIN, as far as they were typed.
        first: The PIN as it was typed first; empty before that.
        has_pin: Whether a PIN is set now.
        message: What is wrong, with what to do.
        busy: Something goes on that takes a while.
    """

    step: Step = Step.WELCOME
    typing: SearchState = NOTHING_TYPED
    region: str = COUNTRY
    card: float = 0.0
    aspect: float = 1.0
    told_inches: float = 0.0
    distance_mm: int = 550
    printers: tuple[Choice, ...] | None = None
    printer: str = ""
    voice: bool | None = None
    told: str = ""
    digits: str = ""
    first: str = ""
    has_pin: bool = False
    message: str = ""
    busy: bool = False

    @property
    def number(self) -> int:
        """The place of the question, from 1."""
        return STEPS.index(self.step)

    @property
    def village(self) -> str:
        """What was typed and chosen."""
        return self.typing.text.strip()[:LONGEST_VILLAGE]

    @property
    def can_go_on(self) -> bool:
        """Whether 下一步 leads on: no letters wait to be chosen for, and nothing is going on."""
        return not self.busy and not self.typing.letters and (self.step is not Step.PIN or self.has_pin)

    @property
    def inches(self) -> float:
        """Diagonal of the screen as measured with a card; 0 where nobody has measured."""
        if not self.card:
            return 0.0
        width_mm = CARD_MM / self.card
        return round(hypot(width_mm, width_mm * self.aspect) / _MM_PER_INCH, 1)


def beginning(settings: Settings, *, aspect: float, told_inches: float, has_pin: bool) -> SetupState:
    """Return the first question, with whatever was answered before a power cut."""
    known = settings.village if settings.village != Settings().village else ""
    inches = settings.screen_inches
    width_mm = inches * _MM_PER_INCH / hypot(1, aspect)
    return SetupState(
        typing=SearchState(text=known),
        region=settings.region,
        card=CARD_MM / width_mm if inches else 0.0,
        aspect=aspect,
        told_inches=told_inches,
        distance_mm=settings.viewing_distance_mm,
        printer=_printer_of(settings),
        voice=False if settings.sound == "off" else None,
        has_pin=has_pin,
    )


def answers(state: SetupState) -> Mapping[str, Value]:
    """Return what has been chosen, as settings; what nobody has answered is left to its default."""
    found: dict[str, Value] = {}
    if state.village:
        found["village"] = state.village
    if state.region != COUNTRY:
        found["region"] = state.region
    if state.inches:
        found["screen_inches"] = state.inches
    if state.distance_mm != Settings().viewing_distance_mm:
        found["viewing_distance_mm"] = state.distance_mm
    if state.voice is False:
        found["sound"] = "off"
    return {**found, **printer_answers(state.printer)}


def printer_answers(printer: str) -> Mapping[str, Value]:
    """Return the settings for a chosen printer: ``cups:QUEUE``, ``escpos:DOTS:DEVICE`` or ``none``."""
    kind, _, rest = printer.partition(":")
    match kind:
        case "cups":
            return {"printer": "cups", "printer_queue": rest}
        case "escpos":
            dots, _, device = rest.partition(":")
            return {"printer": "escpos", "escpos_device": device, "paper_dots": int(dots)}
        case "none":
            return {"printer": "none"}
    return {}


def _printer_of(settings: Settings) -> str:
    """Return the printer that settings name, as it would be chosen; empty where they name none."""
    match settings.printer:
        case "cups":
            return f"cups:{settings.printer_queue}" if settings.printer_queue else ""
        case "escpos":
            return f"escpos:{settings.paper_dots}:{settings.escpos_device}"
        case _:
            return NO_PRINTER


def printer_choices(queues: tuple[str, ...], devices: tuple[str, ...]) -> tuple[Choice, ...]:
    """Return what can be chosen, for the queues of CUPS and the device files of ticket printers."""
    sheets = tuple(Choice(code=f"cups:{queue}", words=f"打印机 {queue}") for queue in queues)
    tickets = tuple(
        Choice(code=f"escpos:{dots}:{device}", words=f"小票机 {device}，{paper}毫米纸")
        for device in devices
        for dots, paper in ((384, 58), (576, 80))
    )
    return (*sheets, *tickets, Choice(code=NO_PRINTER, words="没有打印机"))


# --- from page to page -----------------------------------------------------------------------------------------------


def after_next(state: SetupState) -> SetupState:
    """Return the next question; the last one stays."""
    place = min(STEPS.index(state.step) + 1, len(STEPS) - 1)
    return _at(state, STEPS[place])


def after_back(state: SetupState) -> SetupState:
    """Return the question before; the first one stays."""
    return _at(state, STEPS[max(STEPS.index(state.step) - 1, 0)])


def _at(state: SetupState, step: Step) -> SetupState:
    typing = replace(state.typing, letters="", candidates=(), expanded=False)
    return replace(state, step=step, typing=typing, told="", message="", digits="", first="")


# --- the name of the village -----------------------------------------------------------------------------------------


def setup_keys(mode: Mode, first_candidate: str = "") -> tuple[Key, ...]:
    """Return the keys for a name: those of the search page without what only a search needs.

    Args:
        mode: What is typed.
        first_candidate: What the space bar takes; empty if nothing waits for it.
    """
    keys = [key for key in keys_of(mode, year=0) if key.kind is not KeyKind.SEARCH and key.value != Mode.DOC_NO]
    if mode is not Mode.LETTERS:
        return tuple(keys)
    last = [key for key in keys if key.row == 3]  # noqa: PLR2004 (the fourth of four rows)
    switch, space = (next(key for key in last if key.kind is kind) for kind in (KeyKind.MODE, KeyKind.SPACE))
    keys = [key for key in keys if key not in last]
    return (
        *keys,
        replace(switch, column=0.0, span=2.5),
        replace(space_key(first_candidate), row=space.row, column=2.5, span=7.5),
    )


def after_struck(state: SetupState, key: Key, candidates: Candidates) -> SetupState:
    """Return the state after a key of the keyboard; the space bar takes the first candidate."""
    if key.kind is KeyKind.SPACE and not state.typing.letters:
        return state
    typing = after_key(state.typing, key, candidates)
    return replace(state, typing=replace(typing, text=typing.text[:LONGEST_VILLAGE]))


def after_chosen(state: SetupState, place: int, candidates: Candidates) -> SetupState:
    """Return the state after a candidate."""
    typing = after_candidate(state.typing, place, candidates)
    return replace(state, typing=replace(typing, text=typing.text[:LONGEST_VILLAGE], expanded=False))


def after_expanded(state: SetupState) -> SetupState:
    """Return the state in which all candidates are shown, or the keys again."""
    return replace(state, typing=after_expanding(state.typing))


# --- where it stands -------------------------------------------------------------------------------------------------


def region_choices(region: str) -> tuple[Choice, ...]:
    """Return what can be chosen next: what the chosen division is divided into."""
    return tuple(Choice(code=each.code, words=each.name) for each in divisions_in(region))


def region_words(region: str) -> str:
    """Return where a kiosk stands, in words."""
    return "　".join(each.name for each in division_path(region)) or "全国（还没有选地方）"


def after_region(state: SetupState, code: str) -> SetupState:
    """Return the state with a division chosen."""
    return replace(state, region=code)


def after_wider_region(state: SetupState) -> SetupState:
    """Return the state with the last choice undone."""
    above = division_path(state.region)[:-1]
    return replace(state, region=above[-1].code if above else COUNTRY)


# --- screen, printer, voice ------------------------------------------------------------------------------------------


def after_card(state: SetupState, share: float) -> SetupState:
    """Return the state after the drawn card was made so wide."""
    return replace(state, card=min(max(share, _SMALLEST_CARD), _LARGEST_CARD))


def after_distance(state: SetupState, distance_mm: int) -> SetupState:
    """Return the state with another distance."""
    return replace(state, distance_mm=distance_mm)


def after_printers(state: SetupState, found: tuple[Choice, ...]) -> SetupState:
    """Return the state after somebody has looked for printers; a choice that is no longer there is undone."""
    ids = {each.code for each in found}
    return replace(state, printers=found, printer=state.printer if state.printer in ids else "")


def after_printer(state: SetupState, printer: str) -> SetupState:
    """Return the state with a printer chosen."""
    return replace(state, printer=printer, told="")


def after_test(state: SetupState, words: str) -> SetupState:
    """Return the state after a test of printer or voice."""
    return replace(state, told=words, busy=False)


def trouble_words(error: Exception) -> str:
    """Return what went wrong in a test, what to do, and the code for the telephone."""
    if isinstance(error, KioskError):
        why = f"（{error.why}）" if error.why else ""
        return f"{error.what.rstrip('。')}{why}。{error.todo}（{error.telephone_code}）"
    return f"没有成功。请再试一次，还不行就打电话，说：{type(error).__name__}"


# --- the PIN ---------------------------------------------------------------------------------------------------------


def after_digit(state: SetupState, digit: str) -> SetupState:
    """Return the state after another digit."""
    return replace(state, digits=(state.digits + digit)[:_MOST_DIGITS], message="")


def after_erased(state: SetupState) -> SetupState:
    """Return the state without the last digit."""
    return replace(state, digits=state.digits[:-1], message="")


def can_submit(state: SetupState) -> bool:
    """Return whether what was typed is long enough for a PIN."""
    return len(state.digits) >= _FEWEST_DIGITS and not state.busy


def after_first(state: SetupState) -> SetupState:
    """Return the state after the PIN was typed for the first time and is good enough."""
    return replace(state, first=state.digits, digits="", message="", busy=False)


def after_mismatch(state: SetupState) -> SetupState:
    """Return the state after two PINs that differ: both are asked for anew."""
    return replace(state, first="", digits="", message="两次不一样，请从头再输一遍。", busy=False)


def after_weak(state: SetupState, words: str) -> SetupState:
    """Return the state after a PIN that may not be one."""
    return replace(state, first="", digits="", message=words, busy=False)


def after_pin_set(state: SetupState) -> SetupState:
    """Return the state after the PIN was kept."""
    return replace(state, first="", digits="", message="", busy=False, has_pin=True)


def pin_question(state: SetupState) -> str:
    """Return what is asked for now."""
    if state.has_pin and not state.first:
        return "PIN 已经设好了。要换一个，就再输一遍。"
    return "再输一遍同样的数字。" if state.first else "请输 6 到 12 位数字，不要用生日和连号。"


def summary(state: SetupState) -> tuple[Choice, ...]:
    """Return what has been chosen, for the last page."""
    printer = next((each.words for each in state.printers or () if each.code == state.printer), "以后再说")
    size = (
        f"{state.inches:g}寸"
        if state.inches
        else f"{state.told_inches:g}寸（屏幕自己说的）"
        if state.told_inches
        else "没有量"
    )
    voice = {True: "听得到", False: "不朗读", None: "没有试"}[state.voice]
    rows = (
        ("村名", state.village or Settings().village),
        ("地区", region_words(state.region)),
        ("屏幕", f"{size}，离眼睛{state.distance_mm / 10:g}厘米"),
        ("打印机", printer),
        ("朗读", voice),
        ("PIN", "设好了" if state.has_pin else "没有设。以后请管理员运行 cunkou pin set"),
    )
    return tuple(Choice(code=title, words=words) for title, words in rows)
