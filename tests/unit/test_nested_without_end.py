"""Records of our own that a disk has spoilt, and settings that somebody mistyped: nothing is so odd that it crashes."""

from pathlib import Path

import pytest

from content_packs.errors import SettingsError
from content_packs.origin import UNSIGNED, decode_origin
from content_packs.pointer import read_pointer
from kiosk.settings import settings_from_text
from sync.history import History
from sync.parts import read_layout
from sync.sticks.volumes import volumes_in

DEEP = [b"[" * 50_000, b'{"a":' * 50_000, b'[{"a":' * 50_000]


@pytest.mark.parametrize("data", DEEP)
def test_records_nested_without_end_count_as_missing(tmp_path: Path, data: bytes) -> None:
    assert decode_origin(data) is UNSIGNED
    for name in ("history.json", "pointer.a", "abcdef0123456789.json"):
        (tmp_path / name).write_bytes(data)
    assert History(tmp_path / "history.json").entries() == ()
    assert read_pointer(tmp_path) is None
    assert read_layout(tmp_path, "abcdef0123456789") is None


@pytest.mark.parametrize("text", ["village = " + "[" * 5000, "sync_kbit_s = " + "1" * 5000, 'village = "\n'])
def test_settings_without_end_are_refused_in_words(text: str) -> None:
    with pytest.raises(SettingsError, match="写法不对"):
        settings_from_text(text, Path("site.toml"))


def test_a_device_name_of_numbers_that_are_no_bytes(tmp_path: Path) -> None:
    block = {"Device": [47, 999, -1, 97], "IdUsage": "filesystem", "HintAuto": True, "Size": 1}
    volumes_in({"/a": {"org.freedesktop.UDisks2.Block": block, "org.freedesktop.UDisks2.Filesystem": {}}})
