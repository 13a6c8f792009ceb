"""What `ui.start` does before anything else."""

import subprocess
import sys


def test_no_source_is_read_and_kept_for_features_of_pyside_that_nobody_uses():
    script = (
        "import linecache, sys\nfrom ui import start\n"
        "print(len(start.FONTS.read_text()) > 0, 'PySide6.QtQuick' in sys.modules)\n"
        "print([name for name in linecache.cache if '/ui/' in name or '/kiosk/' in name])"
    )
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert answer.stdout.splitlines() == ["True True", "[]"]


def test_without_the_change_sources_are_read():
    """Else the test above would prove nothing about a PySide that has stopped reading them."""
    script = "import linecache\nimport ui.app\nprint(any('/ui/' in name for name in linecache.cache))"
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "True"


HEAPS = """
import ctypes, sys, threading
{first}
started = threading.Thread(target=lambda: ctypes.create_string_buffer(2_000))
started.start()
started.join()
libc = ctypes.CDLL(None)
libc.fopen.restype = ctypes.c_void_p
file = libc.fopen(sys.argv[1].encode(), b"w")
libc.malloc_info(0, ctypes.c_void_p(file))
libc.fclose(ctypes.c_void_p(file))
"""


def heaps_after(first, tmp_path):
    """Return how many heaps a process has after a thread of it has taken memory."""
    told = tmp_path / "heaps.xml"
    subprocess.run([sys.executable, "-c", HEAPS.format(first=first), str(told)], check=True)
    return told.read_text().count("<heap nr=")


def test_threads_share_one_heap(tmp_path):
    assert heaps_after("from ui import start", tmp_path) == 1
    assert heaps_after("", tmp_path) > 1, "else the line above would prove nothing"


def test_what_a_first_start_reads_before_it_paints_brings_no_search():
    script = "import sys\nimport ui.backstage\nprint([name for name in sys.modules if 'kiosk.search.' in name])"
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "['kiosk.search.unanswered']"


def test_what_home_needs_is_made_without_dataclasses():
    """They take nine times as long to make as named tuples, and bring a parser of Python with them."""
    script = "import sys\nfrom ui import start\nprint({'ui.shell', 'dataclasses', 'inspect', 'ast'} & set(sys.modules))"
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "{'ui.shell'}"
