"""Rules of the house that no linter knows. Each proves that it looked at something."""

import re
from pathlib import Path

QML = sorted(Path("ui/qml").rglob("*.qml"))
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def _without_comments(text: str) -> str:
    return re.sub(r"//[^\n]*|/\*.*?\*/", "", text, flags=re.DOTALL)


def test_packaging_is_no_package():
    """It would hide the library of that name from everything that runs here."""
    assert Path("packaging").is_dir()
    assert not Path("packaging/__init__.py").exists()


def test_chinese_words_of_the_screen_can_be_translated():
    assert len(QML) > 20
    loose = []
    for page in QML:
        bare = re.sub(r'qsTr\("(?:[^"\\]|\\.)*"\)', "", _without_comments(page.read_text()))
        loose += [f"{page}: {line.strip()}" for line in bare.splitlines() if _CHINESE.search(line)]
    assert loose == []


def test_only_the_theme_names_colours():
    loose = []
    for page in QML:
        if page.name == "Theme.qml":
            continue
        text = _without_comments(page.read_text())
        loose += [f"{page}: {found}" for found in re.findall(r'"#[0-9A-Fa-f]{6,8}"|color: "(?!transparent)\w+"', text)]
    assert loose == []


def test_every_qml_file_is_declared_in_its_module():
    modules = sorted(Path("ui/qml").rglob("qmldir"))
    assert modules
    for module in modules:
        declared = set(re.findall(r"(\w+\.qml)", module.read_text()))
        assert {page.name for page in module.parent.glob("*.qml")} == declared, module


def test_no_private_key_lies_in_the_repository():
    names = [
        path
        for path in Path().rglob("*")
        if path.suffix in {".pem", ".key", ".p8", ".p12"} and ".venv" not in path.parts
    ]
    assert names == []


def test_nothing_waits_for_later_without_saying_where():
    marks = re.compile(r"\b(TODO|FIXME|XXX)\b")
    sources = [
        path for folder in ("content_packs", "sync", "kiosk", "ui", "packaging") for path in Path(folder).rglob("*.py")
    ]
    assert len(sources) > 50
    assert [str(path) for path in sources if marks.search(path.read_text())] == []
