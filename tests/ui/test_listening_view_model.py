"""Listening: one button, a lit sentence, and silence when the page is left."""

import time
from contextlib import closing
from threading import Thread

import pytest
from PySide6.QtTest import QSignalSpy, QTest

from kiosk.speech.player import Player
from kiosk.speech.rate import Rate
from kiosk.speech.reader import Reader
from kiosk.speech.script import Part
from kiosk.speech.voice import Voice
from kiosk.words import SpeechEvent, SpeechState
from tests.fakes.manual_jobs import ManualJobs
from tests.fakes.readers import NotingReader
from ui.jobs import ThreadedJobs
from ui.viewmodels.listening import ListeningViewModel

pytestmark = pytest.mark.ui

PAGE = (Part(text="养老金怎么领"), Part(text="年满60岁。带上𠮷身份证！"), Part(text="问村里。"))


class Ear:
    """The view model with a voice that notes what it was asked."""

    def __init__(self, *, works=True):
        self.jobs = ManualJobs()
        self.view = ListeningViewModel(self.jobs)
        self.readers = []
        self._works = works

    def open_reader(self, on_event):
        self.readers.append(NotingReader(on_event, works=self._works))
        return self.readers[-1]

    @property
    def reader(self):
        return self.readers[-1]

    def ready(self, first_part=0):
        self.view.start(self.open_reader)
        self.view.show_page(PAGE, first_part)
        self.jobs.run_all()
        self.settle()
        self.reader.asked.clear()
        return self

    @staticmethod
    def settle():
        QTest.qWait(1)


@pytest.fixture
def ear(qapp):
    return Ear()


def test_before_the_voice_is_there_nothing_is_offered(ear):
    ear.view.show_page(PAGE, 0)
    assert not ear.view.canListen
    ear.view.toggle()
    ear.view.next()
    assert not ear.view.isOpen


def test_a_page_that_was_open_before_the_voice_was_there_can_be_heard(ear):
    ear.view.show_page(PAGE, 0)
    ear.view.start(ear.open_reader)
    ear.jobs.run_all()
    assert ear.view.canListen
    assert ear.reader.asked == [("load", 0), ("load", 4)]


def test_a_machine_without_sound_offers_nothing(qapp):
    ear = Ear(works=False).ready()
    assert not ear.view.isAvailable
    assert not ear.view.canListen
    ear.view.toggle()
    assert ear.reader.asked == []


def test_one_button_starts_stands_still_and_goes_on(ear):
    ear.ready()
    for wanted, moving in ((("play", 0), True), ("pause", False), ("resume", True)):
        ear.view.toggle()
        ear.settle()
        assert ear.reader.asked[-1] == wanted
        assert ear.view.isMoving is moving
        assert ear.view.busy is moving
    assert ear.view.isOpen


def test_the_lit_sentence_is_told_where_it_stands(ear):
    ear.ready()
    told = QSignalSpy(ear.view.litChanged)
    ear.view.toggle()
    ear.reader.tell(SpeechState.PLAYING, 2)
    ear.settle()
    assert told.count() == 2
    assert (ear.view.litPart, ear.view.litStart, ear.view.litEnd) == (1, 6, 14)
    assert (ear.view.number, ear.view.count) == (3, 4)


def test_a_finger_starts_at_its_sentence_but_only_while_somebody_listens(ear):
    ear.ready()
    ear.view.startAt(1, 8)
    assert ear.reader.asked == []
    ear.view.toggle()
    ear.view.startAt(1, 8)
    ear.view.startAt(7, 0)
    assert ear.reader.asked == [("play", 0), ("play", 2)]


def test_another_tab_is_read_from_its_own_beginning(ear):
    ear.ready(first_part=2)
    ear.view.toggle()
    assert ear.reader.asked == [("play", 3)]


def test_buttons_of_the_bar_reach_the_reader(ear):
    ear.ready()
    ear.view.previous()
    ear.view.next()
    ear.view.again()
    ear.view.chooseRate("slow")
    assert ear.reader.asked == ["previous", "next", "again", ("rate", Rate.SLOW)]
    assert ear.view.rate == "slow"


