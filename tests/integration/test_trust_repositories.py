"""Whose repository it is: several publishers, other names, two syncs at once, disks and sources that refuse."""

from pathlib import Path

import pytest
from securesystemslib.signer import Signature, SSlibKey
from tuf.api.metadata import Metadata

from content_packs.errors import SiteError, SourceError
from sync.source import SourceGoneError, SourceWrongError
from tests.fakes.trusting_kiosk import ALL, DAY, Kiosk
from tests.fakes.tuf_repository import (
    TODAY,
    TufRepository,
    a_repository,
)


@pytest.fixture
def repository() -> TufRepository:
    return a_repository()


@pytest.fixture
def kiosk(tmp_path: Path, repository: TufRepository) -> Kiosk:
    return Kiosk(tmp_path / "home", repository)


def test_a_stick_of_another_province_is_named_as_such(kiosk: Kiosk) -> None:
    other = a_repository(name="cn.test.elsewhere")
    assert "cn.test.elsewhere" in kiosk.refuses(other.stick(), "T-417").why


def test_two_repositories_each_keep_to_their_own_root(kiosk: Kiosk, repository: TufRepository) -> None:
    other = a_repository(name="cn.test.other")
    other.trusted_by(kiosk.home)
    assert kiosk.look(repository.stick()).repository == "cn.test.fujian"
    assert kiosk.look(other.stick()).repository == "cn.test.other"
    liar = other.stick()
    liar.files["metadata/1.root.json"] = repository.files["metadata/1.root.json"]
    kiosk.refuses(liar, "T-406")
    kiosk.refuses(a_repository(name="cn.test.third").stick(), "T-417")
    nameless = other.stick()
    for root in (b"", b"[]", b'{"signed":{}}'):
        nameless.files["metadata/1.root.json"] = root
        kiosk.refuses(nameless, "T-415")


def test_a_root_that_changes_the_repositorys_name(kiosk: Kiosk, repository: TufRepository) -> None:
    repository.root.unrecognized_fields["x-cunkou-repository"] = "cn.test.other"
    kiosk.refuses(repository.new_root().stick(), "T-417")
    repository.root.unrecognized_fields["x-cunkou-repository"] = "../../etc"
    kiosk.refuses(repository.new_root().stick(), "T-407")


def test_a_root_without_consistent_snapshots(kiosk: Kiosk, repository: TufRepository) -> None:
    repository.root.consistent_snapshot = False
    kiosk.refuses(repository.new_root().stick(), "T-407")


def test_a_root_out_of_turn(kiosk: Kiosk, repository: TufRepository) -> None:
    stick = repository.new_root().new_root().stick()
    stick.files["metadata/2.root.json"] = stick.files["metadata/3.root.json"]
    kiosk.refuses(stick, "T-408")


def test_an_older_refresh_does_not_undo_a_newer_one(kiosk: Kiosk, repository: TufRepository) -> None:
    """Two syncs at once: the slower one was looking at an older state and is promoted last."""
    slower = kiosk.look(repository.stick())
    kiosk.sync(repository.add("nation", 2).publish().stick())
    before = kiosk.disk()
    slower.promote()
    assert kiosk.disk() == before


def test_an_older_refresh_under_the_same_new_root_does_not_either(kiosk: Kiosk, repository: TufRepository) -> None:
    kiosk.sync(repository.stick())
    repository.new_root(without="timestamp", floor=TODAY)
    slower = kiosk.look(repository.refresh().stick())
    kiosk.sync(repository.add("nation", 2).publish(issued=TODAY + DAY).stick())
    before = kiosk.disk()
    slower.promote()
    assert kiosk.disk() == before


def test_two_syncs_at_once_keep_the_later_day(kiosk: Kiosk, repository: TufRepository) -> None:
    slower = kiosk.look(repository.stick())
    other = a_repository(name="cn.test.other", issued=TODAY + 5 * DAY)
    other.trusted_by(kiosk.home)
    kiosk.sync(other.stick())
    slower.promote()
    assert kiosk.store.record().floor == TODAY + 5 * DAY


def test_a_refresh_says_what_day_it_proves(kiosk: Kiosk, repository: TufRepository) -> None:
    refreshed = kiosk.look(repository.refresh(issued=TODAY + DAY).stick())
    assert refreshed.floor == TODAY + DAY
    assert kiosk.store.record().floor == TODAY


def test_a_damaged_anchor_is_told(kiosk: Kiosk, repository: TufRepository) -> None:
    anchor = kiosk.home / "trust/cn.test.fujian/root.json"
    for wrong in (b"", b"{}", anchor.read_bytes()[:100]):
        anchor.write_bytes(wrong)
        kiosk.refuses(repository.stick(), "T-423")


def test_a_disk_that_refuses_is_told(kiosk: Kiosk, repository: TufRepository) -> None:
    refreshed = kiosk.look(repository.stick())
    (kiosk.home / "trust/cn.test.fujian/metadata").write_text("a file where a folder should be")
    with pytest.raises(SiteError):
        refreshed.promote()
    (kiosk.home / "trust/cn.test.fujian/metadata").unlink()
    assert kiosk.sync(repository.stick()) == ALL


def test_errors_of_the_source_pass_through(kiosk: Kiosk, repository: TufRepository) -> None:
    stick = repository.stick()
    for path in ("metadata/timestamp.json", "metadata/2.snapshot.json", "metadata/2.targets.json"):
        stick.trouble = {path: SourceWrongError("x")}
        with pytest.raises(SourceError):
            kiosk.look(stick)
    for path in ("metadata/2.root.json", "metadata/1.35.json"):
        stick.trouble = {path: SourceGoneError("x")}
        with pytest.raises(SourceGoneError):
            kiosk.look(stick)


def test_a_key_that_is_none(kiosk: Kiosk, repository: TufRepository) -> None:
    odd = SSlibKey("ab" * 32, "ed25519", "ed25519", {"public": "zz"})
    delegations = repository.change("targets").delegations
    assert delegations is not None
    assert delegations.roles is not None
    delegations.keys[odd.keyid] = odd
    delegations.roles["35"].keyids[:] = [odd.keyid]
    signature = Signature(odd.keyid, "00")
    metadata = Metadata(repository.targets["35"], {odd.keyid: signature})
    stick = repository.publish().stick()
    stick.files["metadata/1.35.json"] = metadata.to_bytes()
    refreshed = kiosk.look(stick)
    assert (refreshed.refused[0].name, refreshed.refused[0].error.telephone_code) == ("35", "T-406")


def test_a_key_of_a_kind_that_nobody_knows(kiosk: Kiosk, repository: TufRepository) -> None:
    """python-tuf reads no file that names one: a new kind of key needs a new program first."""
    odd = SSlibKey("ab" * 32, "alchemy", "gold", {"public": "zz"})
    delegations = repository.change("targets").delegations
    assert delegations is not None
    delegations.keys[odd.keyid] = odd
    kiosk.refuses(repository.publish().stick(), "T-407")
