"""Places in a text, as Python counts them and as Qt does: pure.

Python counts code points; Qt counts UTF-16 units, two for each character beyond U+FFFF, such as rare Chinese ones.
"""


def utf16_of(text: str, code_points: int) -> int:
    """Return the place in UTF-16 units that lies that many code points into a text."""
    return code_points + sum(character > "\uffff" for character in text[:code_points])


def code_points_of(text: str, utf16: int) -> int:
    """Return the code point that lies at a place in UTF-16 units; the text's end if the place is beyond."""
    place = 0
    for number, character in enumerate(text):
        place += 1 + (character > "\uffff")
        if place > utf16:
            return number
    return len(text)
