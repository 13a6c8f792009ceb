"""What a question is made of."""

import pytest

from kiosk.search.tokens import Sort, Token, Tokeniser, syllable_of
from kiosk.tables.read import Tables

TABLES = Tables()
TOKENISER = Tokeniser(TABLES)


def ways(text):
    return [" ".join(token.text for token in tokens) for tokens in TOKENISER.ways(text)]


@pytest.mark.parametrize(
    ("text", "likeliest"),
    [
        ("yanglaojin", "yang lao jin"),
        ("yang lao'jin", "yang lao jin"),
        ("yang3lao3jin1", "yang lao jin"),
        ("养lao金", "养 lao 金"),
        ("lifun", "li fun"),  # as it is said where h and f are one
        ("养老2024", "养 老 2 0 2 4"),
        ("x5", "x 5"),  # no tone
    ],
)
def test_the_likeliest_way_comes_first(text, likeliest):
    assert ways(text)[0] == likeliest


def test_letters_may_all_be_initials_where_each_can_be_one():
    assert "l a j" in ways("laj")
    assert "y i b" not in ways("yib")  # nothing begins with i


def test_a_syllable_is_half_typed_at_the_end_of_letters_only():
    assert [token.sort for token in next(TOKENISER.ways("yanla"))] == [Sort.SYLLABLE, Sort.SYLLABLE]
    assert Token("zho", Sort.BEGUN) in next(TOKENISER.ways("yangzho"))
    assert Token("zho", Sort.OTHER) in next(TOKENISER.ways("养zho"))


def test_several_runs_of_letters_are_cut_one_way():
    assert {"xian", "xi an"} <= set(ways("xian"))
    assert ways("xian老xian") == ["xian 老 xian"]


def test_letters_of_no_syllable_stay_as_they_are():
    assert ways("iii") == ["iii"]
    assert ways("") == [""]


def test_a_character_is_read_as_it_is_read_most():
    assert syllable_of(Token("养", Sort.HAN), TABLES) == "yang"
    assert syllable_of(Token("zh", Sort.BEGUN), TABLES) == "zh"
