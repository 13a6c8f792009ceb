"""Whoever is called about a code finds it on the page."""

import re
import subprocess
import sys
from pathlib import Path

PAGE = Path("docs/errors.md")


def test_the_page_is_current():
    made = subprocess.run(
        [sys.executable, "packaging/error_codes.py"], capture_output=True, text=True, check=True, encoding="utf-8"
    ).stdout
    assert PAGE.read_text() == made, "run: .venv/bin/python packaging/error_codes.py > docs/errors.md"


def test_every_code_in_the_sources_is_on_it():
    sources = [path for floor in ("content_packs", "sync", "kiosk", "ui") for path in Path(floor).rglob("*.py")]
    used = {code for path in sources for code in re.findall(r'"([PSTMKU]-\d{3})"', path.read_text())}
    listed = set(re.findall(r"^\| ([PSTMKU]-\d{3}) \|", PAGE.read_text(), re.MULTILINE))
    assert len(used) > 40
    assert used - listed == set()
