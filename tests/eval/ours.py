"""Our own search over the articles, through the commands that an administrator uses."""

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from kiosk.search.layout import ABOUT, read_about
from tests.eval.answers import Answers, Built, answers_of, folder_megabytes
from tests.eval.corpus import Article, write_collection
from tests.eval.pieces import SECTIONS, in_pieces

ROOT = Path(__file__).parents[2]
VERIFIED_ON = "2026-11-22"
PACK = "cn.example.statutes"


def make_release(articles: Sequence[Article], folder: Path) -> Path:
    """Import and build a pack of the articles; a release that is there already is kept."""
    release = folder / "release"
    if release.exists():
        return release
    collection, source = folder / "articles.jsonl", folder / "source"
    write_collection(articles, collection)
    about = ("--publisher", "测试", "--verified-on", VERIFIED_ON, "--id", PACK, "--title", "法条", "--json")
    if not source.exists():
        cunkou("pack", "import", collection, source, *about)
    aside = folder / "release.new"
    cunkou("pack", "build", source, aside, "--json")
    aside.rename(release)
    return release


def make_pieces_release(articles: Sequence[Article], laws: Path, folder: Path) -> Path:
    """Import and build a pack of the articles in pieces, filled up from the laws; a release that is there is kept."""
    release = folder / "pieces"
    if not release.exists():
        collection, source = folder / "pieces.jsonl", folder / "pieces-source"
        if not source.exists():
            with gzip.open(laws, "rt", encoding="utf-8") as lines, collection.open("w", encoding="utf-8") as file:
                for record in in_pieces(articles, map(json.loads, lines), SECTIONS):
                    file.write(json.dumps(record, ensure_ascii=False) + "\n")
            about = ("--publisher", "测试", "--verified-on", VERIFIED_ON, "--id", PACK, "--title", "法条", "--json")
            cunkou("pack", "import", collection, source, *about)
        aside = folder / "pieces.new"
        cunkou("pack", "build", source, aside, "--json")
        aside.rename(release)
    return release


def sections_in(home: Path) -> int:
    """Return how many sections the indexes of a home hold."""
    found = (read_about(path.parent) for path in (home / "index").glob(f"*/*/{ABOUT}"))
    return sum(about.sections for about in found if about)


def make_laws_release(collection: Path, folder: Path) -> Path:
    """Import and build a pack of whole laws, in which citations are counted."""
    release = folder / "laws"
    if not release.exists():
        source = folder / "laws-source"
        if not source.exists():
            cunkou("pack", "import", collection, source, "--publisher", "测试", "--verified-on", VERIFIED_ON, "--json")
        aside = folder / "laws.new"
        cunkou("pack", "build", source, aside, "--json")
        aside.rename(release)
    return release


def install(release: Path, home: Path) -> Built:
    """Install a release and build its index."""
    report = json.loads(cunkou("install", release, "--unsigned", "--home", home, "--json"))
    assert report["searchable"], report
    return Built(seconds=report["index_seconds"], megabytes=folder_megabytes(home / "index"))


def ask(home: Path, questions: Mapping[str, str], folder: Path, *, limit: int = 10) -> Answers:
    """Ask a file of questions, as ``cunkou search --queries`` does; hits of other packs are left out."""
    asked = folder / "asked.tsv"
    asked.write_text("".join(f"{name}\t{text}\n" for name, text in questions.items()), "utf-8")
    command = [
        "-m",
        "tests.eval.searched",
        "--queries",
        str(asked),
        "--home",
        str(home),
        "--json",
        "--limit",
        str(limit),
    ]
    answer = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=_environment(), capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr
    *lines, about = [json.loads(line) for line in answer.stdout.splitlines()]
    return Answers(
        ranked={line["id"]: [hit["id"] for hit in line["hits"] if hit["pack"] == PACK] for line in lines},
        ms=[line["ms"] for line in lines],
        memory_mb=about["memory_mb"],
        memory_before_mb=about["memory_before_mb"],
    )


def watch(home: Path, questions: Mapping[str, str], folder: Path, what: str = "questions") -> Answers:
    """Time questions, snippets or keys in a process of their own, see `tests.eval.stopwatch`."""
    asked = folder / "watched.tsv"
    asked.write_text("".join(f"{name}\t{text}\n" for name, text in questions.items()), "utf-8")
    command = [sys.executable, "-m", "tests.eval.stopwatch", str(home), str(asked), what]
    answer = subprocess.run(command, cwd=ROOT, env=_environment(), capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    return answers_of(answer.stdout)


def cunkou(*arguments: str | Path) -> str:
    """Run the command ``cunkou`` and return what it prints."""
    command = [sys.executable, "-m", "kiosk.cli.main", *map(str, arguments)]
    answer = subprocess.run(command, cwd=ROOT, env=_environment(), capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"}
