"""The real application with a stop-watch: what a finger waits for, measured on the window itself."""

import sys
import time
from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QEasingCurve, QPropertyAnimation
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from content_packs.model import ItemRef
from tests.screen.driven import HELD_MS, Driver, main
from ui.places import Page, Place

LIMIT_S = 10.0
REST_MS = 600
"""Between two touches: the slide has ended and nothing is being made."""


class Probe(Driver):
    """A driver that measures."""

    def settled(self) -> bool:
        """Return whether every page has been made, so that no touch waits for one."""
        QTest.qWait(4_000)
        return True

    def changes(self, rounds: int) -> list[float]:
        """Return milliseconds from a lifted finger to the first frame with the title of the page it led to."""
        shell = self.shell
        times = []
        for number in range(rounds):
            shell.navigator.home()
            QTest.qWait(REST_MS)
            tiles = [row for row in shell.home.tiles.rows if row.id]
            tile = tiles[number % len(tiles)]
            times.append(self._change(tile.title, lambda: shell.navigator.here.page is Page.LIST, tile.title))
            QTest.qWait(REST_MS)
            cards = shell.rooms.browse.cards.rows
            card = cards[number % min(3, len(cards))]
            times.append(self._change(card.title, lambda: shell.navigator.here.page is Page.ITEM, card.title))
            QTest.qWait(REST_MS)
            times.append(self._change("返回", lambda: shell.navigator.here.page is Page.LIST, tile.title))
            QTest.qWait(REST_MS)
            times.append(self._change("帮助", lambda: shell.navigator.here.page is Page.HELP, "需要帮忙吗？"))
            QTest.qWait(REST_MS)
        return times

    def _change(self, touched: str, there: Callable[[], bool], title: str) -> float:
        """Touch something and return how long the title of the next page was waited for."""
        thing = self.finger.find(touched, begins=True)
        assert thing, f"nothing called {touched} to touch"
        frames: list[float] = []

        def painted() -> None:
            now = time.monotonic()
            if not frames and there() and any(seen.name == title for seen in self.finger.seen()):
                frames.append(now)

        self.finger.press(thing.place.center())
        QTest.qWait(HELD_MS)
        self.window.frameSwapped.connect(painted)
        begin = time.monotonic()
        self.finger.release(thing.place.center())
        while not frames and time.monotonic() < begin + LIMIT_S:
            QTest.qWait(1)
        self.window.frameSwapped.disconnect(painted)
        assert frames, f"{title} never came"
        return (frames[0] - begin) * 1000

    def searches(self, queries: list[str], rounds: int) -> list[float]:
        """Return milliseconds of each search, as the search page asks."""
        searcher = self.shell.behind.kiosk.searcher
        searcher.search(queries[0], limit=30)
        times = []
        for _ in range(rounds):
            for query in queries:
                begin = time.monotonic()
                searcher.search(query, limit=30)
                times.append((time.monotonic() - begin) * 1000)
        return times

    def open_item(self, pack: str, item: str) -> str:
        """Go to an item, and return its title when it is there."""
        self.shell.navigator.go(Place(page=Page.ITEM, ref=ItemRef(pack, item)))
        QTest.qWait(2_000)
        return self.shell.rooms.item.state.title

    def scroll(self, seconds: float, speed: float) -> dict[str, float]:
        """Scroll the article down and up, ``speed`` pixels a second; return frames a second and pixels moved."""
        article = max(_lists(self.window.contentItem()), key=lambda item: item.property("contentHeight"))
        frames: list[float] = []
        begin = article.property("contentY")
        ride = QPropertyAnimation(article, b"contentY")
        ride.setStartValue(begin)
        ride.setEndValue(begin + speed * seconds)
        ride.setDuration(int(seconds * 1000))
        ride.setEasingCurve(QEasingCurve.Type.Linear)
        painted = lambda: frames.append(time.monotonic())  # noqa: E731 (connected and disconnected)
        self.window.frameSwapped.connect(painted)
        ride.start()
        QTest.qWait(int(seconds * 1000) + 100)
        self.window.frameSwapped.disconnect(painted)
        moved = article.property("contentY") - begin
        longest = max(later - earlier for earlier, later in pairwise(frames))
        return {"fps": (len(frames) - 1) / (frames[-1] - frames[0]), "px": moved, "longest_ms": longest * 1000}


def _lists(item: QQuickItem) -> list[QQuickItem]:
    """Return every list in sight."""
    found = []
    for child in item.childItems():
        if child.isVisible():
            if child.inherits("QQuickListView"):
                found.append(child)
            found += _lists(child)
    return found


if __name__ == "__main__":
    sys.exit(main(Probe))
