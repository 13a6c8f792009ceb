"""The administrators' guide is tried out, command by command, as a shell reads it; both languages say the same ones."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.doctor import Facts, examine
from kiosk.settings import Settings, settings_from_text
from tests.fakes.county import County
from tests.fakes.guides import DOCS, commands_in
from tests.fakes.publisher import Publisher

GUIDES = ("admin.md", "admin.zh.md")
LIMIT_S = 120


def blocks(guide):
    """Return every block of a guide: its kind and its text."""
    text = (DOCS / guide).read_text(encoding="utf-8")
    return re.findall(r"^```([a-z ]*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.fixture
def shell(tmp_path):
    """A shell in a folder with a county's root and a stick, and the command ``cunkou`` on its path."""
    county = County(tmp_path, now=datetime.now(UTC))
    publisher = Publisher(tmp_path / "work").pack().item("n-0", "今天开会。")
    publisher.build()
    county.publish(publisher.release)
    county.stick(tmp_path / "STICK")
    root = tmp_path / "root.json"
    shutil.copyfile(county.folder / "metadata" / "1.root.json", root)
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environment = {
        **os.environ,
        "PATH": path,
        "CUNKOU_HOME": str(tmp_path / "home"),
        "FINGERPRINT": hashlib.sha256(root.read_bytes()).hexdigest(),
    }

    def run(line):
        return subprocess.run(
            ["sh", "-c", line],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=LIMIT_S,
            check=False,
            stdin=subprocess.DEVNULL,
        )

    return run


@pytest.mark.timeout(1200)
def test_every_command_of_the_guide_works(shell, tmp_path):
    lines = commands_in("admin.md", "sh")
    assert len(lines) > 20, "a test of a guide must find its commands"
    (tmp_path / "home").mkdir()
    (site,) = (text for kind, text in blocks("admin.md") if kind == "toml")
    said = {}
    for line in lines:
        done = shell(line)
        assert done.returncode == 0, (line, done.stdout, done.stderr)
        assert "Traceback" not in done.stderr, line
        said[line] = done.stdout
    assert "cn.test.pack" in said["cunkou packs"]
    assert "已经设置" in said["cunkou pin show"]
    assert {check["name"] for check in json.loads(said["cunkou doctor --json || true"])} >= {
        "privacy",
        "trust",
        "backups",
    }
    assert "000001" in said["cunkou backup list"]
    (tmp_path / "home" / "site.toml").write_text(site, encoding="utf-8")
    assert "云溪村" in shell("cunkou settings").stdout


def test_both_languages_say_the_same_commands():
    english, chinese = ([block for block in blocks(guide) if block[0] != "text"] for guide in GUIDES)
    assert english == chinese
    assert {kind for kind, _ in english} == {"", "sh", "sh box", "sh root", "toml"}


def test_what_no_test_runs_is_a_target_of_make():
    """The blocks without a mark: their commands belong to the source tree, and what they call is tested itself."""
    targets = re.findall(r"^(\w[\w-]*):", (DOCS.parent / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    lines = [line for kind, text in blocks("admin.md") if not kind for line in text.splitlines()]
    assert lines
    assert [line for line in lines if line.split()[0] != "make" or line.split()[1] not in targets] == []


def test_the_example_of_a_site_file_may_stand():
    (site,) = (text for kind, text in blocks("admin.md") if kind == "toml")
    assert settings_from_text(site, Path("site.toml")) != Settings()


def test_the_codes_that_it_names_are_told_by_the_program():
    told = (DOCS / "errors.md").read_text(encoding="utf-8")
    for guide in GUIDES:
        codes = set(re.findall(r"[PSTMKU]-\d{3}", (DOCS / guide).read_text(encoding="utf-8")))
        assert codes >= {"M-322", "M-336", "M-357", "M-398"}
        assert all(f"| {code} |" in told for code in codes)


def test_every_link_of_it_leads_somewhere():
    for guide in GUIDES:
        links = re.findall(r"\]\(([^)#]+)\)", (DOCS / guide).read_text(encoding="utf-8"))
        assert links
        assert [link for link in links if not (DOCS / link).exists()] == []


def test_the_checks_that_the_chinese_guide_names_are_those_of_the_doctor(tmp_path):
    day = datetime.now(UTC).date()
    titles = {
        check.title
        for check in examine(Facts(settings=Settings(), free_bytes=0, panel=None, today=day, trusted_on=day))
    }
    assert titles >= {"信任谁", "同步", "日期", "所在地区", "U盘", "喇叭"}
