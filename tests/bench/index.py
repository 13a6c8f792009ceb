"""Building the search index: beside Whoosh's own writer, in memory, after one change, and what asking it costs.

Whoosh takes minutes for the same articles, so what it took is kept in ``build/bench`` by the articles and by how it
was asked, and measured again only where one of these changes. Ours is measured as the screen has it done: by the
command, in a process of its own, at low priority; on a machine that has other work it waits for that.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import whoosh

from content_packs.database import DatabaseWriter
from content_packs.model import Item, Paragraph, Span
from content_packs.reader import PackReader
from content_packs.store import PackStore
from kiosk.home import Home
from kiosk.services import open_kiosk
from kiosk.settings import Settings
from sync.install import install_release
from tests.bench.measure import Measure
from tests.eval.corpus import CORPUS, stard
from tests.eval.ours import make_release
from tests.screen.homes import ROOT

KEPT = Path("build/bench")
CHANGED = 30_000
WORDS = "丹顶鹤翩翩起舞的补贴标准"
QUESTIONS = 500
_PATIENCE_S = 900
_NEW_DIGEST = "ab" * 32
_STOCK = Path(__file__).with_name("stock_index.py")

ASKED = """
import json, sys, psutil
from pathlib import Path
from kiosk.home import Home
from kiosk.services import open_kiosk
from kiosk.settings import Settings
questions = Path(sys.argv[2]).read_text("utf-8").splitlines()
with open_kiosk(Home(Path(sys.argv[1])), Settings()) as kiosk:
    found = [len(kiosk.searcher.search(question).hits) for question in questions]
    memory = psutil.Process().memory_full_info()
