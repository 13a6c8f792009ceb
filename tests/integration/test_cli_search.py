"""``cunkou search``."""

import json

import pytest

from content_packs.store import PackStore
from kiosk.cli.main import run
from kiosk.home import Home
from tests.fakes.content import a_pack, an_item, write_content


@pytest.fixture
def home(tmp_path):
    place = Home(tmp_path / "home")
    store = PackStore(place.root)
    info = a_pack()
    items = [an_item("T01-guide", plain_title="养老金怎么领", keywords=("新农保",), facts=("T01",))]
    with store.staging() as folder:
        store.activate(write_content(folder / "content.db", info, items), info, "0" * 64)
    return place


def ask(home, *arguments):
    return run(["search", *arguments, "--home", str(home.root)])


def test_one_question_as_json(home, capsys):
    assert ask(home, "养老金", "--json", "--limit", "3") == 0
    answer = json.loads(capsys.readouterr().out)
    assert set(answer) == {"query", "hits", "phone", "themes", "ms", "emergency", "phone_label", "meant"}
    (hit,) = answer["hits"]
    assert (hit["id"], hit["title"], hit["kind"], hit["theme"]) == ("T01-guide", "养老金怎么领", "guide", "pension")
    assert (hit["keywords"], hit["facts"], hit["status"], hit["section"]) == (["新农保"], ["T01"], "in_force", 0)
    assert hit["snippet"]
    assert answer["ms"] > 0


def test_a_file_of_questions_gives_a_line_each(home, tmp_path, capsys):
    path = tmp_path / "questions.tsv"
    path.write_text("\ufeffq1\t养老金\r\n\nq2\t着火了\nq3\t没有的事情\nq4\t\n", "utf-8")
    assert ask(home, "--queries", str(path), "--json") == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(line["id"], line["query"], line["phone"]) for line in lines] == [
        ("q1", "养老金", ""),
        ("q2", "着火了", "119"),
        ("q3", "没有的事情", "12345"),
        ("q4", "", ""),
    ]
    assert all(set(line) == {"id", "query", "hits", "phone", "themes", "ms"} for line in lines)
    assert lines[2]["themes"] == ["pension"]


def test_people_get_a_table(home, capsys):
    assert ask(home, "养老金") == 0
    shown = capsys.readouterr().out
    assert "养老金怎么领" in shown
    assert "办事指南" in shown


def test_people_are_told_whom_to_call(home, capsys):
    assert ask(home, "着火了") == 0
    shown = capsys.readouterr().out
    assert "请拨 119（火警）" in shown
    assert "没有找到。" in shown


def test_people_get_a_table_of_many_questions(home, tmp_path, capsys):
    path = tmp_path / "questions.tsv"
    path.write_text("q1\t养老金\nq2\t没有的事情\n", "utf-8")
    assert ask(home, "--queries", str(path)) == 0
    shown = capsys.readouterr().out
    assert "养老金怎么领" in shown
    assert "没有找到" in shown


@pytest.mark.parametrize(
    ("content", "line"),
    [(b"q1 no tab\n", 1), (b"q1\tyes\n\tno id\n", 2), ("q1\t好\nq2\t".encode() + b"\xff\n", 2)],
)
def test_a_bad_file_is_said_in_words(home, tmp_path, capsys, content, line):
    path = tmp_path / "questions.tsv"
    path.write_bytes(content)
    assert ask(home, "--queries", str(path), "--json") == 1
    assert f"questions.tsv:{line}" in capsys.readouterr().err


def test_a_missing_file_is_said_in_words(home, tmp_path, capsys):
    assert ask(home, "--queries", str(tmp_path / "none.tsv")) == 1
    assert "问题文件读不出来" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [(), ("养老金", "--queries", "x.tsv")])
def test_exactly_one_way_of_asking(home, capsys, arguments):
    assert ask(home, *arguments) == 1
    assert "K-020" in capsys.readouterr().err


def test_nothing_installed_is_said_in_words(tmp_path, capsys):
    assert run(["search", "养老金", "--home", str(tmp_path)]) == 1
    assert "先用 cunkou install 安装" in capsys.readouterr().err


def test_a_damaged_pack_is_not_called_missing(home, capsys):
    for content in home.root.rglob("content.db"):
        content.chmod(0o600)
        content.write_bytes(b"x" * 4096)
    assert ask(home, "养老金") == 1
    told = capsys.readouterr().err
    assert "坏了" in told
    assert "P-139" in told
