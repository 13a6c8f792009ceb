"""What the listening bar shows after each thing that can happen."""

import pytest

from kiosk.speech.rate import Rate
from kiosk.speech.script import Part, sentences
from kiosk.words import Sentence, SpeechEvent, SpeechState
from ui.viewmodels.listening_state import (
    ListeningState,
    after_event,
    sentence_at,
    with_page,
    with_sentences,
)

TEXTS = ("养老金怎么领", "年满60岁。带上𠮷身份证！", "བོད་ཡིག", "问村里。")


def a_page(first_part=0):
    state = with_page(ListeningState(available=True, rate=Rate.SLOW), TEXTS)
    parts = [Part(text=text, lang="bo-CN" if number == 2 else "zh-Hans-CN") for number, text in enumerate(TEXTS)]
    ready = with_sentences(state, sentences(parts), first_part)
    while ready.unheard_stops:
        ready = after_event(ready, SpeechEvent(state=SpeechState.IDLE, sentence=-1))
    return ready


def told(state, speech, sentence):
    return after_event(state, SpeechEvent(state=speech, sentence=sentence))


def test_the_speed_outlives_a_page_and_nothing_else_does():
    old = told(a_page(), SpeechState.PLAYING, 1)
    new = with_page(old, ["别的"])
    assert (new.rate, new.available, new.lit, new.is_open, new.is_prepared) == (Rate.SLOW, True, None, False, False)


def test_the_lit_sentence_is_told_in_units_of_the_screen():
    state = told(a_page(), SpeechState.PLAYING, 2)
    assert state.lit.part == 1
    assert (state.lit.start, state.lit.end) == (6, 13)
    assert state.lit_units == (6, 14)  # 𠮷 is two units


@pytest.mark.parametrize("speech", [SpeechState.IDLE, SpeechState.FINISHED])
def test_nothing_is_lit_before_and_after(speech):
    state = told(a_page(), speech, 3)
    assert state.lit is None
    assert state.lit_units == (0, 0)


def test_listening_begins_at_the_part_that_was_asked_for():
    assert a_page().begin == 0
    assert a_page(first_part=2).begin == 3
    assert a_page(first_part=9).begin == 0


def test_news_of_the_last_page_is_ignored_until_the_reader_has_stopped():
    state = with_sentences(
        with_page(ListeningState(available=True), ["甲。乙。"]), sentences([Part(text="甲。乙。")]), 0
    )
    assert state.unheard_stops == 2
    state = told(state, SpeechState.PLAYING, 1)
    assert state.lit is None
    state = told(told(state, SpeechState.IDLE, -1), SpeechState.IDLE, -1)
    state = told(state, SpeechState.PLAYING, 1)
    assert state.lit.start == 2


def test_a_machine_without_voice_and_a_page_without_words_offer_nothing():
    assert not ListeningState(available=True).can_listen
    assert not with_page(ListeningState(available=False), ["甲"]).can_listen
    waiting = with_page(ListeningState(available=True), ["བོད།"])
    assert waiting.can_listen
    assert not with_sentences(waiting, (), 0).can_listen


def test_what_failed_is_said_in_words():
    assert a_page().trouble == ""
    assert told(a_page(), SpeechState.FAILED, 0).trouble


@pytest.mark.parametrize(
    ("speech", "moving"),
    [(SpeechState.LOADING, True), (SpeechState.PLAYING, True), (SpeechState.PAUSED, False)],
)
def test_only_what_is_heard_or_about_to_be_counts_as_moving(speech, moving):
    assert told(a_page(), speech, 0).is_moving is moving


@pytest.mark.parametrize(
    ("part", "unit", "index"),
    [
        (0, 3, 0),
        (1, 0, 1),
        (1, 5, 1),
        (1, 6, 2),
        (1, 99, 2),
        (3, 0, 3),
        (2, 0, -1),  # no voice for this part
        (-1, 0, -1),
        (9, 0, -1),
    ],
)
def test_a_finger_finds_the_sentence_under_it(part, unit, index):
    assert sentence_at(a_page(), part, unit) == index


def test_a_finger_before_the_first_sentence_of_a_part_finds_that_sentence():
    state = with_page(ListeningState(available=True), ["甲", "　　乙。"])
    state = with_sentences(state, [Sentence(part=1, start=2, end=4, spoken="乙。")], 0)
    assert sentence_at(state, 1, 0) == 0
    assert sentence_at(state, 0, 0) == -1


def test_a_recording_stands_for_every_part_after_it():
    state = with_page(ListeningState(available=True), ["题", "话", "又"])
    state = with_sentences(state, [Sentence(part=0, start=0, end=1, spoken="题", recording="a" * 64)], 0)
    assert sentence_at(state, 2, 0) == 0
