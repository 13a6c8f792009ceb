"""How the table files are laid out: what the builder writes and the reader expects.

All numbers are little-endian. Files in one folder:

========================  ==================================================================================
``tables.json``           version, sizes, and the syllables in alphabetical order; syllable number = place + 1
``fold.txt``              two lines of equal length: characters, and what each is folded to
``readings.txt``          one line per distinct set of readings: syllable numbers, most common first
``readings.bin``          uint16 per code point of `RANGES`: line number in ``readings.txt`` + 1, 0 = no reading
``words.bin``             per word `WORD_CHARS` × uint16: code units, padded with 0
``keys.bin``              per word uint64: its syllable numbers, 16 bits each, first syllable highest
``weights.bin``           per word uint8: how common it is, logarithmic
``groups.bin``            pairs of uint32: initials key and first word with these initials, ordered by key
========================  ==================================================================================

Words are ordered by initials key, then by syllables, then most common first.
"""

TABLES_VERSION = 1
"""Grows whenever a file changes its meaning; reader and files must agree."""

RANGES = ((0x3007, 0x3008), (0x3400, 0xA000), (0xF900, 0xFB00), (0x20000, 0x32400))
"""Half-open ranges of code points that may have readings, in the order in which ``readings.bin`` holds them."""

WORD_CHARS = 4
"""Longest word of the keyboard's list."""

KEY_BITS = 16
"""Bits per syllable in a word's key."""

MATTERS = ("matters.json", "matter_pieces.bin", "matter_rarity.bin", "matter_steps.bin", "matter_weights.bin")
"""What was learnt about what people ask, see `kiosk.tables.matters`."""

FILES = ("fold.txt", "readings.txt", "readings.bin", "words.bin", "keys.bin", "weights.bin", "groups.bin", *MATTERS)
"""Every file beside ``tables.json``."""


def initials_key(initials: str) -> int:
    """Return a number that orders initials like strings: five bits a letter, missing letters lowest.

    Args:
        initials: One to `WORD_CHARS` letters a to z.
    """
    key = 0
    for place in range(WORD_CHARS):
        key = key << 5 | (ord(initials[place]) - 96 if place < len(initials) else 0)
    return key


def syllables_key(numbers: tuple[int, ...]) -> int:
    """Return syllable numbers packed into one number, first syllable highest, missing ones 0."""
    key = 0
    for place in range(WORD_CHARS):
        key = key << KEY_BITS | (numbers[place] if place < len(numbers) else 0)
    return key
