"""A pack is taken away at somebody's wish: whole or not at all, and nobody who reads it is interrupted."""

import errno
import json
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from content_packs.errors import DiskFullError, PackError, SiteError
from content_packs.model import ItemRef
from content_packs.origin import BUILT_IN, UNSIGNED
from content_packs.store import PackStore
from kiosk.chores.indexing import index_packs
from kiosk.cli.main import run
from kiosk.home import Home
from kiosk.removal import remove_pack
from kiosk.services import Kiosk
from kiosk.settings import Settings
from sync.install import install_release
from sync.mend import check_pack
from tests.fakes.content import ISSUED
from tests.fakes.county import County
from tests.fakes.shelf import ID, a_release

OTHER = "cn.test.other"


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("releases")
    return {
        "1": a_release(folder / "v1", items=3, pictures=1).release,
        "2": a_release(folder / "v2", items=3, pictures=1, version=2, changed=1).release,
        "other": a_release(folder / "other", items=2, pictures=0, pack_id=OTHER).release,
    }


@pytest.fixture(scope="module")
def furnished(tmp_path_factory, releases) -> Path:
    """A home with two versions of an author's pack beside one that came with the program, both searchable."""
    home = Home(tmp_path_factory.mktemp("furnished"))
    store = PackStore(home.root)
    for name, origin in (("1", UNSIGNED), ("2", UNSIGNED), ("other", BUILT_IN)):
        install_release(releases[name], store, origin=origin)
    index_packs(home)
    return home.root


@pytest.fixture
def home(furnished, tmp_path) -> Home:
    return Home(shutil.copytree(furnished, tmp_path / "home"))


def ids(home: Home) -> list[str]:
    return [pack.pack_id for pack in PackStore(home.root).installed()]


def remove(home: Home, *arguments: str) -> int:
    return run(["remove", *arguments, "--home", str(home.root)])


def test_a_pack_goes_with_its_versions_and_its_index(home, capsys):
    assert remove(home, ID) == 0
    assert "第 2 版拿掉了" in capsys.readouterr().out
    assert ids(home) == [OTHER]
    assert [path.name for path in home.indexes.iterdir()] == [OTHER]
    assert not (home.root / "packs" / ID).exists()
    assert list((home.root / "packs" / ".staging").iterdir()) == []


def test_programs_are_told_in_json(home, capsys):
    assert remove(home, ID, "--json") == 0
    assert json.loads(capsys.readouterr().out) == {
        "pack": ID,
        "title": "测试包",
        "version": 2,
        "may_return_from": "",
    }


def test_whoever_reads_it_reads_on(home, releases):
    ref = ItemRef(ID, "n-0000")
    with Kiosk(home, Settings(sound="off"), today=lambda: ISSUED) as kiosk:
        assert kiosk.searcher.search("办事材料").hits
        remove_pack(home, ID)
        dossier = kiosk.library.dossier(ref)
        picture = next(block.sha256 for block in dossier.main.item.blocks if hasattr(block, "sha256"))
        assert kiosk.media(ID, picture)
        assert kiosk.slip(dossier).title == dossier.main.item.shown_title
        assert kiosk.searcher.search("办事材料").hits
        assert kiosk.reload_if_changed()
        assert [pack.id for pack in kiosk.library.packs()] == [OTHER]
        assert {hit.ref.pack for hit in kiosk.searcher.search("办事材料").hits} == {OTHER}


def test_what_came_with_the_program_stays(home, capsys):
    assert remove(home, OTHER) == 1
    told = capsys.readouterr().err
    assert "P-105" in told
    assert "升级程序" in told
    assert OTHER in ids(home)


def test_so_does_a_signed_version_over_it(releases, tmp_path):
    county = County(tmp_path / "county", now=datetime.now(UTC))
    county.publish(releases["2"])
    home = Home(tmp_path / "home")
    county.is_trusted_by(home.root)
    install_release(releases["1"], PackStore(home.root), origin=BUILT_IN)
    assert run(["sync", str(county.folder), "--home", str(home.root)]) == 0
    with pytest.raises(PackError) as refused:
        remove_pack(home, ID)
    assert "cunkou rollback" in refused.value.todo
    assert PackStore(home.root).current(ID).version == 2


