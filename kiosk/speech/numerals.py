"""Numbers in Chinese words: pure."""

_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")
_GROUPS = ("", "万", "亿", "万亿")
_LONGEST_DIGITS = 16
_GROUP = 4


def digit_by_digit(digits: str) -> str:
    """Return the digits of a year or a decimal one after the other: ``2024`` → 二零二四."""
    return "".join(_DIGITS[int(digit)] for digit in digits)


def dialled(digits: str) -> str:
    """Return the digits of a telephone number, as they are said: 一 becomes 幺."""
    return digit_by_digit(digits).replace("一", "幺")


def cardinal(digits: str) -> str:
    """Return a whole number as a count: ``10800`` → 一万零八百.

    Args:
        digits: Only digits; with a leading zero, or more than 16 of them, they are said one by one.
    """
    if len(digits) > _LONGEST_DIGITS or (len(digits) > 1 and digits[0] == "0"):
        return digit_by_digit(digits)
    words, gap, group = "", False, ""
    for place, digit in zip(range(len(digits) - 1, -1, -1), digits, strict=True):
        if digit == "0":
            gap = bool(words)
        else:
            words += ("零" if gap else "") + _DIGITS[int(digit)] + _PLACES[place % _GROUP]
            gap = False
        group += digit
        if place % _GROUP == 0:
            if int(group):
                words, gap = words + _GROUPS[place // _GROUP], False
            group = ""
    return words.replace("一十", "十", 1) if words.startswith("一十") else words or "零"


def number(written: str) -> str:
    """Return a number with or without decimals: ``12.5`` → 十二点五."""
    whole, _, decimals = written.partition(".")
    return cardinal(whole) + (f"点{digit_by_digit(decimals)}" if decimals else "")
