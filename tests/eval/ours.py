"""Our own search over the articles, through the commands that an administrator uses."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.eval.answers import Answers, Built, folder_megabytes
from tests.eval.corpus import Article, write_collection

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


def cunkou(*arguments: str | Path) -> str:
    """Run the command ``cunkou`` and return what it prints."""
    command = [sys.executable, "-m", "kiosk.cli.main", *map(str, arguments)]
    answer = subprocess.run(command, cwd=ROOT, env=_environment(), capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"}
