"""长辈版: size of letters, contrast, the left hand, motion. Back to the site's own settings after each person."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from ui.qt import Property, QmlUncreatable
from ui.sight import AppearanceState

QML_IMPORT_NAME = "Kiosk.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

LARGEST = 2


@QmlElement
@QmlUncreatable("made by ui.app")
class AppearanceViewModel(QObject):
    """What the person who is here has chosen; `Theme` follows it.

    Args:
        usual: How the site wants its pages to look when somebody new comes.
        parent: Owner.
    """

    stateChanged = Signal()

    def __init__(self, usual: AppearanceState, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._usual = usual
        self._state = usual

    @property
    def state(self) -> AppearanceState:
        """How the pages look."""
        return self._state

    def show(self, state: AppearanceState) -> None:
        """Let the pages look so."""
        if state != self._state:
            self._state = state
            self.stateChanged.emit()

    def reset(self) -> None:
        """Go back to what the site wants."""
        self.show(self._usual)

    @Slot(int)
    def chooseSize(self, size: int) -> None:
        """Choose a size, 0 to 2; others are ignored."""
        if 0 <= size <= LARGEST:
            self.show(self._state._replace(size=size))

    @Slot(bool)
    def chooseContrast(self, high: bool) -> None:
        """Choose black ground or paper."""
        self.show(self._state._replace(high_contrast=high))

    @Slot(bool)
    def chooseLeftHanded(self, left: bool) -> None:
        """Choose on which side the bottom bar begins."""
        self.show(self._state._replace(left_handed=left))

    @Slot(bool)
    def chooseReducedMotion(self, reduced: bool) -> None:
        """Choose cuts instead of slides."""
        self.show(self._state._replace(reduced_motion=reduced))

    @Property(int, notify=stateChanged)
    def size(self) -> int:
        return self._state.size

    @Property(bool, notify=stateChanged)
    def highContrast(self) -> bool:
        return self._state.high_contrast

    @Property(bool, notify=stateChanged)
    def leftHanded(self) -> bool:
        return self._state.left_handed

    @Property(bool, notify=stateChanged)
    def reducedMotion(self) -> bool:
        return self._state.reduced_motion
