"""Indexes that are missing are built beside the screen, and search takes notice by itself."""

import sys

import psutil
import pytest

from content_packs.model import Paragraph, Span
from content_packs.store import PackStore
from kiosk.home import Home
from kiosk.services import Kiosk
from kiosk.settings import Settings
from tests.fakes.content import ISSUED, a_pack, an_item, write_content
from tests.fakes.manual_jobs import ManualJobs
from ui.index_keeper import IndexKeeper
from ui.jobs import Lane, ThreadedJobs

BODY = "狂犬疫苗要打五针。"


def install(home, version=1):
    store, info = PackStore(home.root), a_pack(version=version)
    with store.staging() as staged:
        body = Paragraph(spans=(Span(text=f"第{version}版：{BODY}"),))
        items = [an_item("dog", title="被狗咬了", plain_title="", blocks=(body,))]
        store.activate(write_content(staged / "content.db", info, items), info, f"{version:064x}")


@pytest.fixture
def kiosk(tmp_path):
    home = Home(tmp_path)
    install(home)
    with Kiosk(home, Settings(sound="off", printer="none"), today=lambda: ISSUED) as made:
        yield made


@pytest.fixture
def jobs():
    return ManualJobs()


def logged(kiosk):
    path = kiosk.home.log / "kiosk.log"
    return path.read_text("utf-8") if path.exists() else ""


def test_what_is_missing_is_built_and_found(kiosk, jobs):
    keeper = IndexKeeper(kiosk, jobs)
    kiosk.searcher.warm_up()
    assert kiosk.lacks_index()
    assert not kiosk.searcher.search("狂犬疫苗").hits
    keeper.look()
    assert [lane for lane, _, _ in jobs.waiting] == [Lane.CHORES]
    jobs.run_all()
    assert not kiosk.lacks_index()
    assert [hit.ref.id for hit in kiosk.searcher.search("狂犬疫苗").hits] == ["dog"]
    assert "error" not in logged(kiosk)


def test_where_nothing_is_missing_no_process_is_started(kiosk, jobs, tmp_path):
    IndexKeeper(kiosk, jobs).look()
    jobs.run_all()
    keeper = IndexKeeper(kiosk, jobs, (str(tmp_path / "no-such-program"),))
    keeper.look()
    jobs.run_all()
    assert "error" not in logged(kiosk)


def test_looking_twice_is_looking_once_more_afterwards(kiosk, jobs):
    keeper = IndexKeeper(kiosk, jobs)
    keeper.look()
    install(kiosk.home, version=2)
    keeper.look()
    keeper.look()
    assert len(jobs.waiting) == 1
    jobs.run_next()
    assert kiosk.reload_if_changed()
    assert len(jobs.waiting) == 1
    jobs.run_all()
    assert not kiosk.lacks_index()


def test_what_failed_is_noted_and_tried_again_when_asked(kiosk, jobs, tmp_path):
    keeper = IndexKeeper(kiosk, jobs, (str(tmp_path / "no-such-program"),))
    keeper.look()
    jobs.run_all()
    assert "M-316" in logged(kiosk)
    keeper.look()
    assert len(jobs.waiting) == 1


@pytest.mark.ui
def test_the_end_of_the_kiosk_ends_the_process(kiosk, qtbot, tmp_path):
    note = tmp_path / "started"
    code = (
        f"import os, pathlib, time; new = pathlib.Path({str(note)!r} + '.new'); new.write_text(str(os.getpid())); "
        f"new.rename({str(note)!r}); time.sleep(3600)"
    )
    jobs = ThreadedJobs()
    keeper = IndexKeeper(kiosk, jobs, (sys.executable, "-c", code))
    keeper.look()
    qtbot.waitUntil(note.exists)
    keeper.close()
    jobs.close()
    qtbot.waitUntil(lambda: not psutil.pid_exists(int(note.read_text())))
    assert "error" not in logged(kiosk)
