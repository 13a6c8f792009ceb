"""What an index takes over from the one before: everything that is the same, until too much is not."""

from kiosk.search.increment import MOST_LAYERS, Increment, increment


def items(*names):
    return [name.encode() for name in names]


ALPHABET = items(*"abcdefghij")


def test_without_an_index_everything_is_analysed():
    assert increment(ALPHABET, []) == Increment(0, (), tuple(range(10)))
    assert increment([], []) == Increment(0, (), ())


def test_one_changed_item_is_one_dead_place_and_one_fresh_item():
    now = [*ALPHABET[:3], b"D", *ALPHABET[4:]]
    assert increment(now, [ALPHABET]) == Increment(1, (3,), (3,))


def test_what_is_only_moved_is_the_same():
    assert increment(ALPHABET[::-1], [ALPHABET]) == Increment(1, (), ())


def test_what_was_added_and_removed_is_told_apart():
    assert increment([b"new", *ALPHABET[1:]], [ALPHABET]) == Increment(1, (0,), (0,))
    assert increment(ALPHABET[:9], [ALPHABET]) == Increment(1, (9,), ())
    assert increment([*ALPHABET, b"new"], [ALPHABET]) == Increment(1, (), (10,))


def test_later_layers_are_kept_and_empty_places_stay_empty():
    before = [[b"a", b"", *ALPHABET[2:]], [b"B"]]
    now = [b"a", b"B", *ALPHABET[2:9], b"J"]
    assert increment(now, before) == Increment(2, (1, 9), (9,))


def test_an_item_that_stands_in_two_layers_counts_once():
    assert increment(ALPHABET, [ALPHABET, items("a")]) == Increment(2, (10,), ())


def test_too_many_layers_become_two():
    before = [ALPHABET, *([b"x%d" % number] for number in range(MOST_LAYERS - 1))]
    now = [*ALPHABET, *items("x0", "x1", "x2")]
    assert increment(now, before) == Increment(1, (), (10, 11, 12))


def test_a_pack_that_is_mostly_new_is_built_anew():
    whole = Increment(0, (), tuple(range(10)))
    assert increment([*ALPHABET[:4], *items(*"uvwxyz")], [ALPHABET]) == whole
    assert increment(items(*"0123456789"), [ALPHABET]) == whole


def test_an_index_that_is_mostly_dead_is_built_anew():
    assert increment(ALPHABET[:6], [ALPHABET]) == Increment(0, (), tuple(range(6)))
    assert increment([], [ALPHABET]) == Increment(0, (), ())
