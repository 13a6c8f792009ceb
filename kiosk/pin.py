"""The clerk's PIN: who may change what is installed.

It keeps out children and passers-by, not somebody with the machine open on a table. Only its scrypt hash is kept. There
is no default: until one is set, whatever needs it says so.

Wrong tries are counted on the disk before each try is judged, so that neither a restart nor a power cut gives new ones,
and waiting is measured by a clock that only grows, so that setting the machine's clock does not shorten it. After a
restart the whole wait begins anew. One try is judged at a time, whoever makes it, and a wait that somebody else has
earned holds for everybody.
"""

import hashlib
import hmac
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Final

import msgspec
from msgspec import Meta, Struct

from content_packs import locks, open_flags
from content_packs.durable import write_in_place
from content_packs.errors import KioskError, SiteError
from content_packs.unreadable import UNREADABLE

PIN_DIGITS: Final = (6, 12)
FREE_TRIES: Final = 3
"""So many wrong tries cost nothing: fingers slip."""

_FIRST_WAIT_S: Final = 30.0
_LONGEST_WAIT_S: Final = 3600.0
_PIN = re.compile(r"\d{6,12}", re.ASCII)
_STORED = re.compile(r"scrypt\$(\d{1,2})\$([0-9a-f]{32})\$([0-9a-f]{64})", re.ASCII)
_COST: Final = 15
"""Two to this power rounds, with blocks of 8: 32 MiB and about a tenth of a second on a small machine."""

_HIGHEST_COST: Final = 20
_FILE_BYTES = 4096
_LOCK_FLAGS = os.O_RDWR | os.O_CREAT | open_flags.NO_FOLLOW | open_flags.NOT_FOR_CHILDREN


class PinError(KioskError):
    """The clerk's PIN is not set, not right, or cannot be tried yet."""

    code = "K-030"


class Tries(Struct, frozen=True, forbid_unknown_fields=True):
    """What is kept about a PIN.

    Attributes:
        hashed: See `hash_pin`; empty if none is set.
        wrong: Wrong tries since the last right one.
        seed: The site file's hash that was taken over; the same one is not taken over again.
    """

    hashed: str = ""
    wrong: Annotated[int, Meta(ge=0)] = 0
    seed: str = ""


def wait_s(wrong: int) -> float:
    """Return how many seconds must pass before the next try, after so many wrong ones: pure."""
    if wrong < FREE_TRIES:
        return 0.0
    return min(_LONGEST_WAIT_S, _FIRST_WAIT_S * 2.0 ** min(wrong - FREE_TRIES, 16))


def is_hash(text: str) -> bool:
    """Whether a text is what `hash_pin` returns."""
    found = _STORED.fullmatch(text)
    return found is not None and 1 <= int(found[1]) <= _HIGHEST_COST


def hash_pin(pin: str) -> str:
    """Return what is kept instead of a PIN.

    Raises:
        PinError: It is not 6 to 12 digits, or one that everybody tries first.
    """
    if not _PIN.fullmatch(pin):
        raise PinError("PIN 要 6 到 12 位数字。", todo="请换一个。", code="K-031")
    if len(set(pin)) == 1 or pin in "01234567890123" or pin in "98765432109876":
        raise PinError("这个 PIN 太好猜。", why="全一样，或者是连着的数字", todo="请换一个。", code="K-031")
    salt = os.urandom(16)
    return f"scrypt${_COST}${salt.hex()}${_scrypt(pin, salt, _COST).hex()}"


