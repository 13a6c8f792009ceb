"""The one analyser of index and query, and which syllables sound alike."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.search.analysis import Analyser, words_of
from kiosk.search.fields import FIELDS, Cut, Part, field_name
from kiosk.search.sounds import fold_syllable
from kiosk.tables.read import Tables

TEXTS = st.text(alphabet="养老金低保宅基地行长的了a1，。 \n〇𠮷ſ養", max_size=30)


@pytest.fixture(scope="module")
def analyser():
    return Analyser(Tables())


@pytest.mark.parametrize(
    ("cut", "terms"),
    [
        (Cut.PAIR, ("养老", "老金", "怎么", "么领", "猪")),
        (Cut.SOUND, ("yan_lao", "lao_jin", "zen_me", "me_lin")),
        (Cut.CHAR, ("养", "老", "金", "怎", "么", "领", "猪")),
        (Cut.WORD, ("hpv", "12345")),
    ],
)
def test_text_is_folded_and_cut(analyser, cut, terms):
    assert analyser.terms("養老金HPV，怎麼領？１２３４５ 猪", cut) == terms


@pytest.mark.parametrize("cut", [Cut.PAIR, Cut.SOUND, Cut.CHAR, Cut.WORD])
def test_nothing_gives_nothing(analyser, cut):
    assert analyser.terms("", cut) == ()
    assert analyser.terms("，。！\n", cut) == ()


def test_the_same_sound_gives_the_same_terms(analyser):
    assert analyser.terms("养老今", Cut.SOUND) == analyser.terms("养老金", Cut.SOUND)
    assert analyser.terms("糖尿病", Cut.PAIR) != analyser.terms("唐尿病", Cut.PAIR)


def test_traditional_and_wide_forms_give_the_same_terms(analyser):
    for cut in (Cut.PAIR, Cut.SOUND, Cut.CHAR, Cut.WORD):
        assert analyser.terms("醫療保險ＡＢ９", cut) == analyser.terms("医疗保险ab9", cut)


def test_every_reading_of_a_name_is_heard(analyser):
    sounds = analyser.all_sounds("银行卡")
    assert {"yin_han", "han_ka", "yin_xin"} <= set(sounds)
    assert set(analyser.terms("银行卡", Cut.SOUND)) <= set(sounds)
    assert all(analyser.term(analyser.number_of_sounds(term), Cut.SOUND) == term for term in sounds)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_pairs_are_the_neighbours_within_runs(analyser, text):
    folded = analyser.fold(text)
    runs = "".join(character if analyser.terms(character, Cut.CHAR) else " " for character in folded).split()
    expected = [run[i : i + 2] for run in runs for i in range(max(1, len(run) - 1))]
    assert analyser.terms(text, Cut.PAIR) == tuple(dict.fromkeys(expected))


@settings(max_examples=50, deadline=None)
@given(TEXTS)
def test_places_are_where_the_terms_stand(analyser, text):
    folded = analyser.fold(text)
    numbers, places = analyser.cut(analyser.codes(folded), Cut.PAIR)
    terms = [analyser.term(number, Cut.PAIR) for number in numbers.tolist()]
    assert all(folded[place : place + len(term)] == term for place, term in zip(places.tolist(), terms, strict=True))


@pytest.mark.parametrize("cut", [Cut.PAIR, Cut.SOUND, Cut.CHAR])
def test_numbers_order_like_their_terms(analyser, cut):
    numbers, _ = analyser.cut(analyser.codes("养老金低保猪，宅基地，样，国家药品，牙"), cut)
    ordered = [analyser.term(number, cut) for number in np.unique(numbers).tolist()]
    assert ordered == sorted(ordered, key=str.encode)


def test_words_are_what_is_not_chinese():
    assert words_of("打12333或app，ئۇيغۇر v2.0_x") == ["12333", "app", "ئۇيغۇر", "v2", "0", "x"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("zhang", "zan"), ("chong", "con"), ("shi", "si"), ("niu", "liu"), ("hu", "fu"), ("hui", "fei"),
        ("huang", "fang"), ("xing", "xin"), ("meng", "men"), ("nv", "lu"), ("hun", "fen"), ("huo", "fo"),
    ],
)  # fmt: skip
def test_these_sound_alike(one, other):
    assert fold_syllable(one) == fold_syllable(other)


@pytest.mark.parametrize(("one", "other"), [("ma", "ba"), ("he", "fe"), ("an", "ai"), ("ju", "qu"), ("n", "l")])
def test_these_do_not(one, other):
    assert fold_syllable(one) != fold_syllable(other)


def test_fields_stand_in_the_order_of_their_names():
    names = [field_name(field) for field in FIELDS]
    assert names == sorted(names)
    assert (Part.BODY, Cut.CHAR) in FIELDS
    assert len(names) == len(set(names)) == 15


@pytest.mark.parametrize("cut", [Cut.PAIR, Cut.SOUND, Cut.CHAR])
def test_a_term_and_its_number_stand_for_each_other(analyser, cut):
    numbers, _ = analyser.cut(analyser.codes("养老金怎么领，猪"), cut)
    assert len(numbers) > 3
    for number in numbers.tolist():
        assert analyser.number(analyser.term(number, cut), cut) == number


def test_what_is_no_sound_has_no_number(analyser):
    assert analyser.number("yan_", Cut.SOUND) == analyser.number("xyz_lao", Cut.SOUND) == 0


def test_sounds_and_initials_of_code_points(analyser):
    codes = analyser.codes("养a老，长")
    sounds, initials = analyser.sounds_of(codes), analyser.initials_of(codes)
    assert [int(sound) > 0 for sound in sounds] == [True, False, True, False, True]
    assert "".join(map(chr, initials[initials > 0])) == "ylz"
    assert int(sounds[0]) == analyser.number_of_sound("yang") == analyser.number_of_sound("yan")
    assert analyser.number_of_sound("xyz") == 0


@pytest.mark.parametrize(
    ("cut", "terms"),
    [
        (Cut.PAIR, ("养老", "猪", "𠮷了")),
        (Cut.SOUND, ("yan_lao", "yan_x", "")),
        (Cut.CHAR, ("养", "𠮷")),
        (Cut.CHAR, ()),
    ],
)
def test_many_terms_have_the_numbers_of_each(analyser, cut, terms):
    assert analyser.numbers(terms, cut).tolist() == [analyser.number(term, cut) for term in terms]
