"""The command ``cunkou`` on packs, as a person types it."""

import json
import subprocess
import sys
from hashlib import sha256
from importlib import import_module
from pathlib import Path

import pytest
import typer

from content_packs.errors import SiteError
from content_packs.origin import BUILT_IN
from content_packs.store import PackStore
from kiosk.built_in import is_built_in
from kiosk.cli.main import COMMANDS, run
from sync.install import install_release
from tests.fakes.publisher import Publisher, a_publisher


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    return a_publisher(tmp_path)


@pytest.fixture
def home(tmp_path: Path) -> str:
    return str(tmp_path / "home")


Captured = pytest.CaptureFixture[str]


def test_from_a_new_pack_to_an_installed_one(tmp_path: Path, home: str, capsys: Captured) -> None:
    source, out = str(tmp_path / "new"), str(tmp_path / "out")
    assert run(["pack", "new", source, "--home", home]) == 0
    assert run(["pack", "check", source, "--home", home]) == 0
    assert "4 个条目：0 处要改，0 处提醒。" in capsys.readouterr().out
    assert run(["pack", "build", source, out, "--home", home]) == 0
    assert run(["install", out, "--unsigned", "--home", home]) == 0
    shown = capsys.readouterr().out
    assert "已安装《示例资料包》第 1 版：4 个条目" in shown
    assert "未签名" in shown
    assert run(["packs", "--home", home]) == 0
    assert "cn.example.village" in capsys.readouterr().out
    assert run(["packs", "--home", home, "--json"]) == 0
    (pack,) = json.loads(capsys.readouterr().out)
    assert (pack["id"], pack["version"], pack["items"], pack["origin"]) == ("cn.example.village", 1, 4, "unsigned")
    assert (Path(home) / "index/cn.example.village").is_dir()


