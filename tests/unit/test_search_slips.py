"""What pieces of a text may be, had they been misspelt: hashes find what trying every way by hand finds."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.search.keys import Keys
from kiosk.search.slips import GAP, HEADS, LONGEST, Slip, Slipped, slipped

TEXTS = st.text(alphabet="养老金保", min_size=2, max_size=6)


def keyed(words):
    """Yield every key of some words: a word sounds as it is written."""
    for number, word in enumerate(words):
        yield HEADS[Slip.SOUND] + word, number
        yield HEADS[Slip.SWAPPED] + word, number
        for gap in range(len(word)):
            yield HEADS[Slip.OTHER] + word[:gap] + GAP + word[gap + 1 :], number
            if 0 < gap < len(word) - 1:
                yield HEADS[Slip.LEFT_OUT] + word[:gap] + word[gap + 1 :], number


def by_hand(words, number, piece):
    """Return what one piece may stand for, one way after another."""

    def having(slip, place, text):
        return Slipped(number, slip, place, [key for key, word in enumerate(words) if word == text])

    found = [having(Slip.SOUND, 0, piece)]
    for place in range(len(piece)):
        fitting = [
            key
            for key, word in enumerate(words)
            if len(word) == len(piece) and word[:place] == piece[:place] and word[place + 1 :] == piece[place + 1 :]
        ]
        found.append(Slipped(number, Slip.OTHER, place, fitting))
    for place in range(len(piece) - 1):
        swapped = piece[:place] + piece[place + 1] + piece[place] + piece[place + 2 :]
        found.append(having(Slip.SWAPPED, place, swapped))
    rests = [
        key
        for key, word in enumerate(words)
        for gap in range(1, len(word) - 1)
        if word[:gap] + word[gap + 1 :] == piece
    ]
    found.append(Slipped(number, Slip.LEFT_OUT, 0, rests))
    found += [having(Slip.TOO_MANY, place, piece[:place] + piece[place + 1 :]) for place in range(1, len(piece) - 1)]
    return [each for each in found if each.words]


@settings(deadline=None)
@given(st.lists(TEXTS, max_size=12), st.text(alphabet="养老金保", min_size=2, max_size=14))
def test_all_pieces_are_looked_for_as_one_by_one(words, text):
    spans = [
        (start, end) for start in range(len(text)) for end in range(start + 2, min(start + LONGEST + 1, len(text)) + 1)
    ]
    starts, ends = zip(*spans, strict=True)
    found = [
        Slipped(each.piece, each.slip, each.place, list(each.words))
        for each in slipped(Keys(keyed(words)), text, text, starts, ends)
    ]
    assert found == [
        each for number, (start, end) in enumerate(spans) for each in by_hand(words, number, text[start:end])
    ]


def test_what_comes_after_a_piece_is_no_part_of_it():
    keys = Keys(keyed(["养老金"]))
    assert not list(slipped(keys, "养老保", "养老保", [0], [2]))
    assert [each.slip for each in slipped(keys, "养老保", "养老保", [0], [3])] == [Slip.OTHER]
