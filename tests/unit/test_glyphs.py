"""The icons that the pages name are the ones that their names promise."""

import re
import tomllib
from pathlib import Path

from ui.fonts import glyph

GLYPHS = Path("ui/qml/Kiosk/Theme/Glyphs.qml")
_LINE = re.compile(r'readonly property string (\w+): "\\u\{([0-9A-F]+)\}" +// ([a-z0-9-]+)')


def _declared() -> dict[str, tuple[str, str]]:
    return {name: (code, icon) for name, code, icon in _LINE.findall(GLYPHS.read_text())}


def test_every_declared_character_is_the_icon_of_its_comment():
    declared = _declared()
    assert len(declared) > 30
    wrong = {name for name, (code, icon) in declared.items() if glyph(icon) != chr(int(code, 16))}
    assert wrong == set()


def test_every_icon_that_a_page_uses_is_declared():
    used = {name for page in Path("ui/qml").rglob("*.qml") for name in re.findall(r"Glyphs\.(\w+)", page.read_text())}
    assert used
    assert used - set(_declared()) == set()


def test_every_icon_of_the_starter_pack_is_in_the_font():
    themes = tomllib.loads(Path("content_packs/starter/pack.toml").read_text())["themes"]
    document = glyph("file-document-outline")
    assert [theme["icon"] for theme in themes if glyph(theme["icon"]) == document] == []
