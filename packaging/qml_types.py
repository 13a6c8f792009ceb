"""Tells qmllint about the view models: Python's QML types → build/qmltypes/Kiosk/ViewModels.

``pyside6-metaobjectdump`` reads the classes, ``pyside6-qmltyperegistrar`` writes them down. Between the two stands what
the first leaves in Python's words: names of types, pointers, and properties that never change.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import PySide6

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "ui" / "viewmodels"
TYPES = ROOT / "build" / "qmltypes"
MODULE = "Kiosk.ViewModels"
CPP_NAMES = {"QObject": "QObject*", "float": "double", "object": "QVariant", "list": "QVariantList"}

Words = dict[str, Any]


def main() -> int:
    """Write the type files anew; 0 if every view model is in them."""
    sources = sorted(path for path in SOURCES.glob("*.py") if "@QmlElement" in path.read_text(encoding="utf-8"))
    folder = TYPES.joinpath(*MODULE.split("."))
    folder.mkdir(parents=True, exist_ok=True)
    dumped = subprocess.run(  # noqa: S603 (our own tools on our own files)
        [_tool("pyside6-metaobjectdump"), "--quiet", *map(str, sources)],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    classes = folder / "classes.json"
    classes.write_text(json.dumps([in_cpp(file) for file in json.loads(dumped)], indent=1), encoding="utf-8")
    described = folder / "viewmodels.qmltypes"
    subprocess.run(  # noqa: S603 (as above)
        [
            _tool("pyside6-qmltyperegistrar"),
            "--generate-qmltypes",
            str(described),
            "--import-name",
            MODULE,
            "--major-version",
            "1",
            "--minor-version",
            "0",
            "--foreign-types",
            str(Path(PySide6.__path__[0], "Qt", "metatypes", "qt6core_relwithdebinfo_metatypes.json")),
            "-o",
            str(folder / "registration.cpp"),
            str(classes),
        ],
        check=True,
    )
    (folder / "qmldir").write_text(f"module {MODULE}\ntypeinfo {described.name}\ndepends QtQml\n", encoding="utf-8")
    found = described.read_text(encoding="utf-8").count(f'exports: ["{MODULE}/')
    print(f"{found} view models in {folder.relative_to(ROOT)}")
    return 0 if found == len(sources) > 0 else 1


def in_cpp(file: Words) -> Words:
    """Return what was dumped of one Python file with the names that C++ has for its types."""
    return {
        **file,
        "inputFile": Path(file["inputFile"]).name,
        "classes": [_class_in_cpp(found) for found in file["classes"] if found.get("object")],
    }


def _class_in_cpp(found: Words) -> Words:
    properties = [
        {**entry, "type": _name(entry["type"]), "constant": "notify" not in entry}
        for entry in found.get("properties", ())
    ]
    slots = [_method_in_cpp(entry) for entry in found.get("slots", ())]
    signals = [_method_in_cpp(entry) for entry in found.get("signals", ())]
    return {**found, "properties": properties, "slots": slots, "signals": signals}


def _method_in_cpp(method: Words) -> Words:
    arguments = [{**entry, "type": _name(entry["type"])} for entry in method.get("arguments", ())]
    return {**method, "arguments": arguments, "returnType": _name(method.get("returnType", "void"))}


def _name(kind: str) -> str:
    return CPP_NAMES.get(kind, kind)


def _tool(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


if __name__ == "__main__":
    sys.exit(main())
