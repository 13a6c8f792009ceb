"""What the words of a question say about the matter that it means: their pieces, and the layout of what was learnt.

Learnt when the program is built (`kiosk.tables.learning`), read by `kiosk.search.guesses`. Files, little-endian:

======================  ====================================================================================
``matters.json``        names of every matter, and what each is worth before anything was asked
``matter_pieces.bin``   uint32 per piece: its number, ascending
``matter_rarity.bin``   float32 per piece: how rare it is
``matter_steps.bin``    float32 per piece: what one step of its weights is worth
``matter_weights.bin``  int8 per piece and matter: how much the piece speaks for the matter
======================  ====================================================================================
"""

import re
import zlib
from typing import Final

LONGEST_PIECE: Final = 3
"""Characters of a piece; pieces overlap."""

SHARPNESS: Final = 8.0
"""What the weights of a question, which are shares, are multiplied by."""

_BETWEEN: Final = re.compile(r"[\s，。？?！!、：:；;]+")


def pieces_of(text: str) -> list[int]:
    """Return the numbers of the distinct pieces of one to `LONGEST_PIECE` characters, in the order of the text.

    Args:
        text: Folded.
    """
    plain = _BETWEEN.sub("", text)
    cut = (
        plain[start : start + size] for size in range(1, LONGEST_PIECE + 1) for start in range(len(plain) - size + 1)
    )
    return [zlib.crc32(piece.encode("utf-8", "replace")) for piece in dict.fromkeys(cut)]
