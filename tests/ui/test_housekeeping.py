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


_LETTERS = """
import ctypes, sys
sys.path.insert(0, ".")
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickView
from PySide6.QtTest import QTest
from ui.housekeeping import let_go_of_letters

class Told(ctypes.Structure):
    _fields_ = [(name, ctypes.c_size_t) for name in ("a", "b", "c", "d", "e", "f", "g", "used", "free", "top")]

libc = ctypes.CDLL(None)
libc.mallinfo2.restype = Told
application = QGuiApplication([])
view = QQuickView()
view.setSource(QUrl.fromLocalFile(sys.argv[1]))
view.resize(800, 800)
view.show()
assert QTest.qWaitForWindowExposed(view)

def shown(text):
    view.rootObject().setProperty("text", text)
    QTest.qWait(200)
    return libc.mallinfo2().used

shown("".join(map(chr, range(0x4E00, 0x5600))))
before = shown("村口")
picture = view.grabWindow()
let_go_of_letters()
view.update()
QTest.qWait(200)
print(before - libc.mallinfo2().used, view.grabWindow() == picture)
"""


def test_letters_that_were_read_go_and_those_in_sight_stay(tmp_path):
    page = tmp_path / "page.qml"
    page.write_text("import QtQuick\nText { width: 800; wrapMode: Text.WrapAnywhere; font.pixelSize: 40 }\n")
    answer = subprocess.run(
        [sys.executable, "-c", _LETTERS, page], capture_output=True, text=True, check=True, timeout=600
    )
    freed, same = answer.stdout.split()
    assert int(freed) > 500_000
    assert same == "True"


def test_what_is_freed_is_given_back_once_nothing_draws_with_it(housekeeping, qtbot):
    kept, deeds = housekeeping(quiet=lambda: True)
    kept.soon()
    qtbot.waitUntil(lambda: len(deeds) == 3)
    assert deeds == ["forget", "redraw", "give back"]


def test_nothing_is_tidied_while_somebody_is_here(housekeeping, qtbot):
    kept, deeds = housekeeping(quiet=lambda: False)
    kept.soon()
    qtbot.waitUntil(lambda: not kept._timer.isActive())
    assert deeds == []


def test_whoever_comes_in_between_is_not_held_up(housekeeping, qtbot):
    answers = [True, False]
    kept, deeds = housekeeping(quiet=lambda: answers.pop(0))
    kept.soon()
    qtbot.waitUntil(lambda: not answers)
    assert deeds == ["forget", "redraw"]


def test_nothing_is_given_back_after_the_end(housekeeping, qtbot):
    kept, deeds = housekeeping(quiet=lambda: True)
    kept.soon()
    kept.close()
    kept.soon()  # the last person is wiped away while the window closes
    qtbot.wait(20)
    assert deeds == []


@pytest.fixture
def housekeeping(monkeypatch):
    """Give a maker of a housekeeping in a hurry, with the list of what it does."""

    def made(*, quiet):
        deeds = []
        kept = Housekeeping(quiet, lambda: deeds.append("forget"), lambda: deeds.append("redraw"))
        monkeypatch.setattr("ui.housekeeping.give_back", lambda: deeds.append("give back"))
        kept._timer.setInterval(0)
        kept._redrawn.setInterval(0)
        return kept, deeds

    return made


def _mapped_kib() -> int:
    """Return how much of files this process holds in memory."""
    return sum(
        map(int, re.findall(r"^Pss_File: +(\d+) kB$", Path("/proc/self/smaps_rollup").read_text(), re.MULTILINE))
    )
