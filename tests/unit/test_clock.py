from datetime import date

from kiosk.clock import caution_date, date_words, day_words

BUILT = date(2026, 11, 22)


def test_only_a_later_machine_clock_counts_towards_caution():
    assert caution_date(BUILT, date(1970, 1, 1)) == BUILT
    assert caution_date(BUILT, date(2028, 1, 1)) == date(2028, 1, 1)


def test_dates_in_words():
    assert date_words(date(2026, 1, 5)) == "2026年1月5日"
    assert day_words(date(2026, 11, 22)) == "2026年11月22日 星期日"
    assert day_words(date(2026, 11, 23)) == "2026年11月23日 星期一"
