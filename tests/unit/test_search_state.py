"""The search page's state: typing, choosing, deleting, answers that come late."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_packs.model import ItemRef, Kind, Status
from kiosk.words import Candidate, Facets, Hit, ItemFilter, SearchAnswer, Snippet, ThemeTile
from ui.keys import ISSUERS, Key, KeyKind, Mode, keys_of
from ui.search_state import (
    HOT_WORDS,
    LONGEST_LETTERS,
    LONGEST_TEXT,
    Narrowing,
    Screen,
    SearchState,
    after_candidate,
    after_expanding,
    after_filter,
    after_issuer,
    after_key,
    after_measuring,
    after_search,
    after_suggestions,
    after_unfolding,
    after_word,
    bar_words,
    hot_words,
)
from ui.search_suggestions import Room
from ui.search_words import announcement, bar_hint, heading, nothing_words

WORDS = {
    "yanglaojin": (Candidate(text="养老金", used=10), Candidate(text="养老", used=7), Candidate(text="杨", used=4)),
    "jin": (Candidate(text="金", used=3),),
    "yb": (Candidate(text="医保", used=2),),
}


def meaning(letters):
    return WORDS.get(letters, ())


def a_hit(**fields):
    defaults = {
        "ref": ItemRef("cn.test.pack", "pension"),
        "section": 0,
        "title": "养老金怎么领",
        "kind": Kind.GUIDE,
        "theme": "pension",
        "keywords": ("养老金",),
        "facts": (),
        "status": Status.IN_FORCE,
        "year": 2024,
        "badge": "",
        "snippet": Snippet(text="年满六十岁可以领养老金。", marks=((8, 11),)),
        "score": 1.0,
    }
    return Hit(**(defaults | fields))


def press(state, *kinds_or_letters):
    for each in kinds_or_letters:
        if isinstance(each, KeyKind):
            key = Key(kind=each, value=" " if each is KeyKind.SPACE else "")
        elif isinstance(each, Mode):
            key = Key(kind=KeyKind.MODE, value=each)
        else:
            letter = each.isascii() and each.isalpha()
            key = Key(kind=KeyKind.LETTER if letter else KeyKind.TEXT, value=each)
        state = after_key(state, key, meaning)
    return state


def spell(letters, state=None):
    return press(state or SearchState(), *letters)


def doc(*texts, state=None):
    return press(state or SearchState(mode=Mode.DOC_NO), *texts)


def test_letters_wait_for_a_choice_and_are_searched_meanwhile():
    state = spell("yanglaojin")
    assert (state.text, state.letters, state.query) == ("", "yanglaojin", "yanglaojin")
    assert bar_words(state) == ("养老金", "养老", "杨")
    assert state.busy
    assert state.screen is Screen.WAITING


def test_a_candidate_that_uses_all_letters_becomes_the_text():
    state = after_candidate(spell("yanglaojin"), 0, meaning)
    assert (state.text, state.letters, state.candidates) == ("养老金", "", ())


def test_a_candidate_that_uses_some_letters_leaves_the_rest_with_their_own_candidates():
    state = after_candidate(spell("yanglaojin"), 1, meaning)
    assert (state.text, state.letters) == ("养老", "jin")
    assert bar_words(state) == ("金",)
    assert state.query == "养老jin"
    assert after_candidate(state, 0, meaning).query == "养老金"


@pytest.mark.parametrize("place", [-1, 3, 99])
def test_a_candidate_that_is_gone_changes_nothing(place):
    state = spell("yanglaojin")
    assert after_candidate(state, place, meaning) is state


def test_the_space_bar_takes_the_first_candidate_and_else_parts_words():
    state = press(spell("yanglaojin"), KeyKind.SPACE)
    assert (state.text, state.letters) == ("养老金", "")
    assert press(state, KeyKind.SPACE).text == "养老金 "
    assert press(SearchState(), KeyKind.SPACE).text == ""


def test_letters_that_mean_nothing_are_kept_as_they_are():
    state = press(spell("zzz"), KeyKind.SPACE)
    assert (state.text, state.letters) == ("zzz", "")


def test_a_digit_takes_the_letters_for_their_likeliest_meaning():
    assert press(spell("yb"), "2").text == "医保2"
    assert press(spell("yb"), Mode.DIGITS) == replace(SearchState(), text="医保", mode=Mode.DIGITS, busy=True)


def test_deleting_takes_letters_before_text_and_ends_at_nothing():
    state = spell("yb", after_candidate(spell("yanglaojin"), 0, meaning))
    state = press(state, KeyKind.DELETE)
    assert (state.text, state.letters) == ("养老金", "y")
    state = press(state, KeyKind.DELETE, KeyKind.DELETE)
    assert (state.text, state.letters) == ("养老", "")
    state = press(state, *[KeyKind.DELETE] * 5)
    assert state == SearchState()


def test_clearing_forgets_all_but_the_mode():
    state = replace(doc("2"), answer=SearchAnswer(query="2"), asked=True)
    assert press(state, KeyKind.CLEAR) == SearchState(mode=Mode.DOC_NO)


def test_a_query_has_an_end():
    state = SearchState(text="字" * LONGEST_TEXT)
    assert press(state, "5") is state
    assert len(spell("a" * (LONGEST_LETTERS + 9)).letters) == LONGEST_LETTERS
    full = replace(spell("yanglaojin"), text="字" * LONGEST_TEXT)
    assert len(after_candidate(full, 0, meaning).text) == LONGEST_TEXT


def test_the_bar_offers_nothing_where_no_letters_wait():
    state = after_word(SearchState(), "医保")
    assert bar_words(state) == bar_words(SearchState()) == ()


# --- suggestions -----------------------------------------------------------------------------------------------------


def some(*texts):
    return tuple(Snippet(text=text, marks=((0, 1),)) for text in texts)


def names(state):
    return [row.text for row in state.suggested]


def test_suggestions_follow_each_key_and_late_ones_are_dropped():
    state = spell("y")
    state = after_suggestions(state, "y", some("养老金", "医保"))
    assert names(state) == ["养老金", "医保"]
    typed_on = spell("b", state)
    assert after_suggestions(typed_on, "y", some("养羊")) is typed_on
    assert names(after_suggestions(typed_on, "yb", some("医保"))) == ["医保"]


def test_suggestions_stay_until_the_next_ones_are_there():
    state = after_suggestions(spell("y"), "y", some("养老金"))
    assert names(spell("b", state)) == ["养老金"]


def test_no_place_is_added_or_taken_away_while_results_stand_there():
    state = after_suggestions(spell("y"), "y", some("养老金", "医保"))
    assert state.held == 2
    state = after_search(state, "y", SearchAnswer(query="y", hits=(a_hit(),)))
    more = after_suggestions(spell("b", state), "yb", some("一", "二", "三", "四"))
    assert (more.held, names(more)) == (2, ["一", "二"])
    settled = after_search(more, "yb", SearchAnswer(query="yb", hits=(a_hit(),)))
    assert (settled.held, names(settled)) == (4, ["一", "二", "三", "四"])
    fewer = after_suggestions(spell("c", settled), "ybc", some("一"))
    assert (fewer.held, names(fewer)) == (4, ["一"])
    assert after_search(fewer, "ybc", None).held == 1


def test_who_has_asked_is_not_offered_anything_else():
    state = after_suggestions(spell("y"), "y", some("养老金"))
    asked = press(state, KeyKind.SEARCH)
    assert (asked.held, asked.suggested) == (0, ())
    chosen = after_word(state, "养老金")
    assert (chosen.asked, chosen.held) == (True, 0)
    assert names(spell("b", asked)) == ["养老金"]


def test_nothing_typed_suggests_nothing():
    state = after_suggestions(spell("y"), "y", some("养老金"))
    assert press(state, KeyKind.DELETE) == SearchState()
    assert after_suggestions(SearchState(), "", some("养老金")) == SearchState()


def test_a_page_with_less_room_shows_fewer_and_shorter_ones_and_keeps_its_room():
    state = after_suggestions(spell("y"), "y", some("养老金怎么领", "养老", "医保", "养羊", "药"))
    small = after_measuring(state, Room(places=2, characters=3))
    assert (small.held, names(small)) == (2, ["养老", "医保"])
    assert press(small, KeyKind.CLEAR).room == small.room
    assert after_measuring(small, Room()).held == 5


# --- narrowing -------------------------------------------------------------------------------------------------------


CHOICES = Facets(kinds=((Kind.GUIDE, 3), (Kind.FAQ, 2)))
GUIDES = ItemFilter(kind=Kind.GUIDE)


def found(count=5, **fields):
    state = after_word(SearchState(), "养老金")
    answer = SearchAnswer(query="养老金", hits=(a_hit(),) * count, **fields)
    return after_search(state, "养老金", answer, Narrowing(choices=CHOICES))


def test_many_results_that_were_asked_for_can_be_narrowed():
    assert found().can_filter
    assert not found(2).can_filter
    assert not replace(found(), asked=False).can_filter
    assert not found(emergency=True, phone="119").can_filter


def test_narrowed_results_keep_what_they_can_be_narrowed_to():
    state = after_filter(found(), GUIDES)
    assert state.busy
    assert after_search(state, "养老金", SearchAnswer(query="养老金"), Narrowing()) is state
    state = after_search(state, "养老金", SearchAnswer(query="养老金", hits=(a_hit(),)), Narrowing(chosen=GUIDES))
    assert (state.choices, state.can_filter, heading(state)) == (CHOICES, True, "挑出 1 条")


def test_narrowed_to_nothing_is_no_dead_end_and_no_missing_answer():
    state = after_filter(found(), GUIDES)
    state = after_search(state, "养老金", SearchAnswer(query="养老金", phone="12345"), Narrowing(chosen=GUIDES))
    assert (state.screen, state.can_filter, state.unanswered) == (Screen.FOUND, True, "")
    assert heading(state) == "这样挑，一条也没有"


def test_another_question_is_not_narrowed():
    state = after_unfolding(after_filter(found(), GUIDES))
    other = spell("y", state)
    assert (other.chosen, other.choices, other.filtering) == (ItemFilter(), Facets(), False)
    assert after_filter(SearchState(), GUIDES) == SearchState()
    assert after_filter(state, GUIDES) is state
    assert not after_unfolding(state).filtering


# --- what is missing -------------------------------------------------------------------------------------------------


def test_what_was_not_found_is_known_once_the_page_says_so():
    nothing = SearchAnswer(query="挖塘", phone="12345")
    waiting = after_word(SearchState(), "挖塘")
    assert waiting.unanswered == ""
    state = after_search(waiting, "挖塘", nothing)
    assert state.unanswered == "挖塘"
    assert spell("y", state).unanswered == ""
    assert after_search(waiting, "挖塘", None).unanswered == ""
    assert found().unanswered == ""


# --- document numbers ------------------------------------------------------------------------------------------------


def test_a_document_number_is_four_touches_and_its_serial():
    state = after_issuer(SearchState(mode=Mode.DOC_NO), "国办发")
    assert doc("〔2017〕", "4", "7", "号", state=state).query == "国办发〔2017〕47号"


def test_the_bracket_closes_after_four_digits_and_opens_again_when_deleted():
    state = doc("〔", *"2017")
    assert state.text == "〔2017〕"
    assert doc("〕", state=state).text == "〔2017〕"
    assert press(state, KeyKind.DELETE).text == "〔201"
    assert doc("5", state=press(state, KeyKind.DELETE)).text == "〔2015〕"
    assert press(doc("养", "〕"), KeyKind.DELETE).text == "养"


def test_a_year_key_replaces_the_year_that_is_there():
    state = doc("〔2017〕", "4")
    assert doc("〔2024〕", state=state).text == "〔2024〕4"
    assert doc("〔2024〕", state=doc("〔", "2")).text == "〔2024〕"


def test_an_issuer_stands_first_and_takes_the_place_of_another():
    state = doc("〔2017〕")
    state = after_issuer(state, "国发")
    assert state.text == "国发〔2017〕"
    assert after_issuer(state, "国办发").text == "国办发〔2017〕"
    assert bar_words(state) == ISSUERS


# --- answers ---------------------------------------------------------------------------------------------------------


def test_an_answer_to_the_present_query_is_shown():
    state = spell("yb")
    answer = SearchAnswer(query="yb", hits=(a_hit(),))
    shown = after_search(state, "yb", answer)
    assert (shown.answer, shown.busy, shown.screen) == (answer, False, Screen.FOUND)


def test_a_late_answer_to_an_older_query_is_dropped():
    state = spell("yb")
    assert after_search(state, "y", SearchAnswer(query="y")) is state
    assert after_search(SearchState(), "", SearchAnswer(query="")) == SearchState()


def test_results_stay_until_newer_ones_come_and_go_with_the_query():
    found = after_search(spell("yb"), "yb", SearchAnswer(query="yb", hits=(a_hit(),)))
    typing = spell("x", found)
    assert typing.screen is Screen.FOUND
    assert typing.busy
    empty = press(typing, *[KeyKind.DELETE] * 3)
    assert (empty.screen, empty.answer, empty.busy) == (Screen.HOT, None, False)


@pytest.mark.parametrize(
    ("answer", "screen"),
    [
        (SearchAnswer(query="yb"), Screen.NOTHING),
        (SearchAnswer(query="yb", phone="12345"), Screen.NOTHING),
        (SearchAnswer(query="yb", phone="119", emergency=True), Screen.FOUND),
        (None, Screen.FAILED),
    ],
)
def test_what_stands_where_the_results_stand(answer, screen):
    state = replace(after_search(spell("yb"), "yb", answer), asked=True)
    assert state.screen is screen


def test_in_the_middle_of_a_word_nobody_is_told_that_there_is_nothing():
    state = after_search(spell("ba"), "ba", SearchAnswer(query="ba", phone="12345"))
    assert state.screen is Screen.HOT
    assert press(state, KeyKind.SEARCH).screen is Screen.NOTHING


def test_typing_on_after_a_failure_tries_again():
    failed = after_search(spell("yb"), "yb", None)
    assert spell("x", failed).screen is Screen.WAITING


def test_a_blank_more_is_no_new_question():
    found = after_search(after_word(SearchState(), "医保"), "医保", SearchAnswer(query="医保", hits=(a_hit(),)))
    spaced = press(found, KeyKind.SPACE)
    assert (spaced.text, spaced.busy) == ("医保 ", False)


def test_asking_is_noted_until_the_query_changes():
    asked = press(spell("yb"), KeyKind.SEARCH)
    assert asked.asked
    assert not spell("x", asked).asked
    assert not press(SearchState(), KeyKind.SEARCH).asked


def test_an_offered_word_replaces_what_was_typed():
    state = after_word(spell("yb"), "养老金")
    assert (state.text, state.letters, state.candidates, state.busy) == ("养老金", "", (), True)


def test_issuers_unfold_and_fold_when_one_is_taken():
    state = after_expanding(after_issuer(SearchState(mode=Mode.DOC_NO), "国发"))
    assert state.expanded
    assert not after_issuer(state, "国发").expanded


def test_candidates_unfold_and_fold_when_one_types_on():
    state = spell("yanglaojin")
    opened = after_expanding(state)
    assert opened.expanded
    assert not after_expanding(opened).expanded
    assert not after_candidate(opened, 0, meaning).expanded
    assert not press(opened, KeyKind.SEARCH).expanded


# --- words -----------------------------------------------------------------------------------------------------------


def a_theme(title):
    return ThemeTile(id=title, title=title, examples="", icon="school", hue=1, count=1)


def test_hot_words_are_those_villagers_use_then_themes():
    asked = [("新农合", "合作医疗"), (), ("养老金",), ("城乡居民基本医疗保险", "医保")]
    words = hot_words(asked, [a_theme("养老金"), a_theme("上学"), a_theme("一个很长的类别名")])
    assert words == ("新农合", "养老金", "医保", "上学")
    assert len(hot_words([], [a_theme(f"类{number}") for number in range(30)])) == HOT_WORDS


def test_every_screen_has_its_line():
    found = after_search(spell("yb"), "yb", SearchAnswer(query="yb", hits=(a_hit(), a_hit())))
    nothing = replace(after_search(spell("yb"), "yb", SearchAnswer(query="yb", phone="12345")), asked=True)
    failed = after_search(spell("yb"), "yb", None)
    assert heading(SearchState()) == "大家常查"
    assert heading(found) == "找到 2 条"
    assert heading(replace(found, asked=True)) == "找到 2 条，点一条就能看"
    assert (heading(nothing), heading(failed), heading(spell("yb"))) == ("没有找到", "这会儿查不了", "")
    assert nothing_words(found) == ""
    assert nothing_words(nothing)
    assert nothing_words(failed)
    assert nothing_words(failed) != nothing_words(nothing)


def test_the_bar_says_what_to_do_while_it_offers_nothing():
    assert "首字母" in bar_hint(SearchState())
    assert "没有字" in bar_hint(spell("zzz"))
    assert bar_hint(SearchState(mode=Mode.DIGITS)) != bar_hint(SearchState())
    assert bar_hint(SearchState(mode=Mode.DOC_NO)) == ""


def test_a_screen_reader_hears_whom_to_call_first():
    answer = SearchAnswer(query="zh", phone="119", emergency=True, phone_label="火警", hits=(a_hit(),), meant="失火")
    state = after_search(spell("zh"), "zh", answer)
    assert announcement(state) == "火警请打119。您找的是失火。找到 1 条"
    assert announcement(spell("x", state)) == ""
    assert announcement(SearchState()) == ""
    assert announcement(after_search(spell("zh"), "zh", None)) == "这会儿查不了"


# --- whatever is touched ---------------------------------------------------------------------------------------------

ALL_KEYS = st.sampled_from([key for mode in Mode for key in keys_of(mode, year=2026)])


@given(st.lists(ALL_KEYS, max_size=80))
def test_whatever_is_touched_the_query_stays_short_and_candidates_belong_to_the_letters(keys):
    state = SearchState()
    for key in keys:
        state = after_key(state, key, meaning)
        assert len(state.text) <= LONGEST_TEXT + 1
        assert state.candidates == meaning(state.letters)
        assert state.query or state.screen is Screen.HOT
        assert not state.busy or state.query
