"""Learns which pieces of what people say speak for which matter, from ``matters.txt``. At build time only.

A linear model (softmax over pieces weighted by rarity) fitted by adaptive gradients. Naive Bayes over the same pieces
and the sentences of items as further examples were tried: both helped less with questions that had not been seen. The
order of examples is drawn from a fixed seed, so that the same text gives the same bytes.
"""

import json
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from kiosk.tables.matters import SHARPNESS, pieces_of

SOURCE: Final = Path(__file__).with_name("matters.txt")

_ROUNDS: Final = 10
_PACE: Final = 0.15
_BIAS_PACE: Final = 0.01
_SHRINKING: Final = 3e-5
_SENTENCE: Final = 9
_OF_SENTENCE: Final = 2.0
_OF_STRANGE: Final = 0.15
_STRANGE: Final = 4000
_MOST_STEPS: Final = 127
_SEED: Final = 20261122

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Matter:
    """What is asked about one matter.

    Attributes:
        names: As titles of items have it; none for what a service point knows nothing of.
        said: How people ask for it, in words and in sentences.
    """

    names: tuple[str, ...]
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Example:
    places: NDArray[np.int64]
    shares: Array
    wanted: Array
    weight: float


def read_matters(text: str) -> tuple[Matter, ...]:
    """Return the matters of ``matters.txt`` in the order of the file.

    Args:
        text: Lines that begin with ``=`` open a matter; those with ``#`` are remarks; others hold what is said, parted
            by blanks.
    """
    matters: list[Matter] = []
    for line in text.splitlines():
        if line.startswith("="):
            matters.append(Matter(tuple(filter(None, line[1:].strip().split("|"))), ()))
        elif line.strip() and not line.startswith("#"):
            last = matters.pop()
            matters.append(Matter(last.names, (*last.said, *line.split())))
    return tuple(matters)


def strange_words(words: Iterable[str], matters: Sequence[Matter]) -> tuple[str, ...]:
    """Return some words of the language that nobody says about any matter, the same ones for the same words.

    Args:
        words: Of a dictionary; those of a single character are left out.
        matters: What is said about each.
    """
    said = "\n".join(said for matter in matters for said in matter.said)
    fitting = sorted(
        (word for word in words if len(word) > 1 and word not in said), key=lambda word: (crc32(word.encode()), word)
    )
    return tuple(fitting[:_STRANGE])


def learnt_files(matters: Sequence[Matter], strange: Sequence[str] = ()) -> dict[str, bytes]:
    """Return the files of `kiosk.tables.matters` by name.

    Args:
        matters: What is said about each.
        strange: Words that are about none of them; they count for the matter without a name.
    """
    wanted: dict[str, list[int]] = {}
    for number, matter in enumerate(matters):
        for said in matter.said:
            wanted.setdefault(said, []).append(number)
    nameless = [number for number, matter in enumerate(matters) if not matter.names]
    for word in strange:
        wanted.setdefault(word, nameless)
    lesser = frozenset(strange)
    cut = {said: pieces_of(said) for said in wanted}
    counts = Counter(piece for pieces in cut.values() for piece in pieces)
    known = sorted(counts)
    place = {piece: number for number, piece in enumerate(known)}
    rarity = np.log(len(wanted) / np.array([counts[piece] for piece in known], np.float64))
    examples = []
    for said, numbers in wanted.items():
        places = np.array([place[piece] for piece in cut[said]], np.int64)
        aims = np.zeros(len(matters))
        aims[numbers] = 1 / len(numbers)
        examples.append(_Example(places, shares_of(rarity[places]), aims, _weight_of(said, lesser)))
    weights, bias = _fitted(examples, len(known), len(matters))
    steps = np.maximum(np.abs(weights).max(axis=1), 1e-9) / _MOST_STEPS
    about = {"names": [matter.names for matter in matters], "before": [round(float(each), 6) for each in bias]}
    return {
        "matters.json": json.dumps(about, ensure_ascii=False).encode(),
        "matter_pieces.bin": np.array(known, "<u4").tobytes(),
        "matter_rarity.bin": rarity.astype("<f4").tobytes(),
        "matter_steps.bin": steps.astype("<f4").tobytes(),
        "matter_weights.bin": np.rint(weights / steps[:, None]).astype(np.int8).tobytes(),
    }


def _weight_of(said: str, lesser: Container[str]) -> float:
    if said in lesser:
        return _OF_STRANGE
    return _OF_SENTENCE if len(said) >= _SENTENCE else 1.0


def shares_of(rarity: Array) -> Array:
    """Return what each piece of a text counts: by its rarity, all together of length 1."""
    length = float(np.sqrt((rarity * rarity).sum()))
    return rarity / length if length else rarity


def _fitted(examples: Iterable[_Example], pieces: int, matters: int) -> tuple[Array, Array]:
    """Return what each piece speaks for each matter, and what each matter is worth without any."""
    listed = list(examples)
    weights, bias = np.zeros((pieces, matters)), np.zeros(matters)
    seen = np.full((pieces, matters), 1e-6)
    draw = np.random.default_rng(_SEED)
    for _ in range(_ROUNDS):
        for number in draw.permutation(len(listed)):
            each = listed[number]
            sums = (each.shares[:, None] * weights[each.places]).sum(axis=0) * SHARPNESS + bias
            likely = np.exp(sums - sums.max())
            off = (likely / likely.sum() - each.wanted) * each.weight
            slope = each.shares[:, None] * off * SHARPNESS + _SHRINKING * weights[each.places]
            seen[each.places] += slope * slope
            weights[each.places] -= _PACE * slope / np.sqrt(seen[each.places])
            bias -= _BIAS_PACE * off
    return weights, bias
