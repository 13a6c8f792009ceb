"""A collection of documents → a source that passes its checks; all of it or nothing."""

import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from content_packs.build import build_release
from content_packs.checks import check_source
from content_packs.errors import CancelledError, PackFormatError, PackLimitError, SiteError, SourceError
from content_packs.importer import ImportOptions, ImportReport, import_jsonl
from content_packs.progress import CancelToken, Progress
from content_packs.reader import PackReader
from content_packs.source import read_source
from content_packs.store import PackStore
from sync.install import install_release

DAY = date(2026, 11, 22)
OPTIONS = ImportOptions(pack_id="cn.test.laws", title="法规", publisher="某县", verified_on=DAY, regions=("0",))
LAWS = Path(__file__).parents[3] / "shared" / "corpus" / "laws.jsonl.gz"


def a_document(name: str = "L1", **fields: Any) -> dict[str, Any]:
    return {"id": name, "title": f"法{name}", "body": "第一条 甲<乙>。", "category": "行政法规/国务院", **fields}


def write(folder: Path, *documents: dict[str, Any] | str, name: str = "laws.jsonl") -> Path:
    lines = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in documents]
    data = ("\n".join(lines) + "\n").encode()
    path = folder / name
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return path


def run(tmp_path: Path, *documents: dict[str, Any] | str, name: str = "laws.jsonl") -> ImportReport:
    return import_jsonl(write(tmp_path, *documents, name=name), tmp_path / "out", OPTIONS)


@pytest.mark.parametrize("name", ["laws.jsonl", "laws.jsonl.gz"])
def test_a_collection_becomes_a_source_that_passes(tmp_path: Path, name: str) -> None:
    report = run(
        tmp_path,
        a_document("A.b-c_1", info="x", extra=None),
        "",
        a_document("S2", category="办事指南", doc_no="1144"),
        a_document("S3", category="办事指南"),
        name=name,
    )
    assert report.items == 3
    assert report.themes == (("办事指南", 2), ("行政法规", 1))
    assert report.ignored_keys == {"info": 1}
    assert report.changes["不是文号，记为索引号"] == 1
    loaded = read_source(tmp_path / "out")
    assert [finding for finding in check_source(loaded, DAY) if finding.blocking] == []
    assert [entry.item.id for entry in loaded.items] == ["A.b-c_1", "S2", "S3"]
    assert loaded.info
    assert [theme.title for theme in loaded.info.themes] == ["办事指南", "行政法规"]
    assert {path.name for path in tmp_path.iterdir()} == {name, "out"}


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "不是 JSON 对象"),
        ("[]", "不是 JSON 对象"),
        ('{"id": "L2"}', "缺少 title"),
        (json.dumps(a_document("../x")), "id '../x'"),
        (json.dumps(a_document("L1")), "编号 L1 在第 1 行已经用过"),
    ],
)
def test_a_bad_line_is_named_and_nothing_stays(tmp_path: Path, line: str, why: str) -> None:
    with pytest.raises(PackFormatError) as refusal:
        run(tmp_path, a_document(), line)
    assert refusal.value.why.startswith("laws.jsonl 第 2 行")
    assert why in refusal.value.why
    assert {path.name for path in tmp_path.iterdir()} == {"laws.jsonl"}


def test_documents_and_lines_have_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(PackLimitError, match="文档太长"):
        run(tmp_path, a_document(body="字" * 400_000))
    with pytest.raises(PackLimitError, match="一行太长"):
        run(tmp_path, "x" * (9 * 1024 * 1024), name="a.jsonl.gz")
    monkeypatch.setattr("content_packs.importer.ITEMS", 1)
    with pytest.raises(PackLimitError, match="文档太多"):
        run(tmp_path, a_document("L1"), a_document("L2"))


def test_what_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="读不出来"):
        import_jsonl(tmp_path / "none.jsonl", tmp_path / "out", OPTIONS)
    broken = tmp_path / "broken.jsonl.gz"
    for data in (b"no gzip", gzip.compress(json.dumps(a_document()).encode() * 9)[:-12]):
        broken.write_bytes(data)
        with pytest.raises(SourceError, match="读不出来"):
            import_jsonl(broken, tmp_path / "out", OPTIONS)
    with pytest.raises(PackFormatError, match="没有文档"):
        run(tmp_path, "")


def test_a_folder_with_something_in_it_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/mine.txt").write_text("mine")
    with pytest.raises(PackFormatError, match="已经有东西"):
        run(tmp_path, a_document())
    assert (tmp_path / "out/mine.txt").read_text() == "mine"
    with pytest.raises(SiteError):
        import_jsonl(write(tmp_path, a_document()), tmp_path / "laws.jsonl" / "out", OPTIONS)


def test_progress_and_cancelling(tmp_path: Path) -> None:
    collection = write(tmp_path, a_document("L1"), a_document("L2"))
    seen: list[Progress] = []
    import_jsonl(collection, tmp_path / "out", OPTIONS, on_progress=seen.append)
    assert (seen[-1].done, seen[-1].unit) == (seen[-1].total, "bytes")
    token = CancelToken()
    token.cancel()
    with pytest.raises(CancelledError):
        import_jsonl(collection, tmp_path / "again", OPTIONS, cancel=token)
    assert not (tmp_path / "again").exists()


@pytest.mark.corpus
@pytest.mark.skipif(not LAWS.exists(), reason=f"the shared corpus is not at {LAWS}")
@pytest.mark.timeout(1200)
def test_all_laws_are_imported_built_installed_and_readable(tmp_path: Path) -> None:
    report = import_jsonl(LAWS, tmp_path / "out", OPTIONS)
    assert (report.items, len(report.themes)) == (4109, 16)
    build_release(tmp_path / "out", tmp_path / "release")
    done = install_release(tmp_path / "release", PackStore(tmp_path / "home"))
    with PackReader(done.pack.content_db) as reader:
        wanted = {}
        with gzip.open(LAWS, "rt", encoding="utf-8") as lines:
            for line in lines:
                document = json.loads(line)
                wanted[document["id"]] = " ".join(document["title"].split())
        assert {row.id: row.title for row in reader.rows()} == wanted
        assert sum(len(item.blocks) for item in reader.items()) > 100_000
