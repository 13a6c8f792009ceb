"""Which errors mean that an installed database is damaged."""

import sqlite3
from typing import Final

ROTTEN: Final = (sqlite3.Error, UnicodeDecodeError)
"""What reading one raises: SQLite quotes a name that it cannot make out, whose bytes Python cannot decode."""
