"""A repository and a stick of the first format, as they were made when it was new: every later program reads them."""

from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from content_packs.manifest import decode_manifest
from content_packs.progress import CancelToken, ignore_progress
from content_packs.reader import PackReader
from content_packs.store import PackStore
from sync.folder import FolderSource
from sync.history import Result
from sync.mend import check_pack
from sync.run import Sync
from sync.sticks.contents import repositories_on
from sync.trust.client import refresh
from sync.trust.store import TrustStore
from tests.fixtures.format1.make import COUNTRY, COUNTY, HERE, NOW, REGION, TAKEN_BACK

BUILT = date(2026, 11, 22)
ROOT_SHA256 = "c312422e75e4ffb17935edc61d8c65c742a05dc5975684f640a1f8d778c484bd"
WHERE = ["repository", "stick"]


def place(name: str) -> Path:
    (found,) = repositories_on(HERE / name)
    return found


def a_kiosk(home: Path) -> TrustStore:
    """Return a kiosk of a program of that time, which believes this publisher."""
    store = TrustStore(home, built=BUILT)
    root = (HERE / "repository" / "metadata" / "1.root.json").read_bytes()
    store.set_root(root, ROOT_SHA256, NOW)
    return store


@pytest.mark.parametrize("name", WHERE)
@pytest.mark.parametrize("now", [NOW, datetime(2056, 1, 1, tzinfo=UTC)])
def test_it_is_believed_and_installed(name: str, now: datetime, tmp_path: Path) -> None:
    store = a_kiosk(tmp_path)
    job = Sync(
        tmp_path,
        FolderSource(place(name)),
        after_install=lambda pack, on_progress, cancel: None,
        on_progress=ignore_progress,
        cancel=CancelToken(),
    )
    outcome = job.carry_out(job.look(lambda source: refresh(store, source, REGION, now)))
    assert (outcome.result, outcome.troubles) == (Result.DONE, ())
    packs = {pack.pack_id: pack for pack in PackStore(tmp_path).installed()}
    assert {name: pack.version for name, pack in packs.items()} == {COUNTRY: 2, COUNTY: 1}
    assert all(check_pack(pack).is_sound for pack in packs.values())
    assert (packs[COUNTRY].origin.signer, packs[COUNTY].origin.signer) == ("targets", "35")
    with PackReader(packs[COUNTRY].content_db) as reader:
        assert reader.item_count == 3
        assert "第2版。" in str(reader.item("n-1").blocks)
        assert reader.item("n-3").recording
        for media in decode_manifest(packs[COUNTRY].manifest.read_bytes()).media:
            assert sha256(reader.media(media).data).hexdigest() == media


def test_what_was_taken_back_is_known(tmp_path: Path) -> None:
    offering = refresh(a_kiosk(tmp_path), FolderSource(place("repository")), REGION, NOW)
    assert TAKEN_BACK not in {offer.pack_id for offer in offering.offers}
    assert len(offering.revoked_for("35")) == 1


def test_it_is_small_and_without_keys() -> None:
    files = [path for path in HERE.rglob("*") if path.is_file()]
    assert len(files) > 30
    assert sum(path.stat().st_size for path in files) < 100_000
    assert not [path for path in files if b"PRIVATE KEY" in path.read_bytes() and path.suffix != ".py"]
