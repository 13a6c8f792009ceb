"""The day on which this version of the program was released."""

from datetime import date
from typing import Final

BUILT_ON: Final = date(2026, 11, 22)
"""No kiosk runs it earlier: every proof of what day it is starts here."""
