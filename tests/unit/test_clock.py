from datetime import date

from kiosk.clock import BUILT_ON, caution_date, date_words, day_words, trusted_date

BUILT = date(2026, 11, 22)


def test_without_packs_it_is_the_build_date():
    assert trusted_date([]) == BUILT_ON


def test_the_newest_pack_moves_it_ahead():
    assert trusted_date([date(2027, 3, 1), date(2026, 1, 1), date(2027, 2, 1)], built=BUILT) == date(2027, 3, 1)


def test_an_old_pack_does_not_move_it_back():
    assert trusted_date([date(2020, 1, 1)], built=BUILT) == BUILT


def test_a_mistyped_year_ends_nothing():
    assert trusted_date([date(2062, 11, 22)], built=BUILT) == BUILT
    assert trusted_date([date(2027, 12, 27)], built=BUILT) == date(2027, 12, 27)
    assert trusted_date([date(2027, 12, 28)], built=BUILT) == BUILT


def test_packs_of_several_years_lead_there_step_by_step():
    assert trusted_date([date(2029, 1, 1), date(2027, 12, 1), date(2028, 12, 1)], built=BUILT) == date(2029, 1, 1)


def test_only_a_later_machine_clock_counts_towards_caution():
    assert caution_date(BUILT, date(1970, 1, 1)) == BUILT
    assert caution_date(BUILT, date(2028, 1, 1)) == date(2028, 1, 1)


def test_dates_in_words():
    assert date_words(date(2026, 1, 5)) == "2026年1月5日"
    assert day_words(date(2026, 11, 22)) == "2026年11月22日 星期日"
    assert day_words(date(2026, 11, 23)) == "2026年11月23日 星期一"