class PinDesk:
    """Judges tries at the clerk's PIN.

    Args:
        file: Where the hash and the count are kept.
        seed: Hash from the site file; taken over once, when it is new. Empty if there is none.
        now: Seconds that only grow.
    """

    def __init__(self, file: Path, *, seed: str, now: Callable[[], float]) -> None:
        self._file = file
        self._seed = seed
        self._now = now
        self._heed(self._read().wrong)

    @property
    def is_set(self) -> bool:
        """Whether there is a PIN."""
        return bool(self._read().hashed)

    @property
    def seconds_left(self) -> float:
        """How long until the next try; 0 if it may be now."""
        return max(0.0, self._blocked_until - self._now())

    def set_pin(self, pin: str) -> None:
        """Set the PIN; the count of wrong tries begins anew.

        Raises:
            PinError: It is not good enough.
            SiteError: It cannot be kept.
        """
        hashed = hash_pin(pin)
        with self._alone():
            self._write(Tries(hashed, 0, self._seed))
            self._heed(0)

    def check(self, pin: str) -> None:
        """Return if the PIN is right.

        Takes a tenth of a second and more: not for the thread that draws.

        Raises:
            PinError: There is none, it is wrong, or it is too early to try again.
            SiteError: The try could not be counted; then it was not judged either.
        """
        if not self._read().hashed:
            todo = "请管理员在本机运行 cunkou pin set。"
            raise PinError("还没有设置工作人员的 PIN。", todo=todo, code="K-032")
        with self._alone():
            self._judge(pin, self._read())

    def _judge(self, pin: str, known: Tries) -> None:
        if known.wrong != self._wrong:
            self._heed(known.wrong)
        if left := self.seconds_left:
            raise PinError("试得太多了。", todo=f"请等{_duration(left)}再试。", code="K-033")
        self._write(Tries(known.hashed, known.wrong + 1, known.seed))
        if _fits(pin, known.hashed):
            self._write(Tries(known.hashed, 0, known.seed))
            self._heed(0)
            return
        self._heed(known.wrong + 1)
        wait = wait_s(known.wrong + 1)
        left = FREE_TRIES - known.wrong - 1
        todo = f"请等{_duration(wait)}再试。" if wait else f"还可以马上试 {left} 次。"
        raise PinError("PIN 不对。", todo=todo)

    def _heed(self, wrong: int) -> None:
        """Begin the wait that so many wrong tries have earned."""
        self._wrong = wrong
        self._blocked_until = self._now() + wait_s(wrong)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep every other desk of this file out, of this process or another."""
        try:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = os.open(self._file.with_name(f".{self._file.name}.lock"), _LOCK_FLAGS, 0o600)
        except OSError as error:
            raise self._unwritable(error) from error
        try:
            locks.take(lock)
            yield
        finally:
            os.close(lock)

    def _read(self) -> Tries:
        """Return what is kept, with a new hash of the site file taken over."""
        try:
            with self._file.open("rb") as opened:
                known = msgspec.json.decode(opened.read(_FILE_BYTES), type=Tries)
        except FileNotFoundError:
            known = Tries()
        except (OSError, *UNREADABLE):
            # A damaged count must not give new tries, nor a damaged hash an open door.
            known = Tries(wrong=FREE_TRIES)
        if self._seed and known.seed != self._seed:
            known = Tries(self._seed, known.wrong, self._seed)
            self._write(known)
        return known

    def _write(self, tries: Tries) -> None:
        try:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_in_place(self._file, msgspec.json.encode(tries) + b"\n")
        except OSError as error:
            raise self._unwritable(error) from error

    def _unwritable(self, error: OSError) -> SiteError:
        return SiteError(
            "PIN 记不下来。", why=f"{self._file}：{error.strerror}", todo="请检查磁盘和权限。", code="M-352"
        )


def _fits(pin: str, hashed: str) -> bool:
    found = _STORED.fullmatch(hashed)
    if found is None or not is_hash(hashed) or not _PIN.fullmatch(pin):
        return False
    tried = _scrypt(pin, bytes.fromhex(found[2]), int(found[1]))
    return hmac.compare_digest(tried, bytes.fromhex(found[3]))


def _scrypt(pin: str, salt: bytes, cost: int) -> bytes:
    rounds = 2**cost
    return hashlib.scrypt(pin.encode(), salt=salt, n=rounds, r=8, p=1, maxmem=rounds * 8 * 128 * 2, dklen=32)


def _duration(seconds: float) -> str:
    whole = max(1, round(seconds))
    return f" {whole} 秒" if whole < 120 else f" {-(-whole // 60)} 分钟"  # noqa: PLR2004 (two minutes)
