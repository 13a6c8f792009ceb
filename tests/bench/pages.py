"""What a finger waits for, and how a long item scrolls, in a real window drawn in software."""

import tempfile
import time
from pathlib import Path

from tests.bench.measure import Measure, median, percentile
from tests.screen.homes import STARTER, cunkou, install
from tests.screen.remote import kiosk_on
from tests.screen.x_server import running_x_server

ROUNDS = 25
CHARACTERS = 30_000
SPEED_PX_S = 1_500
SCROLL_S = 6.0
PATIENCE_S = 120.0
CALM_S = 1.0

_PACK = """\
format = 1
id = "cn.example.long"
version = 1
title = "长文"
publisher = "测试发布者"
issued_on = 2026-11-22

[[themes]]
id = "all"
title = "全部"
"""
_SENTENCE = "参加城乡居民基本养老保险的个人，年满六十周岁、累计缴费满十五年，可以按月领取城乡居民养老保险待遇。"


def measure() -> list[Measure]:
    """Return page changes on the starter pack and scrolling of one item as long as a code of law."""
    with tempfile.TemporaryDirectory(prefix="cunkou-bench-") as name:
        scratch = Path(name)
        home = scratch / "home"
        install(STARTER, home, scratch / "release")
        _write_long(scratch / "long")
        cunkou("pack", "build", scratch / "long", scratch / "long-release")
        cunkou("install", scratch / "long-release", "--unsigned", "--home", home)
        return [_changes(home, scratch), _scrolling(home, scratch)]


def _changes(home: Path, scratch: Path) -> Measure:
    with (
        running_x_server(1080, 1920) as display,
        kiosk_on(home, scratch, driver="tests.bench.probe", DISPLAY=display, QT_QPA_PLATFORM="xcb") as kiosk,
    ):
        kiosk.touch("轻轻点一下屏幕")
        kiosk.ask("settled")
        times = kiosk.ask("changes", rounds=ROUNDS, patience_s=PATIENCE_S)
        kiosk.leave()
    return Measure(
        name="touch released → title of the next page, p95",
        value=percentile(times, 0.95),
        unit="ms",
        bar=20,
        beside=f"median {median(times):.1f} ms, worst {max(times):.0f} ms of {len(times)}: lists, items, back, help",
    )


def _scrolling(home: Path, scratch: Path) -> Measure:
    with (
        running_x_server(1920, 1080) as display,
        kiosk_on(
            home, scratch, size="1920x1080", driver="tests.bench.probe", DISPLAY=display, QT_QPA_PLATFORM="xcb"
        ) as kiosk,
    ):
        kiosk.touch("轻轻点一下屏幕")
        kiosk.ask("settled")
        assert kiosk.ask("open_item", pack="cn.example.long", item="long")
        time.sleep(CALM_S)  # until the list knows how long the article is
        ride = kiosk.ask("scroll", seconds=SCROLL_S, speed=SPEED_PX_S, patience_s=PATIENCE_S)
        kiosk.leave()
    assert ride["px"] >= SCROLL_S * SPEED_PX_S * 0.95, ride
    return Measure(
        name=f"scrolling {CHARACTERS:,} characters, 1920×1080 in software",
        value=ride["fps"],
        unit="fps",
        bar=55,
        at_least=True,
        beside=f"{ride['px']:.0f} px in {SCROLL_S:g} s, longest frame {ride['longest_ms']:.0f} ms",
    )


def _write_long(folder: Path) -> None:
    (folder / "items").mkdir(parents=True)
    (folder / "pack.toml").write_text(_PACK)
    paragraphs = CHARACTERS // (len(_SENTENCE) * 2)
    body = "\n\n".join(
        ("## 第{n}章\n\n" if number % 20 == 0 else "").format(n=number // 20 + 1) + f"第{number + 1}条 " + _SENTENCE * 2
        for number in range(paragraphs)
    )
    (folder / "items" / "long.md").write_text(
        "---\nid: long\nkind: policy\ntitle: 三万字的长文\nthemes: [all]\nverified_on: 2026-11-22\n"
        f"sources:\n  - {{title: 测试}}\n---\n\n{body}\n"
    )
