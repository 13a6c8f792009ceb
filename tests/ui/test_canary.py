"""A question is a person's own: the whole screen is asked one, and then everything it could have written is searched.

The question is short and without numbers, so that it goes the whole way of what is counted as not found.
"""

import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QSize

from content_packs.store import PackStore
from kiosk.home import Home
from kiosk.panel import panel_of
from kiosk.search.build import index_pack
from kiosk.search.layout import index_folder
from kiosk.search.unanswered import DAYS_TO_KEEP
from kiosk.services import Kiosk
from kiosk.settings import Settings
from tests.fakes.content import ISSUED, a_pack, an_item, write_content
from tests.fakes.traces import files_with
from ui.backstage import shell_over
from ui.jobs import ThreadedJobs
from ui.keys import KeyKind
from ui.shell import Screen

pytestmark = [pytest.mark.ui, pytest.mark.usefixtures("qapp")]

CANARY = "核潜艇螺旋桨"
PINYIN = "heqiantingluoxuanjiang"
INITIALS = "hqtlxj"


class Village:
    """A whole kiosk with its screen, in a folder of its own."""

    def __init__(self, qtbot, folder):
        self.qtbot = qtbot
        self.folder = folder
        self.day = ISSUED
        self.home = Home(folder / "home")
        self.home.create()
        store = PackStore(self.home.root)
        with store.staging() as stage:
            pack = store.activate(write_content(stage / "content.db", a_pack(), [an_item("one")]), a_pack(), "1" * 64)
        index_pack(pack.content_db, index_folder(self.home.indexes, pack.pack_id, pack.version, pack.digest))
        self.kiosk = Kiosk(self.home, Settings(sound="off", printer="none"), today=lambda: self.day)
        self.jobs = ThreadedJobs()
        panel = panel_of(21.5, 1080, 1920)
        screen = Screen(panel=panel, size=QSize(1080, 1920), pixels_per_mm=1080 / panel.width_mm)
        self.shell = shell_over(self.kiosk, self.jobs, screen)
        self.shell.window.show()
        self.shell.warm_up()
        self.search = self.shell.rooms.search

    def comes_and_asks(self, text):
        self.shell.navigator.home()
        self.shell.navigator.search()
        for character in text:
            self.search.typed(character)
        keys = self.search.keys.rows
        self.search.touchKey(next(place for place, key in enumerate(keys) if key.kind is KeyKind.SEARCH))
        self.qtbot.waitUntil(lambda: not self.search.busy)
        assert self.search.screen == "nothing"

    def close(self):
        self.shell.close()
        self.jobs.close()
        self.kiosk.close()

    def files_with(self, text):
        """Return the names of the files that hold a text."""
        return [Path(path).name for path in files_with(self.folder, text, of_at_least=20)]


@pytest.fixture
def village(qtbot, tmp_path, monkeypatch):
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr(tempfile, "tempdir", None)
    made = Village(qtbot, tmp_path)
    yield made
    made.close()


def counted(village):
    """Wait until what was not found has been counted."""
    village.qtbot.waitUntil(village.home.unanswered.exists)
    village.qtbot.waitUntil(lambda: str(village.day) in village.home.unanswered.read_text())


def test_nothing_of_a_question_is_left_behind(village, capfd, caplog):
    for asked in (CANARY, PINYIN[:12], INITIALS, f"{CANARY[:2]}{INITIALS[2:]}"):
        village.comes_and_asks(asked)
        village.shell.navigator.reset()
    counted(village)
    village.qtbot.waitUntil(lambda: not village.kiosk.keyboard._known)
    assert village.search.state.query == ""
    for trace in (CANARY, CANARY[:3], PINYIN, PINYIN[:12], INITIALS):
        assert village.files_with(trace) == []
        assert trace not in caplog.text
        assert trace not in "".join(capfd.readouterr())
    assert village.kiosk.unanswered.kept() == ()


def test_what_is_asked_on_three_days_is_told_to_the_clerk_and_stands_in_one_file_only(village):
    for number in range(DAYS_TO_KEEP):
        assert village.files_with(CANARY) == []
        village.day = ISSUED + timedelta(days=number)
        village.comes_and_asks(CANARY)
        village.shell.navigator.reset()
        counted(village)
    assert village.files_with(CANARY) == [village.home.unanswered.name]
    village.shell.navigator.home()
    village.shell.navigator.clerk()
    clerk = village.shell.rooms.clerk
    village.qtbot.waitUntil(lambda: bool(clerk.missing.rows))
    assert [(row.text, row.detail) for row in clerk.missing.rows] == [(CANARY, "3天有人问，最近一次2026年11月24日")]
    village.shell.navigator.reset()
    village.day += timedelta(days=91)
    village.kiosk.unanswered.tidy()
    assert village.files_with(CANARY) == []
