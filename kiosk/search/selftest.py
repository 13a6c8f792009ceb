"""Asks an index for words that it must know, before anybody else does.

For two years a well-known reader answered every Chinese question with nothing, because index and question were cut
differently. So three items of each pack are looked for by the words of their own titles.
"""

from typing import Final

import numpy as np

from kiosk.search.analysis import Analyser
from kiosk.search.fields import Cut, Field, Part, field_name
from kiosk.search.index import PackIndex
from kiosk.search.postings import IndexDamageError

_PAIR: Final[Field] = (Part.TEXT, Cut.PAIR)
_WORD: Final[Field] = (Part.TEXT, Cut.WORD)
_COUNTED = 1


def self_test(index: PackIndex, items: int, analyser: Analyser) -> int:
    """Look for the first item, the last one, and one between by the words of their titles.

    Args:
        index: Just built, or about to be used.
        items: How many the pack has.
        analyser: The one that cuts questions.

    Returns:
        How many items were looked for.

    Raises:
        IndexDamageError: The index does not know a word that it must know, or holds other items than the pack.
    """
    places = index.about.items
    if index.living != items or not len(index.firsts) - 1 == len(index.kinds) == len(index.laws) == places:
        raise IndexDamageError(f"{index.living} items in the index, {items} in the pack")
    living = [place for place in range(places) if place not in index.dead] if index.dead else range(places)
    chosen = sorted({living[0], living[items // 2], living[-1]}) if items else []
    for item in chosen:
        try:
            _look_for(index, item, analyser)
        except (ValueError, IndexError) as error:  # a file that was cut off
            raise IndexDamageError(str(error)) from error
    return len(chosen)


def _look_for(index: PackIndex, item: int, analyser: Analyser) -> None:
    title, section = index.row(item).title, int(index.firsts[item])
    pairs, words = analyser.terms(title, Cut.PAIR), analyser.terms(title, Cut.WORD)
    numbers = np.array([analyser.number(term, Cut.PAIR) for term in pairs], np.uint64)
    known = [found.ids for found in index.impacts(_PAIR, numbers)]
    known += [index.postings(_PAIR, term).ids for term in pairs[:_COUNTED]]  # Whoosh's own, slower to read
    known += [index.postings(_WORD, term).ids for term in words]
    if not all(section in ids for ids in known):
        raise IndexDamageError(f"{field_name(_PAIR)} does not know a word of item {item}")
