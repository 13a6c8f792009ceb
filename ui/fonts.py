"""The font of icons: found in the qtawesome package without importing it, which takes longer than the first frame."""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtGui import QFontDatabase

from content_packs.errors import SiteError

_FONT = "materialdesignicons6-webfont-*.ttf"
_CHARMAP = "materialdesignicons6-webfont-charmap-*.json"
UNKNOWN_ICON = "file-document-outline"


def register_icon_font() -> str:
    """Register Material Design Icons with Qt and return the family's name.

    Raises:
        SiteError: The font is not there or cannot be read.
    """
    number = QFontDatabase.addApplicationFont(str(_asset(_FONT)))
    families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    if not families:
        raise SiteError("图标字体读不出来。", why=str(_asset(_FONT)), todo="请重新安装本程序。", code="M-362")
    return families[0]


@cache
def glyph(name: str) -> str:
    """Return the character of an icon; that of a document for a name that the font does not have."""
    return _found(name) or _found(UNKNOWN_ICON)


def _found(name: str) -> str:
    """Look a name up in the font's character map. Parsing all 7,367 names would take longer than a frame."""
    match = re.search(rf'"{re.escape(name)}": *"(0x[0-9a-f]+)"', _charmap())
    return chr(int(match[1], 16)) if match else ""


@cache
def _charmap() -> str:
    return _asset(_CHARMAP).read_text()


@cache
def _asset(pattern: str) -> Path:
    spec = find_spec("qtawesome")
    folders = spec.submodule_search_locations if spec else None
    found = sorted(Path(folder) for place in folders or () for folder in Path(place, "fonts").glob(pattern))
    if not found:
        raise SiteError("图标字体不见了。", why=pattern, todo="请重新安装本程序。", code="M-361")
    return found[-1]
