"""Bytes that nobody would write, for every parser that reads bytes of strangers.

Each parser is tried in a process of its own, whose memory is bounded: what it does not bear, a hang or too much memory,
ends that process and is told with the bytes that did it. Where atheris is installed, it looks for new ways through the
code in the other half of the time; by itself our own fuzzer bends good examples without looking.
"""

import importlib.util
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from content_packs.limits import MIB
from tests.torture.children import waiting
from tests.torture.parsers import Parser, parsers
from tests.torture.report import Report

INPUT_S = 5
"""A parser that takes longer for one input hangs."""

_MORE_S = 120
"""A fuzzer that goes on for so long after its time hangs without its clock."""

MEMORY_BYTES = 600 * MIB
"""More than a process may grow by."""

_TOKENS = (
    b"{", b"}", b"[", b"]", b'"', b"\\", b"\n", b"\0", b"null", b"true", b"-1", b"0", b"1e999", b"9" * 25, b"\\ud800",
    b"\xff\xfe", b"..", b"/", b"../../etc/passwd", b"[" * 3000, b'{"a":' * 2000, b"0" * 64, b"2026-02-30", b"\r\n",
    b"9999-12-31", b"0001-01-01T00:00:00Z", b"\x28\xb5\x2f\xfd", b"%s%n", "村".encode(), b"1" * 5000,
)  # fmt: skip


def fuzz(folder: Path, *, seconds: float, seed: int = 0) -> Iterator[Report]:
    """Try every parser.

    Args:
        folder: For everything; empty.
        seconds: Over all parsers.
        seed: Of our own fuzzer.
    """
    (folder / "seeds").mkdir(parents=True)
    found = parsers(folder / "seeds")
    engines = 2 if has_atheris() and seconds > 5 * len(found) else 1
    each_s = seconds / len(found) / engines
    report = Report("bytes of strangers, bent examples")
    for parser in found:
        report.violations += _tried(parser, folder, each_s, seed, report)
    yield report
    if engines == 1:
        yield Report("bytes of strangers, guided by coverage (atheris)", skipped=_why_not())
        return
    guided = Report("bytes of strangers, guided by coverage (atheris)")
    for parser in found:
        guided.violations += _guided(parser, folder, max(2, round(each_s)), guided)
    yield guided


def has_atheris() -> bool:
    """Whether the fuzzer that is guided by coverage is installed."""
    return importlib.util.find_spec("atheris") is not None


def _why_not() -> str:
    return "too little time for it" if has_atheris() else "atheris is not installed"


def _tried(parser: Parser, folder: Path, seconds: float, seed: int, report: Report) -> list[str]:
    """Bend examples for a while; return what went wrong."""
    kept, told = folder / "input", folder / "told"
    kept.write_bytes(b"")
    told.write_text("0")
    child = waiting(partial(_bend, parser, kept, told, seconds, seed), folder / "said")
    child.begin()
    status = child.wait(seconds + _MORE_S)
    done, *wrong = told.read_text().splitlines()
    report.done += int(done)
    report.counts["parsers"] = report.counts.get("parsers", 0) + 1
    if status:
        why = "hangs" if status == -signal.SIGALRM else f"ends with {status}: {child.said.strip()[-200:]}"
        wrong.append(f"{why}, at {kept.read_bytes()[:200]!r}")
    return [f"{parser.name}: {each}" for each in wrong]


def _bend(parser: Parser, kept: Path, told: Path, seconds: float, seed: int) -> int:
    """Run in a child: try bent examples until the time is over. Say how many there were, and what went wrong."""
    resource.setrlimit(resource.RLIMIT_AS, (_mapped() + MEMORY_BYTES,) * 2)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    chance = random.Random(f"{seed} {parser.name}")
    end = time.monotonic() + seconds
    done, wrong = 0, dict[str, str]()
    opened = os.open(kept, os.O_RDWR | os.O_CREAT)
    while time.monotonic() < end or done < len(parser.seeds):
        data = parser.seeds[done] if done < len(parser.seeds) else bent(parser.seeds, chance)
        os.ftruncate(opened, 0)
        os.pwrite(opened, data, 0)
        signal.alarm(INPUT_S)
        if why := parser.stands(data):
            wrong.setdefault(why[:60], f"{why}, at {data[:300]!r}")
        signal.alarm(0)
        done += 1
        if done % 50 == 0 or wrong:
            told.write_text("\n".join([str(done), *wrong.values()]))
    told.write_text("\n".join([str(done), *wrong.values()]))
    return 0


def bent(seeds: tuple[bytes, ...], chance: random.Random) -> bytes:
    """Return an example after some harm was done to it. Pure, but for the dice."""
    data = bytearray(chance.choice(seeds))
    for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
        place = chance.randrange(len(data) + 1)
        match chance.randrange(8):
            case 0 if data:
                data[place % len(data)] ^= 1 << chance.randrange(8)
            case 1 if data:
                data[place % len(data)] = chance.randrange(256)
            case 2:
                del data[place : place + chance.choice((1, 2, 9, 200))]
            case 3:
                data[place:place] = chance.choice(_TOKENS)
            case 4:
                token = chance.choice(_TOKENS)
                data[place : place + chance.choice((1, 4, len(token)))] = token
            case 5:
                other = chance.choice(seeds)
                start = chance.randrange(len(other) + 1)
                data[place:place] = other[start : start + chance.randrange(80)]
            case 6:
                data[place:] = b"" if chance.random() < 0.3 else data[place:] + data[max(0, place - 60) : place]
            case _:
                _change_number(data, chance)
    return bytes(data)


def _change_number(data: bytearray, chance: random.Random) -> None:
    """Make one of the numbers in the text another one."""
    digits = [place for place, byte in enumerate(data) if 48 <= byte <= 57]
    if digits:
        place = chance.choice(digits)
        data[place : place + 1] = str(chance.choice((0, -1, 255, 2**31, 2**63, 2**64, 10**30))).encode()


def _mapped() -> int:
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()


def _guided(parser: Parser, folder: Path, seconds: int, report: Report) -> list[str]:
    """Let atheris look for inputs; return what went wrong."""
    corpus = folder / "corpus"
    corpus.mkdir(exist_ok=True)
    for path in corpus.iterdir():
        path.unlink()
    for number, seed in enumerate(parser.seeds):
        (corpus / f"seed{number}").write_bytes(seed)
    command = [
        sys.executable,
        "-m",
        "tests.torture.guided",
        parser.name,
        str(folder / "guided"),
        str(seconds),
        str(corpus),
    ]
    done = subprocess.run(command, capture_output=True, check=False, timeout=seconds + 120)
    said = done.stderr.decode(errors="replace")
    runs = [line for line in said.splitlines() if "stat::number_of_executed_units:" in line]
    report.done += int(runs[-1].split()[-1]) if runs else 0
    report.counts["parsers"] = report.counts.get("parsers", 0) + 1
    if done.returncode or not runs:
        return [f"{parser.name}: {said.strip()[-600:]}"]
    return []
