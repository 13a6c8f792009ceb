"""When a query is searched for."""

from ui.search_rest import REST_MS, Rest, after_typing, wait_ms


def test_nothing_waits_before_anything_is_typed():
    assert wait_ms(Rest(), 0) is None
    assert after_typing(Rest("y", 9), "", 5) == Rest()


def test_each_key_begins_the_rest_anew():
    rest = after_typing(Rest(), "y", 1_000)
    assert wait_ms(rest, 1_000) == REST_MS
    rest = after_typing(rest, "yl", 1_000 + REST_MS - 1)
    assert wait_ms(rest, 1_000 + REST_MS) == REST_MS - 1
    assert wait_ms(rest, 1_000 + 2 * REST_MS - 1) == 0
    assert wait_ms(rest, 9_999) == 0


def test_the_same_query_goes_on_resting():
    rest = after_typing(Rest(), "y", 0)
    assert after_typing(rest, "y", 50) is rest
