"""Cries for help and calm questions."""

from pathlib import Path

import pytest

from kiosk.search.emergency import CRIES, rescue_for

FIXTURE = Path(__file__).parents[1] / "fixtures" / "emergencies.tsv"
ROWS = [line.split("\t") for line in FIXTURE.read_text("utf-8").splitlines()[1:]]
CHINESE = [row for row in ROWS if not row[0].isascii()]


def test_the_fixture_is_worth_it():
    assert len(CHINESE) > 80
    assert {phone for _, phone in CHINESE} == {"", "110", "119", "120", "122", "12356", "96110"}


@pytest.mark.parametrize(("question", "phone"), [(asked.replace("車禍", "车祸"), phone) for asked, phone in CHINESE])
def test_the_number_is_right(question, phone):
    rescue = rescue_for(question)
    assert (rescue.phone if rescue else "") == phone


def test_blanks_do_not_hide_a_cry():
    assert rescue_for("着 火 了").phone == "119"


def test_whoever_is_called_is_named():
    assert rescue_for("喝农药了").label == "急救"


@pytest.mark.parametrize("cry", CRIES)
def test_what_the_keyboard_puts_first_is_understood(cry):
    assert rescue_for(cry)


@pytest.mark.parametrize(
    "question", ["", "养老金", "救命钱", "打工补贴", "a" * 5000, "怎么打12345", "着急用钱", "上坟烧纸"]
)
def test_ordinary_questions_call_nobody(question):
    assert rescue_for(question) is None