def test_after_the_end_once_more_means_everything(ear):
    ear.ready()
    ear.view.toggle()
    ear.reader.tell(SpeechState.FINISHED, 3)
    ear.settle()
    assert ear.view.hasEnded
    assert ear.view.litPart == -1
    ear.view.again()
    assert ear.reader.asked == [("play", 0), ("play", 0)]


def test_who_is_in_a_hurry_is_heard_as_soon_as_the_sentences_are_there(ear):
    ear.ready()
    ear.view.show_page((Part(text="别的一页。"),), 0)
    ear.view.toggle()
    assert ear.view.isMoving
    assert ear.reader.asked == [("load", 0)]
    ear.jobs.run_all()
    assert ear.reader.asked == [("load", 0), ("load", 1), ("play", 0)]


def test_who_changes_their_mind_meanwhile_is_not(ear):
    ear.ready()
    ear.view.show_page((Part(text="别的一页。"),), 0)
    ear.view.toggle()
    ear.view.toggle()
    ear.jobs.run_all()
    assert ear.reader.asked == [("load", 0), ("load", 1)]
    assert not ear.view.isMoving


def test_sentences_of_a_page_that_was_left_are_dropped(ear):
    ear.ready()
    ear.view.show_page((Part(text="甲。"),), 0)
    ear.view.show_page((Part(text="乙。丙。"),), 0)
    ear.jobs.run_all()
    assert ear.reader.asked == [("load", 0), ("load", 0), ("load", 2)]


def test_leaving_the_page_is_silent_and_dark(ear):
    ear.ready()
    ear.view.toggle()
    ear.settle()
    ear.view.show_page((), 0)
    ear.settle()
    assert (ear.view.isOpen, ear.view.isMoving, ear.view.litPart, ear.view.canListen) == (False, False, -1, False)
    assert ear.reader.asked[-1] == ("load", 0)


def test_a_reset_brings_the_usual_speed_back(ear):
    ear.ready()
    ear.view.chooseRate("fast")
    ear.view.reset()
    assert ear.view.rate == "normal"
    assert ear.reader.asked[-2:] == [("rate", Rate.NORMAL), ("load", 0)]


def test_what_cannot_be_read_is_said_on_the_bar(ear):
    ear.ready()
    ear.view.toggle()
    ear.reader.tell(SpeechState.FAILED, 0)
    ear.settle()
    assert ear.view.trouble
    assert not ear.view.busy


def test_news_from_another_thread_arrives_on_ours(ear, qtbot):
    ear.ready()
    ear.view.toggle()
    ear.settle()
    Thread(target=ear.view.hear, args=(SpeechEvent(state=SpeechState.PLAYING, sentence=1),)).start()
    qtbot.waitUntil(lambda: ear.view.number == 2)


def test_closing_ends_the_voice_once(ear):
    ear.ready()
    ear.view.close()
    ear.view.close()
    assert ear.reader.asked == ["close"]


def test_a_real_voice_on_the_null_device_lights_sentence_after_sentence(qtbot):
    """The whole way: text, espeak-ng in its process, player, reader's thread, signal, screen."""
    view = ListeningViewModel(ThreadedJobs())
    view.start(lambda on_event: Reader(Voice(), Player("null"), lambda _pack, _hash: b"", on_event))
    with closing(view):
        view.show_page((Part(text="好。"), Part(text="走。来。")), 0)
        qtbot.waitUntil(lambda: view.canListen and view.count == 3)
        seen = []
        view.litChanged.connect(lambda: seen.append((view.litPart, view.litStart, view.litEnd)))
        started = time.monotonic()
        view.toggle()
        qtbot.waitUntil(lambda: view.hasEnded)
        assert [place for place in dict.fromkeys(seen) if place[0] >= 0] == [(0, 0, 2), (1, 0, 2), (1, 2, 4)]
        assert time.monotonic() - started > 0.5
        view._jobs.close()
