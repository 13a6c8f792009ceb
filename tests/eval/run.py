"""``make eval``: how well we find, beside other engines, on the same statute articles and questions.

The release of the articles is kept in ``build/eval`` by what it was made from; indexes and answers are made anew.
"""

import argparse
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from itertools import chain
from pathlib import Path

from tests.eval import engines, ours, speed, village
from tests.eval.answers import CLEAN, OURS, WITH_LAWS
from tests.eval.corpus import CORPUS, Bench, slice_of, stard
from tests.eval.report import page
from tests.eval.run_words import Entry, Run
from tests.eval.worse import Worse, initials, pinyin

NOTES = Path(__file__).with_name("NOTES.md")
TITLES = 200
AMONG = 100
"""Hits that are asked for where whole laws stand among the articles."""

_HOMES = {OURS: "home", WITH_LAWS: "home-laws"}

Asked = Mapping[str, Mapping[str, str]]
"""Kind of question → id → question."""


def main() -> int:
    """Run everything, print the page and keep it."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--corpus", type=Path, default=CORPUS)
    arguments.add_argument("--work", type=Path, default=Path("build/eval"), help="scratch folder")
    arguments.add_argument("--out", type=Path, default=Path("docs/search.md"))
    arguments.add_argument("--part", type=int, help="only so many articles, and 100 questions")
    arguments.add_argument("--beside", nargs="*", choices=engines.ENGINES, default=list(engines.ENGINES))
    options = arguments.parse_args()
    bench = stard(options.corpus)
    if options.part:
        bench = slice_of(bench, articles=options.part, questions=100)
    laws = options.corpus / "laws.jsonl.gz"
    options.out.parent.mkdir(parents=True, exist_ok=True)
    text = ""
    begin = time.monotonic()
    whole = None if options.part else laws
    for run in evaluate(bench, options.work, laws=whole, beside=options.beside, timed=not options.part):
        text = f"{page(run)}\n{NOTES.read_text('utf-8')}"
        options.out.write_text(text, "utf-8")  # what is known so far: the whole takes long
    print(text)
    print(f"{(time.monotonic() - begin) / 60:.0f} minutes", file=sys.stderr)
    return 0


def evaluate(
    bench: Bench, work: Path, *, laws: Path | None = None, beside: Sequence[str] = (), timed: bool = False
) -> Iterator[Run]:
    """Ask every engine everything; give the run as far as it has come after each of them.

    Args:
        bench: Articles and questions.
        work: Scratch folder.
        laws: A collection of whole laws, to be installed beside the articles for a second measurement.
        beside: Other engines that are asked too.
        timed: Whether villagers' questions are asked too, and all engines are timed at the end, in turns.
    """
    asked, changed = questions_of(bench)
    right = {
        kind: bench.right if kind in {CLEAN, *changed} else _itself(questions) for kind, questions in asked.items()
    }
    run = Run(commit=_commit(), articles=len(bench.articles), entries=(), right=right, changed=changed)
    there = [engine for engine in beside if engines.is_there(engine)]
    for engine in set(beside) - set(there):
        print(f"{engine}: its binding is not installed", file=sys.stderr)
    folder = _folder(bench, work)
    for entry in chain(_ours(bench, asked, folder, laws), _others(bench, asked, work, beside=there)):
        run = replace(run, entries=(*run.entries, entry))
        yield run
    if timed:
        run = replace(run, village=village.measure(work))
        yield run
        homes = {entry.name: folder / _HOMES[entry.name] for entry in run.entries if entry.name in _HOMES}
        yield replace(run, speed=speed.measure(bench, homes, work, laws=laws, beside=there))


def _others(bench: Bench, asked: Asked, work: Path, *, beside: Sequence[str]) -> Iterator[Entry]:
    for engine in beside:
        print(f"{engine} …", file=sys.stderr)
        folder = engines.folder_of(work, engine)
        shutil.rmtree(folder, ignore_errors=True)
        built = engines.build(engine, bench.articles, folder)
        answers = {kind: engines.ask(engine, questions, folder) for kind, questions in asked.items()}
        yield Entry(name=engine, built=built, answers=answers)


def questions_of(bench: Bench) -> tuple[Asked, Mapping[str, frozenset[str]]]:
    """Return what is asked, by kind, and for each rule the questions that it changed."""
    asked: dict[str, Mapping[str, str]] = {CLEAN: bench.questions}
    changed: dict[str, frozenset[str]] = {}
    for kind, rule in Worse().rules.items():
        worse = {name: rule(text, name) for name, text in bench.questions.items()}
        changed[kind] = frozenset(name for name, text in worse.items() if text and text != bench.questions[name])
        asked[kind] = {name: worse[name] for name in bench.questions if name in changed[kind]}
    chosen = random.Random(7).sample(bench.articles, min(TITLES, len(bench.articles)))
    titles = {article.id: article.title for article in chosen}
    typo = Worse().rules["homophone"]
    asked["title pinyin"] = {name: pinyin(title) for name, title in titles.items()}
    asked["title initials"] = {name: initials(title) for name, title in titles.items()}
    asked["title, one typo"] = {name: typo(title, name) for name, title in titles.items()}
    return asked, changed


def _ours(bench: Bench, asked: Asked, folder: Path, laws: Path | None) -> Iterator[Entry]:
    print(f"{OURS} …", file=sys.stderr)
    home, both = (folder / name for name in _HOMES.values())
    release = ours.make_release(bench.articles, folder)
    for old in (home, both):
        shutil.rmtree(old, ignore_errors=True)
    built = ours.install(release, home)
    answers = {kind: ours.ask(home, questions, folder) for kind, questions in asked.items()}
    yield Entry(name=OURS, built=built, answers=answers)
    if laws:
        print(f"{WITH_LAWS} …", file=sys.stderr)
        shutil.copytree(home, both, symlinks=True)
        beside = ours.install(ours.make_laws_release(laws, folder), both)
        answers = {CLEAN: ours.ask(both, asked[CLEAN], folder, limit=AMONG)}
        yield Entry(name=WITH_LAWS, built=beside, answers=answers)


def _folder(bench: Bench, work: Path) -> Path:
    """Return the folder in which the release of these articles is kept."""
    digest = sha256("".join(repr(article) for article in bench.articles).encode()).hexdigest()[:16]
    folder = work / f"pack-{digest}"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _itself(questions: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
    return {name: frozenset([name]) for name in questions}


def _commit() -> str:
    answer = subprocess.run(["git", "describe", "--always", "--dirty"], capture_output=True, text=True, check=False)
    return answer.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
