"""What the frame must know about reading aloud, without the voice itself, which is made later."""

from typing import NamedTuple

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from ui.qt import Property, QmlUncreatable

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


class SoundState(NamedTuple):
    """Whether there is a voice, whether it has something to read here, and whether it is reading now."""

    is_available: bool = False
    can_listen: bool = False
    is_moving: bool = False


@QmlElement
@QmlUncreatable("made by ui.app")
class SoundViewModel(QObject):
    """The button 听一听. ``wanted`` is told when it is touched."""

    stateChanged = Signal()
    wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._state = SoundState()

    @property
    def state(self) -> SoundState:
        """What the voice does."""
        return self._state

    def show(self, state: SoundState) -> None:
        """Show what the voice does now."""
        if state != self._state:
            self._state = state
            self.stateChanged.emit()

    @Slot()
    def listen(self) -> None:
        """Somebody touches 听一听."""
        self.wanted.emit()

    @Property(bool, notify=stateChanged)
    def isAvailable(self) -> bool:
        return self._state.is_available

    @Property(bool, notify=stateChanged)
    def canListen(self) -> bool:
        return self._state.can_listen

    @Property(bool, notify=stateChanged)
    def isMoving(self) -> bool:
        return self._state.is_moving
