"""Guesses from all pieces of a question together which matter it means, where no single word says so."""

import json
import re
from collections.abc import Container
from typing import Final

import numpy as np

from kiosk.search.guess import NOTHING, Guess
from kiosk.tables.matters import SHARPNESS, pieces_of
from kiosk.tables.read import Tables

_HAN: Final = re.compile("[\u3400-\u9fff]")
_MOST: Final = 3
_BESIDE_BEST: Final = 0.3
_UNHEARD: Final = 0.3
"""What a piece that nobody has said counts, beside the rarest one: it makes everything less certain."""


class Guesser:
    """Guesses matters that the open packs hold.

    Args:
        tables: Hold what was learnt.
        held: Folded names of what is written for villagers; matters of which no name is among them are not guessed.
    """

    def __init__(self, tables: Tables, held: Container[str]) -> None:
        self._held = held
        about = json.loads(tables.matters)
        self._names = [tuple(map(tables.fold, names)) for names in about["names"]]
        self._before = np.array(about["before"], np.float32)
        self._ours = np.array([any(name in held for name in names) for names in self._names])
        self._is_empty = not self._ours.any()
        self._pieces = np.frombuffer(tables.matter("pieces"), np.uint32)
        self._rarity = np.frombuffer(tables.matter("rarity"), np.float32)
        self._steps = np.frombuffer(tables.matter("steps"), np.float32)
        self._weights = np.frombuffer(tables.matter("weights"), np.int8).reshape(len(self._pieces), -1)
        self._rarest = float(self._rarity.max(initial=0.0))

    def guess(self, text: str) -> Guess:
        """Return what a question may mean; nothing if the packs hold no matter that is known.

        Args:
            text: Folded.
        """
        if self._is_empty or not _HAN.search(text):
            return NOTHING
        asked = np.array(pieces_of(text), np.uint32)
        places = np.searchsorted(self._pieces, asked)
        places[places == len(self._pieces)] = 0
        places = places[self._pieces[places] == asked]
        rarity = self._rarity[places]
        length = float(np.sqrt((rarity * rarity).sum() + (len(asked) - len(places)) * _UNHEARD * self._rarest**2))
        shares = rarity * self._steps[places] / max(length, 1e-6)
        sums = shares @ self._weights[places].astype(np.float32) * np.float32(SHARPNESS) + self._before
        likely = np.exp(sums - sums.max())
        likely /= likely.sum()
        ours = np.where(self._ours, likely, 0)
        best = np.argsort(-ours)[:_MOST]
        kept = [number for number in best.tolist() if ours[number] >= _BESIDE_BEST * ours[best[0]] > 0]
        return Guess(
            matters=tuple((self._names[number], float(ours[number])) for number in kept),
            elsewhere=float(likely[[not names for names in self._names]].sum()),
        )

    def is_name(self, text: str) -> bool:
        """Return whether something that is written for villagers goes by a folded name."""
        return text in self._held
