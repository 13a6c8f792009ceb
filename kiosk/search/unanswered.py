"""What people here asked for and did not find: which of it may be kept, and for how long. Pure.

A question is a person's own. So nothing is kept that is long or holds a number; what is asked on one day or two is
kept as a salted hash only, which tells that something was asked again but not what; only what was asked on three
different days is kept in words, for the clerk and for whoever writes the packs, and for 90 days. The salt is of this
home alone and is changed every `SALT_DAYS`: what was hashed with an old one can never be compared again, and goes too.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import pbkdf2_hmac
from typing import Final

LONGEST_CHARS: Final = 12
"""A longer question says more about who asks than about what is missing."""

DAYS_TO_KEEP: Final = 3
"""On so many different days something must be asked before it is kept in words."""

KEPT_DAYS: Final = 90
"""So long after it was asked last it is kept."""

SALT_DAYS: Final = 45
"""So long one salt is used; after as many days again what was hashed with it is gone."""

MOST_KEPT: Final = 200
MOST_HEARD: Final = 2_000

_ROUNDS = 50_000
_DIGEST_BYTES = 16
_FOUR_DIGITS = re.compile(r"[0-9]{4}")
_BETWEEN = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Salt:
    """What hashes are made with, so that nobody can look them up: random, in hexadecimal, and since when it is used."""

    value: str
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """Something that was asked, nobody knows what: its hash, by which salt, and on which days."""

    digest: str
    salt: str
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Something that was asked on `DAYS_TO_KEEP` days or more: in words, on how many days, and when last."""

    text: str
    days: int
    last_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """All that a home knows about what was not found.

    Attributes:
        salts: The one in use, and the one before it.
        heard: Those heard of longest ago first.
        kept: Those asked longest ago first.
    """

    salts: tuple[Salt, ...] = ()
    heard: tuple[Heard, ...] = ()
    kept: tuple[Kept, ...] = ()


def keepable(folded: str) -> str:
    """Return the form in which a question may be kept and is compared; empty if it may not be kept at all.

    Args:
        folded: The question: cleaned, simplified, half-width, lower case.
    """
    text = _BETWEEN.sub("", folded)
    whole = len(" ".join(folded.split()))
    return "" if whole > LONGEST_CHARS or _FOUR_DIGITS.search(_in_digits(text)) else text


def after_asking(state: Unanswered, text: str, day: date, new_salt: Callable[[], str]) -> Unanswered:
    """Return what is known after something was asked for and not found.

    Args:
        state: What was known.
        text: From `keepable`; nothing is added if it is empty.
        day: The day that counts, see `kiosk.clock.counting_date`.
        new_salt: Makes a random salt.
    """
    known = after_days(state, day)
    if not text:
        return known
    kept = next((each for each in known.kept if each.text == text), None)
    if kept:
        days = kept.days + (kept.last_on != day)
        again = replace(kept, days=days, last_on=max(day, kept.last_on))
        return replace(known, kept=(*(each for each in known.kept if each is not kept), again))
    return _after_hearing(_salted(known, day, new_salt), text, day)


def after_days(state: Unanswered, day: date) -> Unanswered:
    """Return what is still known on a day, without what was asked too long ago, and without old salts and hashes."""
    oldest = day - timedelta(days=KEPT_DAYS)
    salts = tuple(salt for salt in state.salts if salt.since > day - timedelta(days=2 * SALT_DAYS))
    living = {salt.value for salt in salts}
    return Unanswered(
        salts=salts,
        heard=tuple(each for each in state.heard if each.salt in living and max(each.days) >= oldest),
        kept=tuple(each for each in state.kept if each.last_on >= oldest),
    )


def _salted(state: Unanswered, day: date, new_salt: Callable[[], str]) -> Unanswered:
    """Return a state whose first salt may be used on this day."""
    if state.salts and state.salts[0].since > day - timedelta(days=SALT_DAYS):
        return state
    return replace(state, salts=(Salt(value=new_salt(), since=day), *state.salts[:1]))


def _after_hearing(state: Unanswered, text: str, day: date) -> Unanswered:
    digests = {salt.value: _digest(text, salt.value) for salt in state.salts}
    before = [each for each in state.heard if digests.get(each.salt) == each.digest]
    days = tuple(sorted({day, *(known for each in before for known in each.days)}))
    others = tuple(each for each in state.heard if each not in before)
    if len(days) >= DAYS_TO_KEEP:
        kept = (*state.kept, Kept(text=text, days=len(days), last_on=days[-1]))
        return replace(state, heard=others, kept=kept[-MOST_KEPT:])
    salt = state.salts[0].value
    heard = (*others, Heard(digest=digests[salt], salt=salt, days=days))
    return replace(state, heard=heard[-MOST_HEARD:])


def _digest(text: str, salt: str) -> str:
    """Return a hash that takes its time: whoever has both salt and hash cannot try all words of a language at once."""
    return pbkdf2_hmac("sha256", text.encode(), bytes.fromhex(salt), _ROUNDS, _DIGEST_BYTES).hex()


def _in_digits(text: str) -> str:
    """Return a text with every sort of decimal digit, also Chinese ones, as 0 to 9."""
    return "".join(_CHINESE_DIGITS.get(character) or _digit(character) for character in text)


def _digit(character: str) -> str:
    return "0" if character.isdecimal() else character


_CHINESE_DIGITS: Final = dict.fromkeys("〇零一二三四五六七八九幺", "0")
