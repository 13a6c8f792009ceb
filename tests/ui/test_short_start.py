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
