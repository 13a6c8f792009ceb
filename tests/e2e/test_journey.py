"""One person, one visit: everything that the kiosk is for, in a real window, with a real printer queue."""

import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from tests.fakes.print_service import QUEUE, PrintService, running_print_service
from tests.fakes.print_service import missing as no_printer
from tests.fakes.traces import files_with
from tests.screen.homes import STARTER
from tests.screen.remote import Villager, kiosk_on
from tests.screen.x_server import missing as no_display
from tests.screen.x_server import running_x_server

WHY_NOT = no_display() or no_printer()
pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(bool(WHY_NOT), reason=WHY_NOT or "present"),
    pytest.mark.xdist_group("screen"),
]

IDLE_S, WARN_S = 30, 5
CANARY = "40318726"
TITLE = "养老金怎么交、怎么领"
VOICE_COLOUR = (0xFF, 0xE3, 0xA3)


@pytest.fixture
def home(starter_home, tmp_path) -> Path:
    """A home with the starter pack in which nobody has searched yet, set up for this journey."""
    folder = tmp_path / "home"
    shutil.copytree(starter_home, folder)
    (folder / "site.toml").write_text(
        f'sound = "null"\nprinter_queue = "{QUEUE}"\nidle_s = {IDLE_S}\nwarn_s = {WARN_S}\n'
    )
    return folder


def test_a_villager_finds_reads_hears_prints_and_leaves_no_trace(home, tmp_path):
    with (
        running_print_service() as printer,
        running_x_server(1080, 1920) as display,
        kiosk_on(home, tmp_path, DISPLAY=display, QT_QPA_PLATFORM="xcb", **printer.environment) as person,
    ):
        assert person.ask("platform") == "xcb"
        _comes_and_chooses_larger_letters(person)
        _asks_for_what_is_not_there(person)
        _searches_by_pinyin_and_opens(person)
        _listens(person, tmp_path)
        payload = _prints(person, printer, tmp_path)
        assert payload in _portal_of(TITLE)
        _goes_away(person)
        _finds_nothing_of_the_last_person(person)
        assert person.ask("warnings") == []
        assert person.leave() == 0
        assert person.said() == ""
    assert files_with(home, CANARY, of_at_least=5) == []


def _comes_and_chooses_larger_letters(person: Villager) -> None:
    assert person.read("navigator", "page") == "rest"
    person.touch("轻轻点一下屏幕")
    person.wait_until("navigator", "page", "home")
    person.touch("字大小")
    person.touch("大", begins=True)
    person.wait_until("appearance", "size", 1)
    person.touch("首页")
    person.wait_until("navigator", "page", "home")


def _asks_for_what_is_not_there(person: Villager) -> None:
    """Type what no pack holds, so that any trace of it is a trace of this person."""
    person.touch("想查什么？点这里打字")
    person.wait_until("navigator", "page", "search")
    person.touch("换成数字键盘")
    for digit in CANARY:
        person.touch(digit)
    person.wait_until("search", "text", CANARY)
    person.touch("查")
    person.wait_until("search", "screen", "nothing")
    person.touch("清空，重新输入")
    person.wait_until("search", "text", "")
    person.touch("换成拼音键盘")


def _searches_by_pinyin_and_opens(person: Villager) -> None:
    for letter in "ylj":
        person.touch(letter)
    person.touch("养老金")
    person.wait_until("search", "text", "养老金")
    person.wait_for(lambda: person.ask("answered"), "no answer")
    assert person.read("search", "screen") == "found"
    assert person.ask("rows", model="search", attribute="found", field="title")[0] == TITLE
    person.touch(TITLE, begins=True)
    person.wait_until("item", "isRead", value=True)
    assert person.read("item", "title") == TITLE
    assert TITLE in person.ask("names")


