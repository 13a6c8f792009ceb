"""Letters in questions: heard where they are whole syllables, looked for in names where they are begun."""

import pytest

from kiosk.search.letters import Letters
from kiosk.search.names import Named, NameTable
from kiosk.tables.read import Tables

TABLES = Tables()
LETTERS = Letters(TABLES)


@pytest.mark.parametrize(
    ("text", "sounds"),
    [
        ("yanglaojin", ("yan_lao", "lao_jin")),
        ("yang lao jin", ("yan_lao", "lao_jin")),
        ("养老金", ("yan_lao", "lao_jin")),
        ("yang老jin", ("yan_lao", "lao_jin")),
        ("yanglaoj", ("yan_lao",)),
        ("养老，金额", ("yan_lao", "jin_e")),
        ("ylbx", ()),
        ("养h老", ()),
        ("12345", ()),
        ("", ()),
    ],
)
def test_what_is_heard(text, sounds):
    assert LETTERS.sounds(text) == sounds


@pytest.mark.parametrize(
    ("letters", "cuts"),
    [
        ("ylbx", {"y l b x"}),
        ("yanglj", {"yang l j", "y a n g l j"}),
        ("skymaz", {"s k y m a z"}),
        ("yang", {"y a n g"}),
        ("y", set()),
        ("", set()),
    ],
)
def test_ways_to_begin(letters, cuts):
    assert cuts <= {" ".join(unit.text for unit in units) for units in LETTERS.begun(letters)}
    assert bool(LETTERS.begun(letters)) == bool(cuts)


def test_names_that_begin_so():
    table = NameTable("医疗保险\n养老保险\n银行卡\n水库移民安置\n", [0, 1, 2, 3], TABLES)

    def meant(letters):
        return {named.words for units in LETTERS.begun(letters) for named in LETTERS.meant(table, units)}

    assert meant("ylbx") == {"医疗保险", "养老保险"}
    assert meant("yangl") == {"养老"}
    assert meant("skymaz") == {"水库移民安置"}
    assert meant("yiliaobx") == {"医疗保险"}


@pytest.mark.parametrize(
    ("named", "worth"),
    [(Named(0, "低保", 0, 2), 3.0), (Named(0, "低保户", 0, 2), 2.5), (Named(0, "吃低保", 1, 3), 1.5)],
)
def test_all_of_a_name_is_worth_more_than_a_part(named, worth):
    assert named.worth == worth
