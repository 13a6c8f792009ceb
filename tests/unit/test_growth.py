"""The judge of the soak: what grows is seen through wrong weighings, what only wavers is not called growth."""

import random

import pytest

from tests.e2e.growth import slope

WEIGHINGS = 21
LEAK_MIB = 3 * 50 / 1024
"""3 KiB a tap, fifty taps between two weighings."""


def test_what_grows_evenly_has_that_slope():
    assert slope([10.0 + 0.5 * number for number in range(WEIGHINGS)]) == pytest.approx(0.5)


def test_what_stands_still_has_none_though_some_weighings_are_eight_mib_off():
    dice = random.Random(1)
    values = [110.0 + (8 if dice.random() < 0.25 else 0) for _ in range(WEIGHINGS)]
    assert slope(values) * 20 == pytest.approx(0, abs=0.1)


@pytest.mark.parametrize("seed", range(20))
def test_three_kib_a_tap_are_seen_in_noise_of_a_mib_and_with_wrong_weighings(seed):
    dice = random.Random(seed)
    noise = [dice.gauss(0, 0.5) + (8 if dice.random() < 0.1 else 0) for _ in range(WEIGHINGS)]
    assert slope([110 + LEAK_MIB * number + off for number, off in enumerate(noise)]) * 20 > 2


@pytest.mark.parametrize("seed", range(20))
def test_noise_alone_is_not_called_growth(seed):
    dice = random.Random(seed)
    assert slope([110 + dice.gauss(0, 1) for _ in range(WEIGHINGS)]) * 20 < 2


def test_a_step_at_the_end_is_not_a_slope():
    assert slope([110.0] * 18 + [118.0] * 3) == 0
