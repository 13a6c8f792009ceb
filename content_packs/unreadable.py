"""Which errors mean that bytes are not the words they should be, whatever these bytes are."""

from typing import Final

import msgspec

UNREADABLE: Final = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
"""What msgspec raises for JSON that it cannot decode: a bad byte in a word and too deep a nest are errors of Python."""
