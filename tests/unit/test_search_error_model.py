"""What mistakes cost."""

import pytest

from kiosk.search.error_model import SAME_SOUND, ErrorModel
from kiosk.search.slips import Slip
from kiosk.search.tokens import Sort, Token
from kiosk.search.vocabulary import Vocabulary
from kiosk.tables.look_alikes import LookAlikes
from kiosk.tables.read import Tables

TABLES = Tables()
WORDS = {"养老金": 9, "失业金": 5, "城乡居民养老": 2}


@pytest.fixture(scope="module")
def errors():
    return ErrorModel(Vocabulary(WORDS, frozenset(WORDS) - {"城乡居民养老"}, TABLES), TABLES, LookAlikes())


def written(text):
    return [Token(character, Sort.HAN) for character in text]


def spelled(*syllables, begun=()):
    return [Token(each, Sort.BEGUN if place in begun else Sort.SYLLABLE) for place, each in enumerate(syllables)]


def test_what_is_written_as_it_is_costs_nothing(errors):
    assert errors.distance(written("养老金"), "养老金") == 0.0
    assert errors.distance(spelled("yang", "lao", "jin"), "养老金") == 0.0


def test_a_character_that_sounds_the_same_is_likelier_than_one_that_sounds_near(errors):
    same, near = (errors.distance(written(text), "养老金") for text in ("养老今", "养老京"))
    assert same == SAME_SOUND < near


def test_less_that_was_typed_costs_more(errors):
    costs = [
        errors.distance(spelled("yang", "lao", last, begun=begun), "养老金")
        for last, begun in (("jin", ()), ("ji", (2,)), ("j", (2,)))
    ]
    assert costs == sorted(costs)
    assert errors.distance(spelled("yang", "lao", "jing"), "养老金") > 0  # an ear that hears no difference
    assert errors.distance(spelled("len"), "人") == errors.distance(spelled("jing"), "金")


def test_other_sounds_are_another_word(errors):
    assert errors.distance(spelled("yang", "lao", "bao"), "养老金") is None
    assert errors.distance(spelled("yang", "lao", "b", begun=(2,)), "养老金") is None


def test_one_that_looks_alike_is_likelier_than_any_other_and_any_other_only_in_a_long_word(errors):
    alike = errors.slip_cost(written("矢业金"), "失业金", Slip.OTHER, 0)
    other = errors.slip_cost(written("城乡居民大老"), "城乡居民养老", Slip.OTHER, 4)
    assert alike < other
    assert errors.slip_cost(written("大业金"), "失业金", Slip.OTHER, 0) is None


def test_only_a_thing_is_misspelt_by_sound_and_not_in_all_its_characters(errors):
    assert errors.slip_cost(written("养老今"), "养老金", Slip.SOUND, 0) == SAME_SOUND
    assert errors.slip_cost(written("氧佬今"), "养老金", Slip.SOUND, 0) is None
    assert errors.slip_cost(written("城乡居民养佬"), "城乡居民养老", Slip.SOUND, 0) is None


def test_neighbours_that_changed_places_are_likelier_than_one_left_out_or_too_many(errors):
    slips = (Slip.SWAPPED, Slip.LEFT_OUT, Slip.TOO_MANY)
    costs = [errors.slip_cost(written("养金老"), "养老金", slip, 1) for slip in slips]
    assert costs == sorted(costs)
