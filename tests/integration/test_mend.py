"""A disk loses bytes; the kiosk notices and puts itself right from what it still has."""

import sqlite3
from pathlib import Path

import pytest

from content_packs.model import BlobEntry
from content_packs.origin import BUILT_IN
from content_packs.store import InstalledPack, PackStore
from kiosk.cli.main import run
from sync.blobs import ReleaseFolder
from sync.install import install_release
from sync.mend import check_pack, mend_pack
from tests.fakes.publisher import Publisher

ID = "cn.test.pack"


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    made = Publisher(tmp_path / "work").pack()
    for number in range(4):
        made.item(f"n{number}", f"第{number}条通知。")
    made.build()
    return made


@pytest.fixture
def store(tmp_path: Path) -> PackStore:
    return PackStore(tmp_path / "home")


def current(store: PackStore) -> InstalledPack:
    pack = store.current(ID)
    assert pack
    return pack


def lose(pack: InstalledPack, item: str) -> None:
    with sqlite3.connect(pack.content_db) as file:
        file.execute("UPDATE bodies SET item = x'00' WHERE n = (SELECT n FROM items WHERE id = ?)", (item,))
    file.close()


def test_a_whole_pack_is_left_alone(publisher: Publisher, store: PackStore) -> None:
    pack = install_release(publisher.release, store, origin=BUILT_IN).pack
    inode = pack.content_db.stat().st_ino
    assert mend_pack(store, pack).is_sound
    assert current(store).content_db.stat().st_ino == inode


def test_what_the_version_before_still_has_is_put_back(publisher: Publisher, store: PackStore) -> None:
    install_release(publisher.release, store, origin=BUILT_IN)
    publisher.pack(version=2).item("n3", "改过。")
    publisher.build()
    pack = install_release(publisher.release, store, origin=BUILT_IN).pack
    lose(pack, "n1")
    assert not check_pack(pack).is_sound
    done = mend_pack(store, pack)
    assert done.is_mended
    assert done.found
    assert len(done.found.damaged) == 1
    now = current(store)
    assert check_pack(now).is_sound
    assert (now.version, now.previous, now.origin) == (2, 1, BUILT_IN)


def test_what_nobody_here_has_stays_damaged_until_somebody_brings_it(publisher: Publisher, store: PackStore) -> None:
    pack = install_release(publisher.release, store).pack
    lose(pack, "n1")
    assert not mend_pack(store, pack).is_sound
    assert current(store).content_db.exists()
    with ReleaseFolder(publisher.release, publisher.manifest()) as stick:
        assert mend_pack(store, pack, more=[stick]).is_mended
    assert check_pack(current(store)).is_sound


def test_a_reader_that_lies_mends_nothing(publisher: Publisher, store: PackStore) -> None:
    class Liar:
        def has(self, sha256: str) -> bool:
            return True

        def read(self, entry: BlobEntry) -> bytes:
            return b"{}"

    pack = install_release(publisher.release, store).pack
    lose(pack, "n1")
    before = pack.content_db.read_bytes()
    with pytest.raises(Exception, match="条目"):
        mend_pack(store, pack, more=[Liar()])
    assert pack.content_db.read_bytes() == before


@pytest.mark.parametrize("manifest", [None, b"", b"{}"])
def test_without_its_own_manifest_nothing_can_be_said(
    publisher: Publisher, store: PackStore, manifest: bytes | None
) -> None:
    pack = install_release(publisher.release, store).pack
    if manifest is None:
        pack.manifest.unlink()
    else:
        pack.manifest.write_bytes(manifest)
    assert check_pack(pack).found is None
    assert not mend_pack(store, pack).is_sound
    publisher.item("n9", "别的一份。").build()
    pack.manifest.write_bytes((publisher.release / "manifest.json").read_bytes())
    assert check_pack(pack).found is None


def test_on_the_command_line(
    publisher: Publisher, store: PackStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = ["--home", str(tmp_path / "home")]
    assert run(["verify", *home]) == 0
    install_release(publisher.release, store)
    assert run(["verify", *home]) == 0
    assert "完好" in capsys.readouterr().out
    assert run(["verify", "cn.unknown", *home]) == 1
    assert run(["rollback", ID, *home]) == 1
    publisher.pack(version=2).item("n3", "改过。").build()
    lose(install_release(publisher.release, store).pack, "n3")
    assert run(["verify", "--no-mend", *home]) == 1
    assert run(["verify", ID, *home]) == 1
    assert "没有完好的" in capsys.readouterr().out
    lose(current(store), "n0")
    assert run(["rollback", ID, *home, "--json"]) == 0
    assert '"version":1' in capsys.readouterr().out
    assert run(["verify", *home, "--json"]) == 0
    assert '"sound":true' in capsys.readouterr().out.replace(" ", "")
    assert run(["rollback", ID, *home]) == 0
    assert "第 2 版" in capsys.readouterr().out
