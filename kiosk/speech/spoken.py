"""From what is written to what is said: pure.

    >>> spoken("国发〔2024〕11号")
    '国发，二零二四年，十一号'

The steps lean on each other: what has become words is not touched again, so the order is from the most special to the
most general. `tests/fixtures/spoken.tsv` holds the cases.
"""

from kiosk.speech.amounts import spoken_amounts
from kiosk.speech.dialling import spoken_phones
from kiosk.speech.polyphones import table, with_readings
from kiosk.speech.symbols import plain_brackets, plain_list_mark, plain_signs, spelled_letters, tidied


def spoken(text: str) -> str:
    """Return how a sentence is said.

    Args:
        text: One sentence as it is written.

    Returns:
        Chinese characters, punctuation, single Latin letters, and readings in braces behind the character they belong
        to (`kiosk.speech.polyphones`). Empty if nothing of it can be said.
    """
    text = plain_list_mark(plain_signs(text))
    text = spoken_amounts(spoken_phones(text))
    text = tidied(spelled_letters(plain_brackets(text)))
    return with_readings(text, table("polyphones.tsv")) if any(letter.isalnum() for letter in text) else ""
