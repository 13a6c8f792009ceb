"""Typing by sound: what comes first, what it uses up, and how quickly."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.tables.read import Tables
from kiosk.typing import Keyboard
from kiosk.typing.cut import Cutter, UnitKind, typed
from kiosk.typing.lexicon import ExtraWords


@pytest.fixture(scope="module")
def tables() -> Tables:
    return Tables()


@pytest.fixture(scope="module")
def keyboard(tables: Tables) -> Keyboard:
    return Keyboard(tables, extra_words=("城乡居民基本医疗保险", "银行卡挂失", "A类", "老", "养老金怎么领"))


@pytest.fixture(scope="module")
def cutter(tables: Tables) -> Cutter:
    return Cutter(tables.syllables)


@pytest.mark.parametrize(
    ("letters", "first"),
    [
        ("yanglaojin", "养老金"),
        ("yanglaoj", "养老金"),
        ("ylj", "养老金"),
        ("YangLaoJin", "养老金"),
        ("yang lao jin", "养老金"),
        ("dibao", "低保"),
        ("db", "低保"),
        ("xi'an", "西安"),
        ("shenfenzheng", "身份证"),
        ("sfz", "身份证"),
        ("zhaijidi", "宅基地"),
        ("nvxing", "女性"),
        ("lve", "略"),
        ("lue", "略"),
        ("yinhang", "银行"),
        ("chongxin", "重新"),
        ("wobeipianle", "我被骗了"),
        ("zhaijidizenmeshenqing", "宅基地怎么申请"),
        ("nongcunweifanggaizao", "农村危房改造"),
        ("jiehundengji", "结婚登记"),
        ("cxjmjbylbx", "城乡居民基本医疗保险"),
        ("chengxiangjuminjibenyiliaobaoxian", "城乡居民基本医疗保险"),
        ("yinhangkagua", "银行卡挂失"),
        ("yanglaojinzenme", "养老金怎么领"),
    ],
)
def test_the_likeliest_stands_first(keyboard: Keyboard, letters: str, first: str) -> None:
    assert keyboard.candidates(letters)[0].text == first


@pytest.mark.parametrize(
    ("letters", "among"),
    [
        ("ylbx", {"养老保险", "医疗保险"}),
        ("xian", {"先", "县", "西安"}),
        ("yl", {"养老", "养老金", "医疗"}),
        ("yang", {"养", "样", "养老金"}),
        ("y", {"一", "有", "医保"}),
        ("zh", {"这", "种粮"}),
        ("sj", {"时间", "手机"}),
    ],
)
def test_these_are_offered(keyboard: Keyboard, letters: str, among: set[str]) -> None:
    assert among <= {candidate.text for candidate in keyboard.candidates(letters)}


@pytest.mark.parametrize(
    ("letters", "text", "used"),
    [
        ("yanglaojin", "养老金", 10),
        ("yanglaojin", "养老", 7),
        ("yanglaojin", "杨", 4),
        ("xi'an", "西安", 5),
        ("ylj", "养老", 2),
    ],
)
def test_used_letters_are_counted_in_the_input(keyboard: Keyboard, letters: str, text: str, used: int) -> None:
    assert {candidate.text: candidate.used for candidate in keyboard.candidates(letters, limit=60)}[text] == used


@pytest.mark.parametrize("letters", ["no a", "zho g", "no'a", "no answer", "zhon guo re"])
def test_a_syllable_may_be_half_typed_before_a_blank(keyboard: Keyboard, letters: str) -> None:
    assert keyboard.candidates(letters)
    assert "中国" in {candidate.text for candidate in keyboard.candidates("zho guo")}


@pytest.mark.parametrize("letters", ["", "i", "'", "养老", "123", "v"])
def test_what_is_no_pinyin_has_no_candidates(keyboard: Keyboard, letters: str) -> None:
    assert keyboard.candidates(letters) == ()


def test_the_limit_holds_and_nothing_repeats(keyboard: Keyboard) -> None:
    candidates = keyboard.candidates("shi", limit=9)
    assert len(candidates) == 9
    assert len({candidate.text for candidate in candidates}) == 9


def test_words_that_are_not_wholly_chinese_are_not_offered(keyboard: Keyboard) -> None:
    assert all("A" not in candidate.text for candidate in keyboard.candidates("al", limit=50))


def test_memory_of_earlier_letters_is_bounded(keyboard: Keyboard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.typing.keyboard._REMEMBERED", 3)
    for letters in ("ba", "bei", "dong", "fang", "gao"):
        keyboard.candidates(letters)
    assert len(keyboard._known) <= 3


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz' 养", max_size=70))
def test_any_input_is_answered_and_uses_what_is_there(keyboard: Keyboard, letters: str) -> None:
    for candidate in keyboard.candidates(letters):
        assert candidate.text
        assert 0 < candidate.used <= len(letters)


def test_each_key_of_a_long_sentence_is_quick(tables: Tables) -> None:
    keyboard = Keyboard(tables)
    keyboard.candidates("a")
    sentence = "chengxiangjuminyanglaobaoxianzenmelingduoshaoqian"
    times = []
    for end in range(1, len(sentence) + 1):
        start = time.thread_time()
        keyboard.candidates(sentence[:end])
        times.append(time.thread_time() - start)
    assert sorted(times)[len(times) * 9 // 10] < 0.1  # of the processor; 5 ms on a quiet machine


@pytest.mark.parametrize(
    ("letters", "cuts"),
    [
        ("xian", [["xian"], ["xi", "an"]]),
        ("xi'an", [["xi", "an"]]),
        ("ylbx", [["y", "l", "b", "x"]]),
        ("yanglaoj", [["yang", "lao", "j"]]),
        ("fangan", [["fang", "an"], ["fan", "gan"]]),
        ("zh", [["zh"], ["z", "h"]]),
        ("yanglaozho", [["yang", "lao", "zho"]]),
        ("lue", [["lve"]]),
    ],
)
def test_cuttings_come_likeliest_first(cutter: Cutter, letters: str, cuts: list[list[str]]) -> None:
    found = [[unit.text for unit in units] for units in cutter.cuttings(typed(letters))]
    assert found[: len(cuts)] == cuts


def test_a_lone_vowel_that_begins_nothing_cannot_be_cut(cutter: Cutter) -> None:
    assert cutter.cuttings(typed("yangi")) == ()
    assert cutter.units(typed("i"), 0) == ()


def test_kinds_tell_how_much_was_typed(cutter: Cutter) -> None:
    (units, *_) = cutter.cuttings(typed("yanglzho"))
    assert [unit.kind for unit in units] == [UnitKind.FULL, UnitKind.INITIAL, UnitKind.PARTIAL]


def test_separators_are_counted_but_are_no_letters() -> None:
    word = typed("' xi'an ok9z")
    assert word.letters == "xianok"
    assert word.breaks == {0, 2, 4}
    assert word.raw_ends[2] == 5
    assert word.raw_ends[-1] == 10


def test_words_of_packs_are_found_as_if_all_were_looked_at(tables):
    """Thousands of titles must not make a key slow: words lie by their first letters and their length."""
    words = (*tables.village, "重庆", "银行卡", "长短句", "行长")
    extra = ExtraWords(tables, words)
    cutter = Cutter(tables.syllables)
    for letters in ("y", "yl", "yi", "yang", "yanglao", "yanglaoj", "zh", "zhong", "chongq", "yinhang", "hangz", "dib"):
        for units in cutter.cuttings(typed(letters)):
            heard = [[tables.readings(character) for character in word] for word in words]
            fitting = [
                word
                for word, sounds in sorted(zip(words, heard, strict=True), key=lambda pair: len(pair[0]))
                if all(sounds) and len(word) > 1 and len(word) >= len(units) and _begins(sounds, units)
            ]
            longer = [word for word in dict.fromkeys(fitting) if len(word) > len(units)]
            same = [word for word in dict.fromkeys(fitting) if len(word) == len(units)]
            assert [each.text for each in extra.completing(units, 6)] == longer[:6]
            assert [each.text for each in extra.fitting(units, 20)] == same[:20]


def _begins(sounds, units):
    return all(
        any(sound == unit.text if unit.kind is UnitKind.FULL else sound.startswith(unit.text) for sound in heard)
        for heard, unit in zip(sounds, units, strict=False)
    )