def test_json_of_every_step(publisher: Publisher, home: str, capsys: Captured) -> None:
    assert run(["pack", "build", str(publisher.source), str(publisher.release), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["items"] == 1
    assert run(["install", str(publisher.release), "--unsigned", "--home", home, "--json"]) == 0
    done = json.loads(capsys.readouterr().out)
    assert (done["pack"], done["items"], done["replaced"], done["searchable"]) == ("cn.test.pack", 1, None, True)


def test_check_exits_1_when_something_blocks(publisher: Publisher, capsys: Captured) -> None:
    publisher.item(body="<b>坏</b>")
    assert run(["pack", "check", str(publisher.source)]) == 1
    shown = capsys.readouterr().out
    for word in ("要改", "n-1", "HTML", "items/n-1.md 第 11 行"):
        assert word in shown
    assert run(["pack", "check", str(publisher.source), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert (found["items"], found["blocking"]) == (1, len(found["findings"]))
    assert (found["findings"][0]["file"], found["findings"][0]["line"]) == ("items/n-1.md", 11)


def test_check_on_another_day(publisher: Publisher, capsys: Captured) -> None:
    text = (publisher.source / "items/n-1.md").read_text().replace("sources:", "review_by: 2027-01-01\nsources:")
    publisher.write("items/n-1.md", text)
    source = str(publisher.source)
    assert run(["pack", "check", source, "--today", "2026-12-31"]) == 0
    assert run(["pack", "check", source, "--today", "2027-02-01"]) == 1
    capsys.readouterr()
    assert run(["pack", "check", source, "--today", "soon"]) == 1
    assert "不是日期" in capsys.readouterr().err


def test_many_remarks_are_cut_unless_asked_for(publisher: Publisher, capsys: Captured) -> None:
    for number in range(120):
        publisher.item(f"n-{number}", body="字。")
    for path in (publisher.source / "items").iterdir():
        path.write_text(path.read_text().replace("themes: [pension]\n", ""))
    assert run(["pack", "check", str(publisher.source)]) == 0
    assert "还有 20 条提醒没有列出" in capsys.readouterr().out
    assert run(["pack", "check", str(publisher.source), "--all"]) == 0
    assert "没有列出" not in capsys.readouterr().out


def test_a_failure_has_three_parts_and_a_code(home: str, capsys: Captured) -> None:
    assert run(["install", "/nowhere", "--home", home]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.splitlines() == [
        "没有找到资料包。",
        "原因：/nowhere/manifest.json",
        "怎么办：请检查文件夹；用 U 盘时请插好再试。",
        "代码：S-201",
    ]


def test_an_index_that_fails_does_not_undo_the_installation(
    publisher: Publisher, home: str, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **options: object) -> None:
        raise SiteError("磁盘坏了。", code="M-999")

    publisher.build()
    monkeypatch.setattr("kiosk.search.build.index_pack", broken)
    assert run(["install", str(publisher.release), "--unsigned", "--home", home, "--json"]) == 1
    shown = capsys.readouterr()
    assert json.loads(shown.out)["searchable"] is False
    assert "可以浏览" in shown.err
    assert "M-999" in shown.err
    assert run(["packs", "--home", home]) == 0
    assert "cn.test.pack" in capsys.readouterr().out


def test_a_damaged_pack_stays_in_the_list(publisher: Publisher, home: str, capsys: Captured) -> None:
    publisher.build()
    assert run(["install", str(publisher.release), "--unsigned", "--home", home]) == 0
    (content,) = Path(home).glob("packs/*/*/content.db")
    content.write_bytes(b"damaged")
    capsys.readouterr()
    assert run(["packs", "--home", home, "--json"]) == 0
    (pack,) = json.loads(capsys.readouterr().out)
    assert (pack["id"], pack["title"]) == ("cn.test.pack", "已装的资料包坏了。")
    assert "P-139" in pack["trouble"]
    assert run(["install", str(publisher.release), "--unsigned", "--home", home]) == 0


def test_nothing_installed(home: str, capsys: Captured) -> None:
    assert run(["packs", "--home", home]) == 0
    assert "还没有安装" in capsys.readouterr().out
    assert run(["packs", "--home", home, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_importing(tmp_path: Path, capsys: Captured) -> None:
    collection = tmp_path / "a.jsonl"
    collection.write_text('{"id":"L1","title":"题","body":"文","info":"x","doc_no":"7"}\n')
    options = ["--publisher", "某县", "--verified-on", "2026-11-22", "--region", "35"]
    assert run(["pack", "import", str(collection), str(tmp_path / "a"), *options]) == 0
    shown = capsys.readouterr().out
    assert "导入了 1 个条目" in shown
    assert "没有用到的字段 info：1 处" in shown
    assert run(["pack", "import", str(collection), str(tmp_path / "b"), *options, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["items"] == 1
    assert run(["pack", "check", str(tmp_path / "b")]) == 0


def test_wrong_usage(capsys: Captured) -> None:
    assert run(["pack", "check"]) == 2
    assert run(["dance"]) == 2
    assert run([]) in {0, 2}
    assert "Usage" in capsys.readouterr().out


def test_help_names_every_command_and_loads_none_of_them() -> None:
    code = (
        "import sys; from kiosk.cli.main import run; run(['--help']); "
        "assert not {'PIL', 'yaml', 'sqlite_utils', 'numpy', 'whoosh'} & set(sys.modules), sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    for name, command in COMMANDS.items():
        assert name in done.stdout
        assert command.help


TELL_NOTHING = {"pack new", "pin set", "pin hash", "publish serve", "say", "setup again", "setup skip"}
"""Commands that read nothing for a program: they do something, or speak to a person."""


def every_command() -> dict[str, set[str]]:
    """Return every command with its options, as typer understands them."""
    found: dict[str, set[str]] = {}
    for name, listed in COMMANDS.items():
        command = getattr(import_module(listed.module), listed.name)
        app = command if isinstance(command, typer.Typer) else typer.Typer()
        if app is not command:
            app.command()(command)
        made = typer.main.get_command(app)
        family = {f"{name} {under}": each for under, each in getattr(made, "commands", {}).items()} or {name: made}
        found |= {each: {option for one in below.params for option in one.opts} for each, below in family.items()}
    return found


def test_every_command_takes_a_home_and_every_reading_tells_programs_in_json() -> None:
    commands = every_command()
    assert len(commands) > 40
    assert [name for name, options in commands.items() if "--home" not in options] == []
    assert {name for name, options in commands.items() if "--json" not in options} == TELL_NOTHING


def test_a_command_without_use_for_a_home_takes_one_all_the_same(tmp_path: Path, capsys: Captured) -> None:
    assert run(["publish", "key", str(tmp_path), "a", "--home", str(tmp_path / "home"), "--help"]) == 0
    assert "--home" in capsys.readouterr().out
    assert run(["publish", "status", str(tmp_path), "--home", str(tmp_path / "home"), "--json"]) == 1
    assert not (tmp_path / "home").exists()


def test_the_process_ends_with_the_status(home: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kiosk.cli.main", "packs", "--home", home, "--json"],
        capture_output=True,
        check=True,
    )
    assert json.loads(done.stdout) == []


def test_what_nobody_answers_for_is_installed_only_when_that_is_meant(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publisher = a_publisher(tmp_path)
    publisher.build()
    home = str(tmp_path / "home")
    assert run(["install", str(publisher.release), "--home", home]) == 1
    assert "T-440" in capsys.readouterr().err
    assert PackStore(tmp_path / "home").installed() == ()


def test_the_programs_own_pack_needs_no_signature_and_nothing_unsigned_replaces_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher = a_publisher(tmp_path)
    publisher.build()
    listed = tmp_path / "built_in.txt"
    listed.write_text(sha256((publisher.release / "manifest.json").read_bytes()).hexdigest() + "\n")
    monkeypatch.setattr("kiosk.cli.install.is_built_in", lambda data: is_built_in(data, listed))
    home = str(tmp_path / "home")
    assert run(["install", str(publisher.release), "--home", home]) == 0
    assert "未签名" not in capsys.readouterr().out
    publisher.pack(version=2).build()
    assert run(["install", str(publisher.release), "--unsigned", "--home", home]) == 1
    assert "T-441" in capsys.readouterr().err
    (pack,) = PackStore(tmp_path / "home").installed()
    assert (pack.version, pack.origin) == (1, BUILT_IN)
    assert not is_built_in(b"", tmp_path / "no list")


def test_what_is_signed_replaces_what_is_not_whatever_its_version(tmp_path: Path) -> None:
    publisher = a_publisher(tmp_path).pack(version=9)
    publisher.build()
    store = PackStore(tmp_path / "home")
    install_release(publisher.release, store)
    publisher.pack(version=2).build()
    done = install_release(publisher.release, store, origin=BUILT_IN)
    assert (done.pack.version, done.pack.previous) == (2, None)
