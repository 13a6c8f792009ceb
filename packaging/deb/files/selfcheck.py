"""Whether this version can run on this machine: every module imports, and Qt opens a screen that nobody sees.

Run by the package before it becomes the version in use. Silent and 0 if all is well.
"""

import os
import sys
from importlib import import_module
from pathlib import Path

FLOORS = ("content_packs", "sync", "kiosk", "ui")


def main() -> int:
    """Import everything, then draw nothing on nothing."""
    os.environ.update(QT_QPA_PLATFORM="offscreen", QT_QUICK_BACKEND="software")
    place = Path(__file__).resolve().parent / "lib/python3.11/site-packages"
    modules = [
        ".".join(path.relative_to(place).with_suffix("").parts).removesuffix(".__init__")
        for floor in FLOORS
        for path in sorted((place / floor).rglob("*.py"))
    ]
    for module in modules:
        import_module(module)
    for library in (
        "escpos.printer",
        "miniaudio",
        "pyttsx3",
        "qrcode",
        "resvg_py",
        "rich.progress",
        "whoosh",
        "zxingcpp",
    ):
        import_module(library)
    from PySide6.QtCore import QUrl  # noqa: PLC0415 (only after the environment was set)
    from PySide6.QtGui import QGuiApplication  # noqa: PLC0415
    from PySide6.QtQml import QQmlComponent, QQmlEngine  # noqa: PLC0415

    application = QGuiApplication(sys.argv[:1])
    engine = QQmlEngine()
    component = QQmlComponent(engine)
    source = b"import QtQuick\nimport QtQuick.Templates as T\nimport Qt.labs.qmlmodels\nItem { T.AbstractButton {} }"
    component.setData(source, QUrl())
    made = component.create()
    if made is None:
        print(component.errorString(), file=sys.stderr)
    del made, component, engine, application
    return 0 if modules and len(modules) > len(FLOORS) else 1


if __name__ == "__main__":
    sys.exit(main())
