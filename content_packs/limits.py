"""How large a pack may be: every limit in one place, with its unit."""

KIB = 1024
MIB = 1024 * KIB
GIB = 1024 * MIB

TEXT_FILE_BYTES = 1 * MIB
"""Of one text file of a source."""

ITEMS = 100_000
"""Of one pack."""

PICTURE_BYTES = 12 * MIB
PICTURE_PIXELS = 40_000_000
PICTURE_SIDE_PX = 8_000
SHOWN_WIDTH_PX = 1_600
"""Wider pictures are drawn this wide when the pack is built."""

DRAWN_PICTURE_BYTES = 64 * MIB
"""Of one picture as it travels; more than any that was drawn anew can have."""

RECORDING_BYTES = 20 * MIB

MANIFEST_BYTES = 32 * MIB
ITEM_BLOB_BYTES = 16 * MIB
"""Of one item as JSON; more than any text file can become."""

BUNDLE_BYTES = 1 * GIB
BUNDLES = 16
"""Together below what FAT32 and a county's stick can hold."""
