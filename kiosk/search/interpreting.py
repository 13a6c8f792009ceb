"""Opens what reads questions, over open packs."""

from collections.abc import Sequence

from content_packs.model import Synonym
from kiosk.search.emergency import CRIES
from kiosk.search.findings import Finder
from kiosk.search.guesses import Guesser
from kiosk.search.interpretation import Interpreter
from kiosk.search.query import SynonymTable
from kiosk.search.spelling import Speller
from kiosk.search.vocabulary import Vocabulary
from kiosk.search.wordlist import word_counts
from kiosk.tables.look_alikes import LookAlikes
from kiosk.tables.read import Tables
from kiosk.typing import Keyboard


def open_interpreter(
    finder: Finder, table: SynonymTable, synonyms: Sequence[Synonym], tables: Tables, keyboard: Keyboard
) -> Interpreter:
    """Return an interpreter for open packs; reads all their names.

    Args:
        finder: Over the packs.
        table: Of the same synonyms.
        synonyms: Of the packs.
        tables: Characters, sounds and words.
        keyboard: Knows what else letters may mean.
    """
    names = tuple(finder.names())
    words = word_counts(names, synonyms, CRIES, tables.village)
    vocabulary = Vocabulary(words.counts, words.things, tables)
    guesser = Guesser(tables, frozenset(name for name, is_spoken in names if is_spoken))
    return Interpreter(
        finder,
        table,
        Speller(vocabulary, tables, LookAlikes()),
        keyboard,
        guesser=guesser,
        has_laws=not all(is_spoken for _, is_spoken in names),
    )
