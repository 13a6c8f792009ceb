"""Somebody tries to put a pack that nobody answers for in the place of one that somebody does."""

import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from content_packs.errors import TrustError
from content_packs.manifest import MANIFEST_FILE
from content_packs.model import BlobEntry
from content_packs.origin import UNSIGNED, OriginKind
from content_packs.store import PackStore
from kiosk.built_in import is_built_in
from kiosk.cli.main import run
from sync import install as install_module
from sync.blobs import ReleaseFolder
from sync.history import Result
from sync.install import install_release
from sync.run import SelfTestError
from sync.trust.fields import REVOKED_RELEASES
from tests.fakes.county import County, Village
from tests.fakes.shelf import ID, a_release


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    folder = tmp_path_factory.mktemp("releases")
    return {
        1: a_release(folder / "v1", items=3, pictures=1).release,
        2: a_release(folder / "v2", items=3, pictures=1, version=2, changed=1).release,
        3: a_release(folder / "v3", items=3, pictures=1, version=3, changed=1).release,
    }


def test_a_stick_that_shows_a_known_manifest_first_and_another_afterwards(
    tmp_path: Path, releases: dict[int, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stick answers differently the second time it is asked; what was judged must be what is installed."""
    stick = shutil.copytree(releases[1], tmp_path / "stick")
    known = (stick / MANIFEST_FILE).read_bytes()

    def swapped(manifest: bytes) -> bool:
        shutil.copytree(releases[2], stick, dirs_exist_ok=True)
        return manifest == known

    monkeypatch.setattr("kiosk.cli.install.is_built_in", swapped)
    home = tmp_path / "home"
    run(["install", str(stick), "--home", str(home)])
    installed = PackStore(home).current(ID)
    assert installed is None or installed.is_named_by(known)
    assert not is_built_in(known)


def test_an_unsigned_pack_is_installed_while_a_sync_brings_the_signed_one(
    county: County, village: Village, releases: dict[int, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing was here when the author began; when the last blob was read, the signed one was."""

    class Slow(ReleaseFolder):
        def __init__(self, folder: Path, manifest: object) -> None:
            super().__init__(folder, manifest)
            monkeypatch.setattr(install_module, "ReleaseFolder", ReleaseFolder)
            village.sync(county.folder)

        def read(self, entry: BlobEntry) -> bytes:
            return super().read(entry)

    monkeypatch.setattr(install_module, "ReleaseFolder", Slow)
    with pytest.raises(TrustError):
        install_release(releases[3], village.store, origin=UNSIGNED)
    assert village.versions() == {ID: 1}
    assert village.store.current(ID).origin.kind is OriginKind.SIGNED


def test_an_unsigned_version_left_by_a_power_cut_when_both_pointers_are_spoilt(
    county: County, village: Village, releases: dict[int, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    install_release(releases[3], village.store, origin=UNSIGNED)
    monkeypatch.setattr(PackStore, "_remove_others", lambda *_: None)
    village.sync(county.folder)
    for slot in ("pointer.a", "pointer.b"):
        (village.store.root / ID / slot).write_bytes(b"")
    assert village.store.current(ID).origin.kind is OriginKind.SIGNED


def test_a_sync_that_looked_before_another_one_finished(
    county: County, village: Village, releases: dict[int, Path], tmp_path: Path
) -> None:
    """Over 2G a look takes minutes; meanwhile a clerk plugs in a newer stick."""
    village.sync(county.folder)
    county.publish(releases[2])
    slow = village.job(county.stick(tmp_path / "old"))
    looked = slow.look(village.refresh)
    county.publish(releases[3])
    village.sync(county.folder)
    outcome = slow.carry_out(looked)
    assert village.versions() == {ID: 3}
    assert outcome.changes == ()


def test_no_way_back_leads_to_what_was_taken_back(county: County, village: Village, releases: dict[int, Path]) -> None:
    village.sync(county.folder)
    county.take_back(ID)
    county.publish(releases[2])
    village.sync(county.folder)
    assert village.versions() == {ID: 2}
    assert run(["rollback", ID, "--home", str(village.home)]) == 1
    assert village.versions() == {ID: 2}


def test_a_version_before_that_is_taken_back_later(county: County, village: Village, releases: dict[int, Path]) -> None:
    village.sync(county.folder)
    first = village.store.current(ID)
    county.publish(releases[2])
    village.sync(county.folder)
    _also_revoke(county, first.manifest.read_bytes())
    village.sync(county.folder)
    assert village.store.current(ID).previous is None
    assert not first.folder.exists()


def _also_revoke(county: County, manifest: bytes) -> None:
    repository = county.repository()
    targets = repository.edit_targets("targets")
    targets.signed.unrecognized_fields[REVOKED_RELEASES] = [sha256(manifest).hexdigest()]
    repository.shelf.write_draft("targets", targets)
    county.sign()


def test_a_new_version_that_fails_does_not_bring_back_what_was_taken_back(
    county: County, village: Village, releases: dict[int, Path]
) -> None:
    village.sync(county.folder)
    county.take_back(ID)
    county.publish(releases[2])

    def failing(pack: object, on_progress: object, cancel: object) -> None:
        raise SelfTestError("自己检查没有通过。")

    outcome = village.sync(county.folder, after_install=failing)
    assert outcome.result is Result.PARTLY
    assert village.versions() == {ID: 2}


@pytest.mark.parametrize("version", [9_999_999_999, 20_261_122_120_000, 2**53])
def test_a_publisher_who_counts_in_dates(tmp_path: Path, version: int) -> None:
    release = a_release(tmp_path / "pack", items=2, pictures=0, version=version).release
    store = PackStore(tmp_path / "home")
    assert install_release(release, store).pack.version == version
    assert store.current(ID).version == version
