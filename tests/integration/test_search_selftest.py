"""An index that does not know its own words is not used: not when it is built, and not when it is opened."""

import pytest

from content_packs.errors import SiteError
from content_packs.reader import PackReader
from kiosk.search.analysis import Analyser
from kiosk.search.build import index_pack
from kiosk.search.index import PackIndex, PostingsCache
from kiosk.search.layer import WRITE_PHASE
from kiosk.search.layout import BUILDING, index_folder
from kiosk.search.opening import open_engine
from kiosk.search.postings import IndexDamageError
from kiosk.search.query import SynonymTable, understand
from kiosk.search.selftest import self_test
from kiosk.search.unindexed import RowsOnly
from kiosk.tables.read import Tables
from tests.fakes.content import a_pack, an_item, write_content

TITLES = ("养老金怎么领", "HPV疫苗", "123号通知", "نېمە", "低保", "宅基地申请办法")
ITEMS = [an_item(f"item-{number}", title=title, plain_title="") for number, title in enumerate(TITLES)]


@pytest.fixture
def analyser():
    return Analyser(Tables())


@pytest.fixture
def content(tmp_path):
    return write_content(tmp_path / "content.db", a_pack(), ITEMS)


def lose_bytes(folder):
    """Make a disk give back zeros."""
    path = folder / "0" / "text_pair.ids"
    path.write_bytes(bytes(path.stat().st_size))


@pytest.mark.parametrize("count", [0, 1, 2, len(ITEMS)])
def test_a_sound_index_knows_its_titles_in_any_script(tmp_path, analyser, count):
    index_pack(write_content(tmp_path / "some.db", a_pack(), ITEMS[:count]), tmp_path / "index")
    index = PackIndex(tmp_path / "index", PostingsCache(0))
    assert self_test(index, count, analyser) == min(3, count)
    with pytest.raises(IndexDamageError):
        self_test(index, count + 1, analyser)
    index.close()


def test_titles_of_any_script_pass_one_by_one(tmp_path, analyser):
    for number, item in enumerate(ITEMS):
        index_pack(write_content(tmp_path / f"{number}.db", a_pack(), [item]), tmp_path / str(number))
        index = PackIndex(tmp_path / str(number), PostingsCache(0))
        assert self_test(index, 1, analyser) == 1
        index.close()


def test_a_build_that_went_wrong_leaves_the_old_index(content, tmp_path, analyser):
    folder = tmp_path / "indexes" / "1"
    index_pack(content, folder)
    before = (folder / "about.json").stat().st_ino

    def spoil(progress):
        if progress.phase == WRITE_PHASE and progress.done == progress.total:
            (aside,) = folder.parent.glob(f"{BUILDING}*")
            lose_bytes(aside)

    with pytest.raises(SiteError) as caught:
        index_pack(content, folder, on_progress=spoil)
    assert caught.value.telephone_code == "M-315"
    assert caught.value.todo
    assert (folder / "about.json").stat().st_ino == before
    assert sorted(path.name for path in folder.parent.glob("[!.]*")) == ["1"]


@pytest.mark.parametrize("damage", ["ids", "rows"])
def test_an_index_that_was_damaged_since_is_not_asked(content, tmp_path, damage):
    tables = Tables()
    with PackReader(content) as reader:
        folder = index_folder(tmp_path, reader.info.id, reader.info.version, reader.manifest_digest)
        index_pack(content, folder)
        if damage == "ids":
            lose_bytes(folder)
        else:
            rows = folder / "0" / "rows.bin"
            rows.write_bytes(b"{" * rows.stat().st_size)
        engine = open_engine([reader], tmp_path, tables, 1 << 20)
        assert isinstance(engine._collection.packs[0], RowsOnly)
        found = engine.find(understand("宅基地申请", SynonymTable((), ()))).found
        assert engine.row(found[0]).title == "宅基地申请办法"
        engine.close()
