"""The floor to measure against: an empty QML window of the same PySide6. Prints the moment of its first frame."""

import os
import sys
import time

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

_WINDOW = b"""
import QtQuick
Window { width: 1080; height: 1920; visible: true; color: "white" }
"""


def main() -> None:
    """Open the window, print when it has been painted, stay for as many seconds as asked."""
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
    stay_s = float(sys.argv[1]) if len(sys.argv) > 1 else 0.0
    application = QGuiApplication(sys.argv)
    engine = QQmlApplicationEngine()
    engine.loadData(_WINDOW)
    window = engine.rootObjects()[0]
    assert isinstance(window, QQuickWindow)
    told = []

    def painted() -> None:
        if not told:
            told.append(time.monotonic())
            print(told[0], flush=True)
            QTimer.singleShot(int(stay_s * 1000), application.quit)

    window.frameSwapped.connect(painted)
    application.exec()


if __name__ == "__main__":
    main()