def test_a_signed_pack_comes_back_with_the_next_sync_and_that_is_said(releases, tmp_path, capsys):
    county = County(tmp_path / "county", now=datetime.now(UTC))
    county.publish(releases["1"])
    home = Home(tmp_path / "home")
    county.is_trusted_by(home.root)
    sync = ["sync", str(county.folder), "--home", str(home.root)]
    assert run(sync) == 0
    assert remove(home, ID) == 0
    told = capsys.readouterr().out
    assert "fujian 要是还在发布它，下次同步会再装回来" in told
    assert ids(home) == []
    assert run(sync) == 0
    assert ids(home) == [ID]


@pytest.mark.parametrize("name", ["cn.test.missing", "../..", "", ".staging"])
def test_a_pack_that_is_not_there_is_told(home, capsys, name):
    assert remove(home, "--", name) in {1, 2}
    assert ids(home) == [OTHER, ID]


def test_nothing_goes_while_another_is_being_installed(home):
    with PackStore(home.root).staging(), pytest.raises(SiteError) as refused:
        remove_pack(home, ID)
    assert refused.value.telephone_code == "M-313"
    assert ids(home) == [OTHER, ID]


def test_what_cannot_be_read_any_more_can_still_be_taken_away(home):
    content = PackStore(home.root).current(ID).content_db
    content.chmod(0o600)
    content.write_bytes(b"nothing")
    assert remove_pack(home, ID).title == ID
    assert ids(home) == [OTHER]


# --- whatever fails, and wherever it is killed -----------------------------------------------------------------------

CALLS = ("rename", "fsync", "open", "unlink", "rmdir", "mkdir", "scandir")


class Killed(BaseException):
    """The process is gone: nothing after it is done any more."""


class Faults:
    """Stands before calls of the system; from the chosen one on none is made, or that one alone fails."""

    def __init__(self, monkeypatch, number: int, error: BaseException) -> None:
        self.left, self.error = number, error
        for name in CALLS:
            monkeypatch.setattr(os, name, self._before(getattr(os, name)))

    def _before(self, real):
        def call(*arguments, **named):
            self.left -= 1
            if self.left == 0 or (self.left < 0 and isinstance(self.error, Killed)):
                raise self.error
            return real(*arguments, **named)

        return call


@pytest.mark.parametrize(
    "error", [Killed(), OSError(errno.EIO, "EIO"), OSError(errno.ENOSPC, "ENOSPC")], ids=["killed", "EIO", "ENOSPC"]
)
def test_at_any_call_of_the_system_it_stays_whole_or_is_gone(furnished, tmp_path, error):
    stayed = went = 0
    for number in range(1, 500):
        home = Home(shutil.copytree(furnished, tmp_path / f"home{number}"))
        with pytest.MonkeyPatch.context() as patched:
            faults = Faults(patched, number, error)
            try:
                remove_pack(home, ID)
                told = False
            except (Killed, SiteError, DiskFullError):
                told = True
        if faults.left > 0:
            break
        left = ids(home)
        assert OTHER in left, number
        assert all(check_pack(pack).is_sound for pack in PackStore(home.root).installed()), number
        stayed, went = stayed + (ID in left), went + (ID not in left)
        assert told or ID not in left, "what was not done must be told"
        if ID in left:
            remove_pack(home, ID)
        PackStore(home.root).clean()
        index_packs(home)
        assert ids(home) == [OTHER]
        assert [path.name for path in home.indexes.iterdir()] == [OTHER], number
        assert list((home.root / "packs" / ".staging").iterdir()) == [], number
        shutil.rmtree(home.root)
    assert stayed > 3
    assert went > 3
