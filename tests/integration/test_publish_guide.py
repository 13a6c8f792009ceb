"""The publisher's guide is tried out, command by command, and its web server too."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from kiosk.cli.main import run
from sync.receipt import kiosk_key
from tests.fakes.publisher import Publisher

GUIDE = Path(__file__).parents[2] / "docs" / "publish.md"
REGION = "350122"


def commands() -> list[list[str]]:
    """Return the commands of the guide, in its order: those in blocks, and those of the table that are complete."""
    text = GUIDE.read_text(encoding="utf-8")
    blocks = "\n".join(re.findall(r"```sh\n(.*?)```", text, re.DOTALL)).splitlines()
    table = re.findall(r"^\|[^|]*\|[^|]*?`(cunkou publish (?:revoke|floor|status)[^`]*)`", text, re.MULTILINE)
    return [shlex.split(line)[1:] for line in [*blocks, *table] if line.startswith("cunkou ")]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CUNKOU_PASSPHRASE", "correct horse")
    monkeypatch.chdir(tmp_path)
    publisher = Publisher(tmp_path / "work")
    publisher.pack_toml = publisher.pack_toml.replace("cn.test.pack", "cn.example.village")
    publisher.pack().item("n0", "今天开会。")
    shutil.move(publisher.source, tmp_path / "SRC")
    (tmp_path / "STICK").mkdir()
    return tmp_path


def test_every_command_of_the_guide_works(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    public = kiosk_key(folder / "kiosk").id.public
    tried = []
    for arguments in commands():
        words = [public if word == "信息机公钥" else word for word in arguments]
        if words[:3] == ["publish", "sign", "REPO2/draft/root.json"]:
            assert (folder / "REPO2/draft/root.json").exists()
        assert run(words) == 0, (words, capsys.readouterr().err)
        tried.append(words[1])
    assert {"init", "key", "sign", "delegate", "add", "verify", "refresh", "export", "enrol", "receipts"} <= set(tried)
    assert {"revoke", "floor", "status"} <= set(tried)
    capsys.readouterr()
    assert run(["publish", "status", "REPO2"]) == 0
    assert "等：" not in capsys.readouterr().out