print(json.dumps({"found": sum(map(bool, found)), "own": memory.uss, "with_mapped": memory.rss}))
"""


def measure() -> list[Measure]:
    """Return what building and keeping the index of 59,020 articles takes."""
    stock = {alone: _stock(words_alone=alone) for alone in (False, True)}
    release = make_release(stard().articles, _made(KEPT / f"articles-{_digest()[:16]}"))
    with TemporaryDirectory(prefix="cunkou-bench-", dir=_made(KEPT).resolve()) as scratch:
        home, empty = Path(scratch) / "home", Path(scratch) / "empty"
        install_release(release, PackStore(home))
        whole = _index(home)
        memory, bare = _asked(home, Path(scratch)), _asked(empty, Path(scratch))
        _change_one_item(home)
        change = _index(home)
        _require_found(home)
        shutil.rmtree(home / "index")
        broken, again = _index(home, kill_half_way=True), _index(home)
    size = f"{whole.items} articles"
    return [
        Measure(
            name=f"index of {size}, beside Whoosh's writer with jieba and our other fields",
            value=stock[False]["seconds"] / whole.seconds,
            unit="×",
            bar=2,
            at_least=True,
            beside=f"{whole.seconds:.1f} s (CPU {whole.cpu:.1f}); Whoosh {stock[False]['seconds']:.0f} s"
            f" (CPU {stock[False]['cpu_seconds']:.0f}); title and text alone {stock[True]['seconds']:.0f} s",
        ),
        Measure(
            name=f"peak memory of indexing {size}",
            value=whole.memory_mb,
            unit="MB",
            bar=500,
            beside=f"Whoosh {stock[False]['memory_mb']:.0f} MB",
        ),
        Measure(
            name=f"one changed item among {size}, by the command",
            value=change.seconds,
            unit="s",
            bar=2,
            beside=f"CPU {change.cpu:.2f} s; analysed {change.analysed}, kept {change.kept}",
        ),
        Measure(
            name="a build that was killed half way, done again, CPU",
            value=again.cpu / whole.cpu,
            unit="×",
            bar=0.9,
            beside=f"killed after CPU {broken.cpu:.1f} s; then {again.cpu:.1f} s instead of {whole.cpu:.1f} s",
        ),
        Measure(
            name=f"memory of search over an empty kiosk, {QUESTIONS} questions, {size}",
            value=(memory["own"] - bare["own"]) / 1e6,
            unit="MB",
            bar=150,
            beside=f"with pages of mapped files {(memory['with_mapped'] - bare['with_mapped']) / 1e6:.0f} MB;"
            f" {memory['found']} questions answered",
        ),
    ]


class Indexed(msgspec.Struct, frozen=True):
    """What one run of the command took."""

    seconds: float
    cpu: float
    memory_mb: float
    items: int = 0
    analysed: int = 0
    kept: int = 0


def _index(home: Path, *, kill_half_way: bool = False) -> Indexed:
    """Run the command to its end, or kill it when it has analysed about half."""
    command = [sys.executable, "-m", "kiosk.cli.main", "index", "--json", "--home", str(home)]
    begin = time.monotonic()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        told = []
        for line in process.stdout:
            told.append(json.loads(line))
            if kill_half_way and told[-1].get("done", 0) > told[-1].get("total", 0) / 2:
                process.kill()
                break
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    took = Indexed(time.monotonic() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000)
    if kill_half_way:
        assert process.returncode == -signal.SIGKILL
        return took
    assert process.returncode == 0, told[-1:]
    (pack,) = told[-1]["result"]["packs"]
    assert pack["is_new"]
    return msgspec.structs.replace(took, items=pack["items"], analysed=pack["analysed"], kept=pack["kept"])


def _change_one_item(home: Path) -> None:
    """Put a version into use that differs in one item."""
    store = PackStore(home)
    (pack,) = store.installed()
    with PackReader(pack.content_db) as reader, store.staging() as staged:
        info = msgspec.structs.replace(reader.info, version=reader.info.version + 1)
        with DatabaseWriter(staged / "content.db") as writer:
            writer.add_items(_changed(reader))
            writer.finish(info, _NEW_DIGEST)
        store.activate(staged / "content.db", info, _NEW_DIGEST)


def _changed(reader: PackReader) -> Iterator[tuple[Item, bytes]]:
    for place, (item, body) in enumerate(zip(reader.items(), list(reader.bodies()), strict=True)):
        if place == CHANGED:
            other = msgspec.structs.replace(item, blocks=(Paragraph(spans=(Span(text=WORDS),)),))
            yield other, msgspec.json.encode(other, order="sorted")
        else:
            yield item, body


def _require_found(home: Path) -> None:
    """Make sure that the changed item is found by its new words."""
    with open_kiosk(Home(home), Settings()) as kiosk, PackReader(PackStore(home).installed()[0].content_db) as reader:
        wanted = reader.rows()[CHANGED].id
        assert [hit.ref.id for hit in kiosk.searcher.search(WORDS).hits][:1] == [wanted]


def _asked(home: Path, folder: Path) -> dict[str, int]:
    """Ask many questions in a process of its own; return what it holds at the end."""
    questions = folder / "questions.txt"
    questions.write_text("\n".join(list(stard().questions.values())[:QUESTIONS]), "utf-8")
    command = [sys.executable, "-c", ASKED, str(home), str(questions)]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=_PATIENCE_S)
    return dict(json.loads(answer.stdout))


def _stock(*, words_alone: bool) -> dict[str, float]:
    """Return what Whoosh took, from before if it was asked the same about the same articles."""
    asked = sha256(f"{_digest()} {whoosh.__version__} {words_alone}\n".encode() + _STOCK.read_bytes()).hexdigest()
    kept = _made(KEPT) / f"stock-{asked[:16]}.json"
    if not kept.exists():
        with TemporaryDirectory(prefix="cunkou-stock-", dir=KEPT.resolve()) as scratch:
            alone = ["--words-alone"] if words_alone else []
            command = [sys.executable, "-m", "tests.bench.stock_index", str(Path(scratch) / "index"), *alone]
            answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
            kept.write_text(answer.stdout.splitlines()[-1])
    return dict(json.loads(kept.read_text()))


def _digest() -> str:
    return sha256((CORPUS / "stard" / "corpus.jsonl.gz").read_bytes()).hexdigest()


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
