"""The publisher's guide is tried out, command by command, and its web server too."""

import re
import shlex
import shutil
import urllib.error
import urllib.request
from http.client import HTTPResponse
from pathlib import Path

import pytest

from kiosk.cli.main import run
from sync.receipt import kiosk_key
from tests.fakes.publisher import Publisher
from tests.fakes.web import running_nginx

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


def test_the_web_server_of_the_guide_serves_what_kiosks_need_and_nothing_else(folder: Path, tmp_path: Path) -> None:
    for arguments in commands()[:1]:
        assert run(arguments) == 0
    repository = tmp_path / "REPO"
    for name in ("draft/secret.json", "office/kiosks.json", "metadata/.htaccess"):
        (repository / name).parent.mkdir(exist_ok=True)
        (repository / name).write_text("{}")
    config = (GUIDE.parent / "serve" / "nginx.conf").read_text(encoding="utf-8")
    config, roots = re.subn(r"^root .*;$", "", config, flags=re.MULTILINE)
    assert roots == 1
    with running_nginx(tmp_path / "nginx", repository, server=config) as nginx:
        whole = (repository / "metadata/1.root.json").read_bytes()
        part = _get(f"{nginx.url}metadata/1.root.json", Range="bytes=10-19")
        assert (part.status, part.read()) == (206, whole[10:20])
        assert "immutable" in part.headers["Cache-Control"]
        stamp = _get(f"{nginx.url}metadata/timestamp.json", **{"Accept-Encoding": "gzip"})
        assert stamp.headers["Cache-Control"] == "no-cache"
        assert stamp.headers["Content-Encoding"] is None
        assert stamp.headers["ETag"].startswith('"')
        for hidden in ("draft/secret.json", "office/kiosks.json", "metadata/", "metadata/../draft/secret.json", ""):
            with pytest.raises(urllib.error.HTTPError):
                _get(f"{nginx.url}{hidden}")


def _get(url: str, **headers: str) -> HTTPResponse:
    answer = urllib.request.urlopen(urllib.request.Request(url, headers=headers))
    assert isinstance(answer, HTTPResponse)
    return answer
