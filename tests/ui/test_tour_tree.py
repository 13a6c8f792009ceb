"""What the tour sees of a window that was drawn for it: each kind of fault must reach the records."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlComponent, QQmlEngine
from PySide6.QtQuick import QQuickWindow

from tests.tour.shown import Rect, Scrolls, Shown
from tests.tour.tree import gather, scrollers

pytestmark = pytest.mark.ui

PAGE = b"""
import QtQuick
import QtQuick.Templates as T

Window {
    width: 400
    height: 300

    Text { x: 10; y: 10; width: 60; elide: Text.ElideRight; text: "too long for its room"; font.pixelSize: 20 }
    Rectangle {
        x: 100; y: 10; width: 50; height: 30
        Text { text: "leaves its card"; font.pixelSize: 20; color: "#B3321F" }
    }
    T.AbstractButton {
        x: 10; y: 60; width: 100; height: 30
        Accessible.role: Accessible.Button
        Accessible.name: "go"
        contentItem: Text { text: "go"; horizontalAlignment: Text.AlignRight; font.pixelSize: 20 }
    }
    T.AbstractButton { x: 120; y: 60; width: 100; height: 30; enabled: false; contentItem: Text { text: "off" } }
    Text { x: 240; y: 60; text: "hidden"; visible: false }
    Text { x: 240; y: 60; text: "under"; font.pixelSize: 20 }
    Rectangle { x: 240; y: 60; width: 100; height: 40; color: "white" }
    Flickable {
        x: 0; y: 200; width: 200; height: 100; clip: true
        contentHeight: 400
        Text { y: 80; text: "half"; font.pixelSize: 40 }
        Text { y: 300; text: "below"; font.pixelSize: 40 }
    }
    Image { source: "nowhere.png" }
    TextEdit { x: 220; y: 120; text: "one two"; font.pixelSize: 20; selectionColor: "yellow"
        Component.onCompleted: select(0, 3) }
}
"""


@pytest.fixture
def window(qapp: QGuiApplication) -> Iterator[QQuickWindow]:
    engine = QQmlEngine()
    engine.setOutputWarningsToStandardError(False)  # the picture that is nowhere is meant
    component = QQmlComponent(engine)
    component.setData(PAGE, QUrl("file:///tour/"))
    made = component.create()
    assert isinstance(made, QQuickWindow), component.errorString()
    made.show()
    made.grabWindow()
    yield made
    made.close()
    made.deleteLater()
    qapp.processEvents()


@pytest.fixture
def shown(window: QQuickWindow) -> Shown:
    return gather(window)


def text(shown: Shown, words: str):
    return next(text for text in shown.texts if text.words == words)


def test_what_is_invisible_or_out_of_sight_is_not_there(shown: Shown) -> None:
    assert {text.words for text in shown.texts} == {
        "too long for its room",
        "leaves its card",
        "go",
        "off",
        "under",
        "half",
        "one two",
    }


def test_an_ellipsis_is_seen(shown: Shown) -> None:
    assert [text.words for text in shown.texts if text.shortened] == ["too long for its room"]


def test_words_know_the_card_they_stand_on_and_their_colour(shown: Shown) -> None:
    found = text(shown, "leaves its card")
    assert found.room == Rect(100, 10, 50, 30)
    assert found.painted.right > 150
    assert found.colour == (0xB3, 0x32, 0x1F)
    assert found.em == 20


def test_alignment_tells_where_letters_are(shown: Shown) -> None:
    assert text(shown, "go").painted.right == pytest.approx(110)


def test_what_is_painted_over_words_is_measured(shown: Shown) -> None:
    assert text(shown, "under").covered > 400
    assert text(shown, "go").covered == 0


def test_only_what_can_be_touched_is_a_target(shown: Shown) -> None:
    [target] = shown.targets
    assert (target.name, target.whole) == ("go", Rect(10, 60, 100, 30))
    assert text(shown, "go").target == target.id
    assert text(shown, "off").faint


def test_words_at_the_edge_of_what_scrolls_can_be_brought_back(shown: Shown, window: QQuickWindow) -> None:
    half = text(shown, "half")
    assert half.visible.bottom == 300 < half.painted.bottom
    assert half.scrolls == Scrolls(forward=True)
    assert [area.height() for area in scrollers(window)] == [100]


def test_a_picture_that_is_nowhere_is_told(shown: Shown) -> None:
    assert shown.broken == ("nowhere.png",)


def test_the_lit_sentence_is_noted_again_in_its_own_colour(shown: Shown) -> None:
    whole, again = [text for text in shown.texts if text.words == "one two"]
    assert (whole.again, again.again) == (False, True)
    assert again.painted.width < whole.painted.width
