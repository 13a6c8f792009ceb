"""The package has CUPS keep nothing of what villagers print, and does not overrule an administrator."""

import os
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path("packaging/deb/files/system/usr/lib/cunkou/bin/forget-prints").absolute()
DEBIANS = "# Default\nLogLevel warn\n<Location />\n  Order allow,deny\n</Location>\n"


@pytest.fixture
def told(tmp_path):
    """Run the script over a file of CUPS and return what CUPS was told."""
    stand_in = tmp_path / "cupsctl"
    stand_in.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/told\n')
    stand_in.chmod(0o755)
    file = tmp_path / "cupsd.conf"

    def run(text):
        file.write_text(text)
        path = f"{tmp_path}:{os.environ['PATH']}"
        subprocess.run(["sh", SCRIPT, file], check=True, env={**os.environ, "PATH": path})
        return (tmp_path / "told").read_text().split() if (tmp_path / "told").exists() else []

    return run


def test_a_fresh_cups_is_told_to_keep_neither_pages_nor_history(told):
    assert told(DEBIANS) == ["PreserveJobFiles=No", "PreserveJobHistory=No"]


def test_a_cups_that_was_told_is_left_alone(told):
    assert told(f"{DEBIANS}PreserveJobFiles No\nPreserveJobHistory No\n") == []


def test_what_an_administrator_has_written_stays(told):
    assert told(f"{DEBIANS}  preservejobhistory Yes\n") == ["PreserveJobFiles=No"]


def test_a_remark_is_not_a_setting(told):
    assert told("#PreserveJobFiles No\n# PreserveJobHistory No\n") == ["PreserveJobFiles=No", "PreserveJobHistory=No"]


def test_a_machine_without_cups_is_left_as_it_is(tmp_path):
    done = subprocess.run(["/bin/sh", SCRIPT, tmp_path / "cupsd.conf"], env={"PATH": str(tmp_path)}, check=False)
    assert done.returncode == 0


def test_it_is_told_with_every_start_of_cups_and_by_the_package():
    drop_in = Path("packaging/deb/files/system/lib/systemd/system/cups.service.d/cunkou.conf").read_text()
    assert "ExecStartPost=-/usr/lib/cunkou/bin/forget-prints\n" in drop_in
    assert "/usr/lib/cunkou/bin/forget-prints" in Path("packaging/deb/scripts/postinst").read_text()
    assert os.access(SCRIPT, os.X_OK)
