"""How fast is read: three speeds, no more, because nobody at a kiosk tunes a number."""

from enum import StrEnum


class Rate(StrEnum):
    """A speed that can be chosen."""

    SLOW = "slow"
    NORMAL = "normal"
    FAST = "fast"

    @property
    def words_per_minute(self) -> int:
        """The engine's number: about 155, 215 and 290 Chinese characters a minute."""
        return {Rate.SLOW: 110, Rate.NORMAL: 150, Rate.FAST: 200}[self]
