"""文号: one canonical form, and the keys under which any written form finds it. Pure.

People copy document numbers in many ways: ``国办发〔2017〕47号``, ``国办发[2017]47号``, ``国办发（2017） 47 号``,
``国办发2017-47``, ``国办发二〇一七年四十七号``, or only ``47号``. Orders read ``国务院令第804号``, announcements
``国家税务总局公告2020年第3号``.
"""

import re
import unicodedata

from msgspec import Struct
from typing_extensions import override

_MAX_CHARS = 60
_DIGITS = dict(zip("〇○零一二三四五六七八九", "000123456789", strict=True)) | {"Ｏ": "0", "О": "0", "两": "2"}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_NUMERAL = "".join(_DIGITS) + "".join(_UNITS)
_OPEN, _CLOSE = r"[〔\[(【〈《{]", r"[〕\])】〉》}]"
_AGENCY = r"(?P<agency>[\u4e00-\u9fff、]{0,40}?)"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_ORDER = re.compile(r"^(?P<agency>[\u4e00-\u9fff、]{0,40}?)令?第?(?P<serial>\d{1,5})号?(?P<after>令?)$")
_NOTICE = re.compile(
    rf"^(?P<agency>[\u4e00-\u9fff、]{{0,40}}公告){_OPEN}?{_YEAR}{_CLOSE}?年?-?第?(?P<serial>\d{{1,5}})号?$"
)
_PAPER = re.compile(rf"^{_AGENCY}{_OPEN}?{_YEAR}{_CLOSE}?年?-?第?(?P<serial>\d{{1,5}})号?$")
_REVERSED = re.compile(r"^第?(?P<serial>\d{1,5})号(?P<agency>[\u4e00-\u9fff]{2,40}令)$")
_NO_YEAR = re.compile(r"^(?P<agency>[\u4e00-\u9fff、]{0,40}?)-?第?(?P<serial>\d{1,5})号$")


class DocNo(Struct, frozen=True):
    """A document number taken apart.

    Attributes:
        agency: 机关代字 such as ``国办发``, ``国务院令`` or ``国家税务总局公告``; empty where only a part was written.
        year: Four digits; empty for orders and where only a part was written.
        serial: Without leading zeros.
    """

    agency: str
    year: str
    serial: str

    @property
    def is_whole(self) -> bool:
        """Whether this names one document and not a part of a number."""
        return bool(self.agency) and (bool(self.year) or self.agency.endswith("令"))

    @override
    def __str__(self) -> str:
        """Return the canonical form, as far as the parts go."""
        if self.agency.endswith("令"):
            return f"{self.agency}第{self.serial}号"
        if self.agency.endswith("公告") and self.year:
            return f"{self.agency}{self.year}年第{self.serial}号"
        year = f"〔{self.year}〕" if self.year else ""
        return f"{self.agency}{year}{self.serial}号"


def parse_doc_no(text: str) -> DocNo | None:
    """Take a document number apart, however it was written.

    Returns:
        The parts that were written; None if ``text`` as a whole is not a document number.
    """
    if len(text) > _MAX_CHARS:
        return None
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).replace("－", "-").replace("—", "-")
    plain = _REVERSED.sub(r"\g<agency>第\g<serial>号", _arabic(plain))
    plain = plain.replace("国令", "国务院令") if plain.startswith("国令") else plain
    if ("令" in plain or "第" in plain) and (order := _order(plain)):
        return order
    for pattern in (_NOTICE, _PAPER):
        if found := pattern.match(plain):
            agency = found["agency"].removesuffix("第") if "令" not in found["agency"] else ""
            if agency == found["agency"] and int(found["serial"]):
                return DocNo(agency, found["year"], str(int(found["serial"])))
    found = _NO_YEAR.match(plain)
    if found and int(found["serial"]):
        return DocNo(found["agency"], "", str(int(found["serial"])))
    return None


def canonical_doc_no(text: str) -> str:
    """Return the canonical form, such as ``国办发〔2017〕47号``; empty if ``text`` does not name one document."""
    found = parse_doc_no(text)
    return str(found) if found and found.is_whole else ""


def keys_of_item(doc_no: str) -> tuple[str, ...]:
    """Return every key under which an item with this document number can be asked for, most exact first."""
    found = parse_doc_no(doc_no)
    if not found:
        return ()
    keys = [_key(found)]
    if found.agency and found.year:
        keys += [_key(DocNo(found.agency, "", found.serial)), _key(DocNo("", found.year, found.serial))]
    if found.agency.endswith("令") and found.agency != "令":
        keys.append(_key(DocNo("令", "", found.serial)))
    keys.append(_key(DocNo("", "", found.serial)))
    return tuple(dict.fromkeys(keys))


def key_of_query(text: str) -> str:
    """Return the one key that a query asks for; empty if the query is not a document number.

    An item matches when this key is among its `keys_of_item`.
    """
    found = parse_doc_no(text)
    return _key(found) if found else ""


def _key(number: DocNo) -> str:
    return f"{number.agency}{number.year}-{number.serial}"


def _order(plain: str) -> DocNo | None:
    plain = re.sub(rf"{_OPEN}(第?\d+号?){_CLOSE}$", r"\1", plain).removeprefix("中华人民共和国")
    found = _ORDER.match(plain)
    if not found or not int(found["serial"]):
        return None
    has_order = plain[: found.start("serial")].removesuffix("第").endswith("令") or bool(found["after"])
    if not has_order:
        return None
    return DocNo(found["agency"].removesuffix("令") + "令", "", str(int(found["serial"])))


def _arabic(text: str) -> str:
    """Write Chinese numerals as digits where a year or a serial number stands."""

    def year(found: re.Match[str]) -> str:
        return "".join(_DIGITS.get(sign, sign) for sign in found[0])

    digits = "".join(_DIGITS)
    text = re.sub(rf"[{digits}]{{4}}(?=[年〕\])】〉》}}-]|第)", year, text)
    text = re.sub(rf"(?<={_OPEN})[{digits}]{{4}}", year, text)
    return re.sub(rf"(?P<number>[{_NUMERAL}]{{1,7}})(?=号)", lambda found: str(_number(found[0])), text)


def _number(numeral: str) -> int:
    """Return the value of a Chinese numeral, with units (四十七) or digit by digit (四七)."""
    if not any(sign in _UNITS for sign in numeral):
        return int("".join(_DIGITS[sign] for sign in numeral))
    total, digit = 0, 0
    for sign in numeral:
        if sign in _UNITS:
            total += (digit or 1) * _UNITS[sign]
            digit = 0
        else:
            digit = int(_DIGITS[sign])
    return total + digit
