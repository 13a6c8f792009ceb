"""Puts a ready picture on the screen and keeps it there: ``python3 -I -S notice.py PICTURE``, on a console of its own.

Runs when the kiosk cannot, so it needs nothing that may be broken: Debian's Python alone, the kernel's frame buffer, a
grey picture (binary PGM, gzipped). No compositor, no font, no library of ours, no content.
"""

import gzip
import mmap
import os
import signal
import struct
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from fcntl import ioctl
from functools import lru_cache
from pathlib import Path

PAPER, INK = (0xF3, 0xEA, 0xD7), (0x3A, 0x2A, 0x22)
DEVICE = "/dev/fb0"
PAINT_AGAIN_S = 5
"""What the kernel writes onto the console meanwhile does not stay."""

_GET_VARIABLE, _GET_FIXED, _UNBLANK = 0x4600, 0x4602, 0x4611  # of linux/fb.h
_KD_SET_MODE, _KD_GRAPHICS = 0x4B3A, 1  # of linux/kd.h
_KD_SET_KEYBOARD, _K_OFF = 0x4B45, 4
_VT_ACTIVATE = 0x5606  # of linux/vt.h
_CONSOLE = 7
_BITS_16, _BITS_32 = 16, 32


@dataclass(frozen=True)
class Picture:
    """Grey values, row by row: 0 is ink, 255 is paper."""

    width: int
    height: int
    grey: bytes


@dataclass(frozen=True)
class Screen:
    """The frame buffer: pixels, bytes from one row to the next, bits a pixel, the lowest bit of red, green and blue."""

    width: int
    height: int
    stride: int
    bits: int
    shifts: tuple[int, int, int]


def picture_of(data: bytes) -> Picture:
    """Return the picture of a gzipped binary PGM with 8 bits and without comments."""
    kind, width, height, depth, grey = gzip.decompress(data).split(None, 4)
    if kind != b"P5" or depth != b"255" or len(grey) != int(width) * int(height):
        raise ValueError("not a picture of ours")
    return Picture(int(width), int(height), grey)


def screen_of(variable: bytes, fixed: bytes) -> Screen:
    """Return what the kernel says about its frame buffer, from fb_var_screeninfo and fb_fix_screeninfo."""
    width, height = struct.unpack_from("=2I", variable)
    (bits,) = struct.unpack_from("=I", variable, 24)
    shifts = tuple(struct.unpack_from("=I", variable, 32 + 12 * colour)[0] for colour in range(3))
    (stride,) = struct.unpack_from("=I", fixed, struct.calcsize("@16sL4I3H2x"))
    return Screen(width, height, stride, bits, shifts)


@lru_cache(maxsize=1)  # it is painted again and again
def painted(picture: Picture, screen: Screen) -> bytes:
    """Return all rows of the screen with the picture in the middle, as large as it fits.

    Raises:
        ValueError: The screen has other pixels than 16 or 32 bits.
    """
    if screen.bits not in {_BITS_16, _BITS_32}:
        raise ValueError(f"{screen.bits} bits a pixel")
    scale = min(screen.width / picture.width, screen.height / picture.height)
    width, height = int(picture.width * scale), int(picture.height * scale)
    left, above = (screen.width - width) // 2, (screen.height - height) // 2
    columns = [x * picture.width // width for x in range(width)]
    empty = _row(b"\xff" * screen.width, screen)
    rows = [empty] * screen.height
    for y in range(height):
        begin = (y * picture.height // height) * picture.width
        source = picture.grey[begin : begin + picture.width]
        middle = bytes(map(source.__getitem__, columns))
        rows[above + y] = _row(b"\xff" * left + middle + b"\xff" * (screen.width - left - width), screen)
    return b"".join(rows)


def _row(grey: bytes, screen: Screen) -> bytes:
    """Return one row in the screen's pixels, padded to its stride."""
    if screen.bits == _BITS_32:
        row = bytearray(4 * len(grey))
        for shift, paper, ink in zip(screen.shifts, PAPER, INK, strict=True):
            row[shift // 8 :: 4] = grey.translate(_shades(paper, ink))
    else:
        row = bytearray().join(struct.pack("=H", _pixel_16(value, screen.shifts)) for value in grey)
    return bytes(row).ljust(screen.stride, b"\0")


def _shades(paper: int, ink: int) -> bytes:
    return bytes(ink + (paper - ink) * value // 255 for value in range(256))


def _pixel_16(value: int, shifts: Sequence[int]) -> int:
    red, green, blue = (ink + (paper - ink) * value // 255 for paper, ink in zip(PAPER, INK, strict=True))
    return red >> 3 << shifts[0] | green >> 2 << shifts[1] | blue >> 3 << shifts[2]


def main() -> int:
    """Paint, and paint again, until somebody ends it."""
    picture = picture_of(Path(sys.argv[1]).read_bytes())
    console = sys.stdin.fileno()
    if os.isatty(console):
        for call, value in (
            (_VT_ACTIVATE, _CONSOLE),
            (_KD_SET_MODE, _KD_GRAPHICS),
            (_KD_SET_KEYBOARD, _K_OFF),
        ):
            ioctl(console, call, value)
    # Not at the next line of Python but at once: nothing here needs an end in order; the console is reset by systemd.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    while True:
        _paint(picture)
        signal.sigtimedwait([], PAINT_AGAIN_S)


def _paint(picture: Picture) -> None:
    with open(DEVICE, "r+b", buffering=0) as device:  # noqa: PTH123 (a device, unbuffered)
        screen = screen_of(ioctl(device, _GET_VARIABLE, bytes(160)), ioctl(device, _GET_FIXED, bytes(80)))
        with suppress(OSError):  # most drivers of today have nothing to unblank
            ioctl(device, _UNBLANK, 0)
        pixels = painted(picture, screen)
        with mmap.mmap(device.fileno(), len(pixels)) as memory:
            memory[:] = pixels


if __name__ == "__main__":
    sys.exit(main())
