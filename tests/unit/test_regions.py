import pytest

from kiosk.regions import nearness


@pytest.mark.parametrize(
    ("regions", "here", "digits"),
    [
        (("0",), "0", 0),
        (("0",), "350122105", 0),
        (("35",), "350122105", 2),
        (("3501",), "350122105", 4),
        (("350122",), "350122", 6),
        (("350122105",), "350122", None),
        (("350123",), "350122", None),
        (("44", "35"), "350122", 2),
        (("0", "3501", "35"), "350122", 4),
        (("35",), "0", None),
        ((), "35", None),
    ],
)
def test_the_longest_code_that_contains_this_place_counts(regions, here, digits):
    assert nearness(regions, here) == digits