def _listens(person: Villager, scratch: Path) -> None:
    assert _lit_pixels(person, scratch / "silent.png") == 0
    person.touch("听一听")
    person.wait_until("listening", "isMoving", value=True)
    person.wait_for(lambda: person.ask("heard_s") > 0.3, "nothing is heard")
    first = _lit(person)
    assert first[0] >= 0
    assert first[1] < first[2]
    person.wait_for(lambda: _lit(person) != first, "the light stays on the first sentence")
    person.wait_for(lambda: person.ask("heard_s") > 0.2, "the second sentence is not heard")
    person.touch("停一下")
    person.wait_until("listening", "isMoving", value=False)
    stood, lit = person.ask("heard_s"), _lit(person)
    time.sleep(1)
    assert person.ask("heard_s") == stood
    assert _lit(person) == lit
    assert _lit_pixels(person, scratch / "lit.png") > 2_000
    person.touch("接着听")
    person.wait_for(lambda: person.ask("heard_s") > stood or _lit(person) != lit, "it does not go on")
    person.touch("停一下")
    person.wait_until("listening", "isMoving", value=False)


def _lit(person: Villager) -> tuple[int, int, int]:
    return tuple(person.read("listening", name) for name in ("litPart", "litStart", "litEnd"))


def _lit_pixels(person: Villager, path: Path) -> int:
    """Return how many pixels above the listening bar have the colour of the voice."""
    person.ask("picture", path=str(path))
    bar = person.ask("place", name="朗读")
    with Image.open(path) as picture:
        article = picture.convert("RGB").crop((0, 0, picture.width, int(bar[1]) if bar else picture.height))
        colours = article.getcolors(article.width * article.height)
    return sum(count for count, colour in colours or [] if colour == VOICE_COLOUR)


def _prints(person: Villager, printer: PrintService, scratch: Path) -> str:
    """Print the slip and return what the code on the page says."""
    person.touch("带走这张单子")
    person.wait_until("takeHome", "isDrawn", value=True)
    person.touch("打印这张单子")
    person.wait_until("takeHome", "stage", "printed")
    (page,) = printer.printed()
    subprocess.run(["pdftoppm", "-q", "-r", "150", "-png", str(page), str(scratch / "page")], check=True)
    codes = []
    for sheet in scratch.glob("page*.png"):
        with Image.open(sheet) as drawn:
            codes += zxingcpp.read_barcodes(drawn)
    (code,) = codes
    assert printer.kept() == []
    return code.text


def _portal_of(title: str) -> str:
    """Return the line of the portal in the source of the item with this title."""
    (source,) = (
        text for path in (STARTER / "items").rglob("*.md") if f"\nplain_title: {title}\n" in (text := path.read_text())
    )
    found = re.search(r"^portal: .*payload.*$", source, re.MULTILINE)
    assert found, source
    return found[0]


def _goes_away(person: Villager) -> None:
    person.ask("skip", seconds=IDLE_S)
    person.touch("我还在看")
    person.wait_until("idle", "seconds", 0)
    assert person.read("navigator", "page") == "take_home"
    person.ask("skip", seconds=IDLE_S)
    person.wait_for(lambda: 0 < person.read("idle", "seconds") <= WARN_S, "no countdown")
    assert "我还在看" in person.ask("names")
    person.wait_until("navigator", "page", "rest")


def _finds_nothing_of_the_last_person(person: Villager) -> None:
    assert person.read("appearance", "size") == 0
    assert person.read("search", "text") + person.read("search", "letters") == ""
    assert person.ask("rows", model="search", attribute="found", field="title") == []
    assert person.read("item", "title") == ""
    assert person.read("takeHome", "isDrawn") is False
    assert person.read("listening", "canListen") is False
    time.sleep(0.6)  # the next person; a touch right after the last one's would count as its second half
    person.touch("轻轻点一下屏幕")
    person.touch("想查什么？点这里打字")
    person.wait_until("search", "screen", "hot")
    assert not any("养老金怎么" in name for name in person.ask("names"))
    assert person.read("navigator", "canGoBack") is True
