"""Memory that nobody needs goes back to the system while nobody is here, and nothing that is needed gets lost."""

import re
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from ui.housekeeping import Housekeeping, give_back, rereadable

pytestmark = [pytest.mark.ui, pytest.mark.usefixtures("qapp")]

CODE = "7f0000001000-7f0000003000 r-xp 00001000 fe:00 71 /opt/cunkou/libQt6Core.so.6"
FONT = "7f0000010000-7f0000011000 r--p 00000000 fe:00 72 /usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc"
LIST_OF_FONTS = "7f0000020000-7f0000021000 r--s 00000000 fe:00 73 /var/cache/fontconfig/0bd3-le64.cache-8"


@pytest.mark.parametrize("line", [CODE, FONT, LIST_OF_FONTS])
def test_what_stands_in_a_file_as_it_is_can_be_given_back(line):
    assert len(rereadable(line)) == 1


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("7f0000003000-7f0000004000 r--p 00003000 fe:00 71 /opt/libQt6Core.so.6", "addresses were written into it"),
        ("7f0000004000-7f0000005000 rw-p 00004000 fe:00 71 /opt/libQt6Core.so.6", "variables"),
        ("7f0000005000-7f0000006000 r-xp 00000000 00:01 9 /memfd:JITCode:QtQml (deleted)", "made while it ran"),
        ("7f0000006000-7f0000007000 r-xp 00001000 fe:00 71 /opt/libQt6Core.so.6 (deleted)", "replaced by another"),
        ("7f0000007000-7f0000008000 rw-s 00000000 00:01 8 /memfd:xorg (deleted)", "the window"),
        ("7f0000008000-7f0000009000 r-xp 00000000 00:00 0                          [vdso]", "of the kernel"),
        ("557000000000-557000100000 rw-p 00000000 00:00 0                          [heap]", "ours"),
        ("7f0000009000-7f000000a000 rw-p 00000000 00:00 0 ", "ours"),
        ("7f000000a000-7f000000b000 r--s 00000000 fe:00 74 /home/kiosk/index/names.bin", "the search reads it"),
    ],
)
def test_what_has_no_equal_in_a_file_or_is_in_use_stays(line, why):
    assert rereadable(line) == (), why


def test_start_and_size_are_those_of_the_mapping():
    assert rereadable(f"{CODE}\n{FONT}\n") == ((0x7F0000001000, 0x2000), (0x7F0000010000, 0x1000))


def test_code_that_was_given_back_runs_again():
    before = _mapped_kib()
    give_back()
    assert _mapped_kib() < before
    held = QObject()
    held.setObjectName("村口")
    assert held.objectName() == "村口"
    assert zlib.decompress(zlib.compress(b"a" * 4096)) == b"a" * 4096


_PICTURES = """
import ctypes, re, sys
sys.path.insert(0, ".")
from pathlib import Path
from ui.housekeeping import keep_large_apart

if sys.argv[1] == "apart":
    keep_large_apart()
libc = ctypes.CDLL(None)
libc.malloc.restype, libc.malloc.argtypes, libc.free.argtypes = ctypes.c_void_p, [ctypes.c_size_t], [ctypes.c_void_p]

def written(size):
    block = libc.malloc(size)
    ctypes.memset(block, 1, size)
    return block

libc.free(written(8 << 20))
pictures = []
for _ in range(8):
    pictures.append(written(6 << 20))
    written(100_000)
for picture in pictures:
    libc.free(picture)
print(re.search(r"^Pss_Anon: +(\\d+)", Path("/proc/self/smaps_rollup").read_text(), re.MULTILINE)[1])
"""


def test_pictures_that_are_let_go_leave_no_holes():
    kib = {
        how: int(
            subprocess.run([sys.executable, "-c", _PICTURES, how], capture_output=True, text=True, check=True).stdout
        )
        for how in ("apart", "usual")
    }
    assert kib["usual"] - kib["apart"] > 30_000


@pytest.mark.parametrize(("quiet", "times"), [(True, 1), (False, 0)])
def test_nothing_is_tidied_while_somebody_is_here(qtbot, quiet, times):
    forgotten = []
    housekeeping = Housekeeping(lambda: quiet, lambda: forgotten.append(None))
    housekeeping._timer.setInterval(0)
    housekeeping.soon()
    qtbot.waitUntil(lambda: not housekeeping._timer.isActive())
    assert len(forgotten) == times


def _mapped_kib() -> int:
    """Return how much of files this process holds in memory."""
    return sum(
        map(int, re.findall(r"^Pss_File: +(\d+) kB$", Path("/proc/self/smaps_rollup").read_text(), re.MULTILINE))
    )
