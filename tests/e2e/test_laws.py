"""The 4,109 laws and regulations of the shared corpus: imported, built, installed, found, opened and seen."""

import json
import sys
import time
from pathlib import Path

import pytest

from content_packs.model import ItemRef
from kiosk.home import Home
from kiosk.library import EVERYTHING
from kiosk.services import open_kiosk
from kiosk.settings import Settings
from kiosk.setup import note_set_up
from tests.screen.homes import cunkou
from tests.screen.remote import kiosk_on

LAWS = Path(__file__).parents[3] / "shared" / "corpus" / "laws.jsonl.gz"
DOCUMENTS = 4_109
SEARCH_BAR_MS = 200

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.long,
    pytest.mark.skipif(not LAWS.exists(), reason=f"the shared corpus is not at {LAWS}"),
]

QUESTIONS = {
    "中华人民共和国刑法": "中华人民共和国刑法",
    "minfadian": "中华人民共和国民法典",
    "土地承包": "农村土地承包",
    "老年人权益保障法": "中华人民共和国老年人权益保障法",
}
"""A question → what stands in the title of one of the first answers."""


@pytest.fixture(scope="module")
def laws_home(tmp_path_factory):
    """A home with all of them, and the seconds that each step took."""
    folder = tmp_path_factory.mktemp("laws")
    source, release, home = folder / "source", folder / "release", folder / "home"
    steps = {
        "import": ("pack", "import", LAWS, source, "--publisher", "测试", "--verified-on", "2026-11-22", "--json"),
        "build": ("pack", "build", source, release),
        "install and index": ("install", release, "--unsigned", "--home", home, "--json"),
    }
    times, printed = {}, {}
    for name, command in steps.items():
        begin = time.monotonic()
        printed[name] = cunkou(*command)
        times[name] = time.monotonic() - begin
    note_set_up(Home(home))
    return home, times, json.loads(printed["install and index"])


@pytest.mark.timeout(900)
def test_all_laws_are_installed_browsable_and_searchable(laws_home, capsys):
    home, times, installed = laws_home
    assert installed["items"] == DOCUMENTS
    assert installed["searchable"]
    begin = time.monotonic()
    with open_kiosk(Home(home), Settings()) as kiosk:
        times["open"] = time.monotonic() - begin
        begin = time.monotonic()
        cards = kiosk.library.cards(EVERYTHING)
        times["list of all"] = time.monotonic() - begin
        assert len(cards) == DOCUMENTS
        searcher = kiosk.searcher
        begin = time.monotonic()
        searcher.search("法律")
        times["first search"] = time.monotonic() - begin
        for question, title in QUESTIONS.items():
            searcher.search(question, limit=10)
            answer = searcher.search(question, limit=10)
            assert any(title in hit.title for hit in answer.hits), [hit.title for hit in answer.hits]
            assert answer.ms < SEARCH_BAR_MS
            times[f"search {question}"] = answer.ms / 1000
        begin = time.monotonic()
        dossier = kiosk.library.dossier(ItemRef(installed["pack"], "L1885"))
        times["open the longest matter"] = time.monotonic() - begin
        assert dossier.main.item.title == "中华人民共和国刑法"
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(f"{name:32s} {seconds:8.3f} s" for name, seconds in times.items()) + "\n")


def test_a_code_of_law_opens_on_the_screen(laws_home, tmp_path):
    home, _, installed = laws_home
    with kiosk_on(home, tmp_path, driver="tests.bench.probe", QT_QPA_PLATFORM="offscreen") as kiosk:
        kiosk.touch("轻轻点一下屏幕")
        title = kiosk.ask("open_item", pack=installed["pack"], item="L1885")
        assert title == "中华人民共和国刑法"
        kiosk.wait_until("item", "isRead", value=True)
        assert any("刑法" in name for name in kiosk.ask("names"))
        assert kiosk.ask("warnings") == []
        assert kiosk.leave() == 0
