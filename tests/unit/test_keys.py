"""The keys of the on-screen keyboard: complete, apart from each other, where a hand expects them."""

from itertools import pairwise

import pytest

from ui.keys import COLUMNS, ISSUERS, ROWS, KeyKind, Mode, key_typing, keys_of, space_key

MODES = tuple(Mode)


def rows_of(mode, *, mirrored=False, year=2026):
    keys = keys_of(mode, year=year, mirrored=mirrored)
    return [[key for key in keys if key.row == row] for row in range(ROWS)]


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("mode", MODES)
def test_rows_fill_the_keyboard_without_overlap(mode, mirrored):
    for row in rows_of(mode, mirrored=mirrored):
        assert row
        assert row[0].column >= 0
        assert row[-1].column + row[-1].span <= COLUMNS + 1e-9
        for left, right in pairwise(row):
            assert right.column == pytest.approx(left.column + left.span)
        assert all(key.span >= 1 for key in row)


@pytest.mark.parametrize("mode", MODES)
def test_every_mode_deletes_clears_searches_and_leads_to_the_others(mode):
    keys = keys_of(mode, year=2026)
    kinds = [key.kind for key in keys]
    for kind in (KeyKind.DELETE, KeyKind.CLEAR, KeyKind.SEARCH, KeyKind.SPACE):
        assert kinds.count(kind) == 1
    assert {key.value for key in keys if key.kind is KeyKind.MODE} == set(MODES) - {mode}


@pytest.mark.parametrize("mode", MODES)
def test_every_key_has_a_face_and_a_spoken_name(mode):
    assert all(key.label and key.spoken for key in keys_of(mode, year=2026))


def test_letters_stand_as_on_every_keyboard():
    rows = rows_of(Mode.LETTERS)
    assert ["".join(key.value for key in row if key.kind is KeyKind.LETTER) for row in rows] == [
        "qwertyuiop",
        "asdfghjkl",
        "zxcvbnm",
        "",
    ]


def test_digits_stand_as_on_a_telephone():
    rows = rows_of(Mode.DIGITS)
    assert [[key.value for key in row if key.value.isdigit()] for row in rows] == [
        ["1", "2", "3"],
        ["4", "5", "6"],
        ["7", "8", "9"],
        ["0"],
    ]
    assert rows[0][2].column == rows[3][2].column  # 0 stands below 8, 5 and 2


def test_document_numbers_offer_the_latest_years_first():
    years = [key.value for key in rows_of(Mode.DOC_NO, year=2026)[0]]
    assert years == ["〔2026〕", "〔2025〕", "〔2024〕", "〔2023〕", "〔2022〕"]
    typed = {key.value for key in keys_of(Mode.DOC_NO, year=2026)}
    assert set("0123456789〔〕第令号") <= typed
    assert {"国发", "国办发"} <= set(ISSUERS)


@pytest.mark.parametrize("mode", MODES)
def test_a_left_hand_finds_the_search_on_the_left_and_letters_in_their_order(mode):
    right, left = rows_of(mode), rows_of(mode, mirrored=True)
    for before, after in zip(right, left, strict=True):
        typed = [key.value for key in before if len(key.value) == 1 and key.value.isalnum() and key.value.isascii()]
        assert [
            key.value for key in after if len(key.value) == 1 and key.value.isalnum() and key.value.isascii()
        ] == typed
        assert sorted(key.spoken for key in after) == sorted(key.spoken for key in before)
    assert right[3][-1].kind is KeyKind.SEARCH
    assert left[3][0].kind is KeyKind.SEARCH


def test_only_deleting_repeats():
    assert {key.kind for mode in MODES for key in keys_of(mode, year=2026) if key.repeats} == {KeyKind.DELETE}


@pytest.mark.parametrize(
    ("first", "label", "spoken"),
    [
        ("", "空格", "空格"),
        ("养老金", "选 养老金", "选养老金"),
        ("城乡居民基本医疗保险", "选 第一个", "选城乡居民基本医疗保险"),
    ],
)
def test_the_space_bar_says_what_it_takes(first, label, spoken):
    key = space_key(first)
    assert (key.label, key.spoken, key.kind) == (label, spoken, KeyKind.SPACE)


@pytest.mark.parametrize(
    ("character", "kind", "value"),
    [
        ("a", KeyKind.LETTER, "a"),
        ("A", KeyKind.LETTER, "a"),
        ("7", KeyKind.TEXT, "7"),
        ("养", KeyKind.TEXT, "养"),
        (" ", KeyKind.SPACE, " "),
        ("\b", KeyKind.DELETE, ""),
        ("\r", KeyKind.SEARCH, ""),
        ("\x1b", KeyKind.CLEAR, ""),
    ],
)
def test_a_plugged_in_keyboard_types_too(character, kind, value):
    key = key_typing(character)
    assert key is not None
    assert (key.kind, key.value) == (kind, value)


@pytest.mark.parametrize("character", ["", "ab", "\x00", "\x07"])
def test_what_is_no_character_types_nothing(character):
    assert key_typing(character) is None


def test_what_types_acts_at_once_and_what_leads_elsewhere_when_the_finger_leaves():
    keys = [key for mode in MODES for key in keys_of(mode, year=2026)]
    slow = {key.kind for key in keys if not key.quick}
    assert slow == {KeyKind.CLEAR, KeyKind.MODE, KeyKind.SEARCH}
    assert not slow & {key.kind for key in keys if key.quick}


def test_for_a_left_hand_the_digits_stay_in_the_middle():
    rows = rows_of(Mode.DIGITS, mirrored=True)
    assert [[key.label for key in row] for row in rows] == [
        ["删", "1", "2", "3", "元"],
        ["清空", "4", "5", "6", "月"],
        ["空格", "7", "8", "9", "拼音"],
        ["查", "年", "0", "岁", "文号"],
    ]


def test_for_a_left_hand_the_last_row_of_letters_is_turned_round():
    labels = [[key.label for key in row] for row in rows_of(Mode.LETTERS, mirrored=True)]
    assert labels[2] == ["删", *"zxcvbnm", "清空"]
    assert labels[3] == ["查", "空格", "文号", "数字"]
