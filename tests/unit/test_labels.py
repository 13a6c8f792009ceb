import json
from datetime import date
from pathlib import Path

import pytest
import qtawesome

from content_packs.model import Kind, LifeStage, Status
from kiosk.labels import (
    KIND_LABELS,
    STAGE_LABELS,
    STAGE_ORDER,
    STATUS_LABELS,
    TAB_LABELS,
    badge_words,
    pack_words,
    status_sentence,
    verified_words,
)
from kiosk.words import TabKind

DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("labels", "names"),
    [(KIND_LABELS, Kind), (STATUS_LABELS, Status), (STAGE_LABELS, LifeStage), (TAB_LABELS, TabKind)],
)
def test_everything_that_has_a_name_has_a_chinese_word_of_its_own(labels, names):
    words = [labels[name] if isinstance(labels[name], str) else labels[name].title for name in names]
    assert len(set(words)) == len(words)
    assert all(word and not word.isascii() for word in words)


def test_every_life_stage_stands_in_the_row_once():
    assert sorted(STAGE_ORDER) == sorted(LifeStage)


def test_every_icon_is_in_the_font():
    folder = Path(qtawesome.__file__).parent / "fonts"
    charmaps = [json.loads(path.read_text()) for path in folder.glob("materialdesignicons6*charmap*.json")]
    assert charmaps
    assert [label.icon for label in STAGE_LABELS.values() if label.icon not in charmaps[0]] == []


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.IN_FORCE, "有效（核对于2026年11月22日）"),
        (Status.NOT_YET, "未生效（2026年11月22日起施行）"),
        (Status.REVIEW, "待核实（可能已过期，办之前先打电话问）"),
        (Status.EXPIRED, "已过期（到2026年11月22日为止）"),
        (Status.REPEALED, "已废止（2026年11月22日起）"),
        (Status.SUPERSEDED, "已被替代"),
    ],
)
def test_a_status_is_said_with_its_date(status, words):
    dates = {"verified_on": DAY, "valid_from": DAY, "valid_to": DAY, "repealed_on": DAY}
    assert status_sentence(status, **dates) == words
    assert status_sentence(status).startswith(STATUS_LABELS[status])


def test_nothing_is_ever_said_to_be_in_force_today():
    assert "现行" not in "".join(STATUS_LABELS.values())


def test_who_has_checked_and_which_pack():
    assert verified_words(DAY) == "核对于2026年11月22日"
    assert verified_words(None) == ""
    assert pack_words("示例包", 3, signed=False) == "示例包 第3版 · 未签名"
    assert pack_words("示例包", 3, signed=True) == "示例包 第3版"


@pytest.mark.parametrize(
    ("badge", "signed", "mark"),
    [("", True, ""), ("示例", True, "示例"), ("", False, "未签名"), ("示例", False, "未签名 示例")],
)
def test_a_title_is_marked_where_nobody_answers_for_it(badge, signed, mark):
    assert badge_words(badge, signed=signed) == mark
