"""The questions of a new kiosk, laid over the window: each page as it looks when it is asked."""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QUrl
from PySide6.QtQml import QQmlComponent
from PySide6.QtQuick import QQuickItem

from kiosk.home import Home
from kiosk.words import Candidate
from tests.tour.scene import Scene, Step
from tests.tour.stage import Stage
from ui.search_state import SearchState
from ui.setup_screen import QML, hands_for
from ui.viewmodels.setup import SetupViewModel
from ui.viewmodels.setup_state import SetupState, after_printers, printer_choices
from ui.viewmodels.setup_state import Step as Question

_PAGES: Final = QML / "Kiosk" / "Setup" / "SetupPages.qml"
_HIDDEN: Final = "hidden for the questions"
_TYPED: Final = SearchState(
    text="云溪村",
    letters="bianmin",
    candidates=tuple(
        Candidate(text=text, used=7) for text in ("便民", "便民服务", "便民服务点", "编民", "变", "边", "便")
    ),
)
_BASE: Final = SetupState(
    typing=SearchState(text="云溪村便民服务点"),
    region="330112",
    card=0.32,
    aspect=1.78,
    printer="cups:village",
    has_pin=True,
    voice=True,
)
_PRINTERS: Final = printer_choices(("village", "HP_LaserJet_M1136"), ("/dev/usb/lp0",))


def _ask(state: SetupState) -> Step:
    def enter(stage: Stage) -> None:
        home = Home(stage.kiosk.home.root / "nobody")
        hands = replace(hands_for(home), printers=lambda: _PRINTERS, keep=lambda _: None)
        view_model = SetupViewModel(stage.shell.rooms.pin._jobs, hands, state, stage.shell)
        stage.until(lambda: view_model._keyboard, "a keyboard")
        component = QQmlComponent(stage.shell.engine, QUrl.fromLocalFile(str(_PAGES)))
        item = component.createWithInitialProperties({"setup": view_model})
        assert isinstance(item, QQuickItem), component.errorString()
        item.setParent(stage.shell)
        item.setObjectName("questions")
        content = stage.window.contentItem()
        beneath = [other for other in content.childItems() if other.isVisible()]
        item.setParentItem(content)
        item.setSize(content.size())
        for other in beneath:
            other.setVisible(False)
            other.setObjectName(_HIDDEN)

    return enter


def _leave(stage: Stage) -> None:
    item = stage.shell.findChild(QQuickItem, "questions")
    item.setObjectName("")  # it dies later, and the next questions must not be taken for it
    item.setParentItem(None)
    for other in stage.window.contentItem().childItems():
        if other.objectName() == _HIDDEN:
            other.setObjectName("")
            other.setVisible(True)
    item.deleteLater()


def _scene(name: str, state: SetupState) -> Scene:
    return Scene(name=f"setup_{name}", enter=_ask(state), leave=_leave, is_plain=True)


SETUP_SCENES: Final = (
    _scene("welcome", SetupState()),
    _scene("village", replace(_BASE, step=Question.VILLAGE, typing=_TYPED)),
    _scene("province", replace(_BASE, step=Question.REGION, region="0")),
    _scene("county", replace(_BASE, step=Question.REGION, region="3301")),
    _scene("screen", replace(_BASE, step=Question.SCREEN)),
    _scene(
        "printer",
        after_printers(replace(_BASE, step=Question.PRINTER, told="试打的单子送出去了，看看打出来没有。"), _PRINTERS),
    ),
    _scene("voice", replace(_BASE, step=Question.VOICE, told="念完了。听到了吗？")),
    _scene("pin", replace(_BASE, step=Question.PIN, digits="4071", first="407182", has_pin=False)),
    _scene("pin_trouble", replace(_BASE, step=Question.PIN, message="两次不一样，请从头再输一遍。", has_pin=False)),
    _scene("done", after_printers(replace(_BASE, step=Question.DONE), _PRINTERS)),
)
