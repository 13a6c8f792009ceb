"""What an open pack keeps in memory, however much of it has been read."""

import ctypes
import ctypes.util
import hashlib
import random

import pytest

from content_packs.reader import PackReader
from tests.fakes.content import a_pack, an_item, write_content

PICTURES = 60
PICTURE_BYTES = 50_000
KEPT_BYTES = 512 * 1024
"""A third of what stays where SQLite keeps what it likes."""


@pytest.fixture
def held_by_sqlite():
    library = ctypes.CDLL(ctypes.util.find_library("sqlite3"))
    library.sqlite3_memory_used.restype = ctypes.c_longlong
    return library.sqlite3_memory_used


def test_a_pack_weighs_no_more_once_all_of_it_has_been_read(tmp_path, held_by_sqlite):
    dice = random.Random(1)
    pictures = {hashlib.sha256(data).hexdigest(): data for data in map(dice.randbytes, [PICTURE_BYTES] * PICTURES)}
    items = [an_item(f"matter-{number}", summary="话" * 200) for number in range(200)]
    path = write_content(
        tmp_path / "content.db", a_pack(), items, [(sha256, "image/png", data) for sha256, data in pictures.items()]
    )
    before = held_by_sqlite()
    with PackReader(path) as reader:
        opened = held_by_sqlite() - before
        assert opened > 0
        assert len(reader.rows()) == len(items)
        assert [reader.item(item.id) for item in items] == items
        for sha256, data in pictures.items():
            assert reader.media(sha256).data == data
        assert held_by_sqlite() - before < KEPT_BYTES
