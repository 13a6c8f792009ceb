"""The page that is shown when the screen cannot be: into whatever pixels, and with what it must say."""

import gzip
import importlib.util
import struct
import sys
from pathlib import Path

import pytest

FOLDER = Path("packaging/deb/files/system/usr/lib/cunkou")


def loaded(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    made = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = made
    spec.loader.exec_module(made)
    return made


notice = loaded(FOLDER / "notice.py")
draw_notice = loaded(Path("packaging/appliance/draw_notice.py"))
PICTURE = notice.Picture(2, 2, b"\x00\xff\xff\x00")


def pixel(data, screen, x, y):
    size = screen.bits // 8
    begin = y * screen.stride + x * size
    return int.from_bytes(data[begin : begin + size], "little")


@pytest.mark.parametrize(("width", "height"), [(1080, 1920), (1920, 1080), (1280, 800), (3, 7)])
def test_it_fills_any_screen_with_the_picture_in_the_middle(width, height):
    screen = notice.Screen(width, height, width * 4 + 64, 32, (16, 8, 0))
    data = notice.painted(PICTURE, screen)
    assert len(data) == screen.stride * height
    paper, ink = 0xF3EAD7, 0x3A2A22
    side = min(width, height)
    left, above = (width - side) // 2, (height - side) // 2
    assert pixel(data, screen, left, above) == ink
    assert pixel(data, screen, left + side - 1, above) == paper
    assert pixel(data, screen, left + side - 1, above + side - 1) == ink
    if width > height + 1:
        assert pixel(data, screen, 0, height // 2) == paper


def test_colours_go_where_the_screen_wants_them():
    swapped = notice.Screen(2, 2, 8, 32, (0, 8, 16))
    assert pixel(notice.painted(PICTURE, swapped), swapped, 0, 0) == 0x222A3A
    small = notice.Screen(2, 2, 4, 16, (11, 5, 0))
    assert pixel(notice.painted(PICTURE, small), small, 1, 0) == 0xF3 >> 3 << 11 | 0xEA >> 2 << 5 | 0xD7 >> 3


def test_a_screen_of_other_pixels_is_refused():
    with pytest.raises(ValueError, match="8 bits"):
        notice.painted(PICTURE, notice.Screen(2, 2, 2, 8, (0, 0, 0)))


def test_what_the_kernel_says_is_understood():
    variable = struct.pack("=8I", 1280, 800, 1280, 800, 0, 0, 32, 0) + struct.pack(
        "=12I", 16, 8, 0, 8, 8, 0, 0, 8, 0, 0, 0, 0
    )
    fixed = struct.pack("@16sL4I3H2xI", b"virtio_gpudrmfb", 0, 0, 0, 0, 2, 1, 1, 0, 5120)
    screen = notice.screen_of(variable.ljust(160, b"\0"), fixed.ljust(80, b"\0"))
    assert screen == notice.Screen(1280, 800, 5120, 32, (16, 8, 0))


@pytest.mark.parametrize("data", [b"P4 2 2 255\n\0\0\0\0", b"P5 2 2 15\n\0\0\0\0", b"P5 2 2 255\n\0\0\0"])
def test_nothing_but_a_picture_of_ours_is_shown(data):
    with pytest.raises(ValueError, match="picture"):
        notice.picture_of(gzip.compress(data))


def test_the_picture_is_the_one_that_is_drawn_from_these_words():
    """Fonts may differ a little between machines; words may not."""
    kept = notice.picture_of((FOLDER / "notice.pgm.gz").read_bytes())
    drawn = draw_notice.drawn(draw_notice.NOTICE).tobytes()
    assert (kept.width, kept.height) == (draw_notice.SIDE, draw_notice.SIDE)
    differing = sum(abs(one - other) > 96 for one, other in zip(kept.grey, drawn, strict=True))
    ink = sum(value < 128 for value in drawn)
    assert ink > 10_000
    assert differing < ink / 10


def test_the_code_on_it_is_explained():
    assert draw_notice.NOTICE.code in Path("docs/errors.md").read_text()
