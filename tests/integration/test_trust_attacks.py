"""The attacks of the TUF specification (section 1.5.2), told as stories: what the attacker holds, what the kiosk does.

A refused sync never changes what the kiosk believes: each story that ends in a refusal says so. Attacks on the clock
are in `test_trust_clock_attacks`, those of one region on another in `test_trust_regions`.
"""

from datetime import timedelta
from pathlib import Path

import pytest
from tuf.api.metadata import TargetFile

from content_packs.errors import TrustError
from sync.source import SourceGoneError, SourceWrongError
from sync.trust.client import refresh
from sync.trust.store import TrustStore
from tests.fakes.trusting_kiosk import ALL, DAY, Kiosk, both
from tests.fakes.tuf_repository import (
    NOW,
    REGION,
    TODAY,
    MemorySource,
    TufRepository,
    a_repository,
    at,
    new_key,
)


@pytest.fixture
def repository() -> TufRepository:
    return a_repository()


@pytest.fixture
def kiosk(tmp_path: Path, repository: TufRepository) -> Kiosk:
    return Kiosk(tmp_path / "home", repository)


# --- what ought to work -----------------------------------------------------------------------------------------------


def test_an_honest_repository_is_believed(kiosk: Kiosk, repository: TufRepository) -> None:
    refreshed = kiosk.look(repository.stick())
    assert [f"{offer.pack_id} {offer.version}" for offer in refreshed.offers] == ALL
    assert [offer.signer for offer in refreshed.offers] == ["targets", "35", "350122", REGION]
    assert {offer.repository for offer in refreshed.offers} == {"cn.test.fujian"}
    assert refreshed.refused == ()
    assert refreshed.issued == TODAY
    assert not refreshed.is_stale


def test_only_the_roles_of_this_region_are_fetched(kiosk: Kiosk, repository: TufRepository) -> None:
    repository.delegate("3502", by="35").delegate("350203", by="3502").add("other", region="350203", by="350203")
    repository.publish()
    server = repository.server()
    assert kiosk.sync(server) == ALL
    assert [path for path, _ in server.log if "3502" in path] == []


def test_nothing_new_costs_two_requests(kiosk: Kiosk, repository: TufRepository) -> None:
    kiosk.sync(repository.server())
    again = repository.server()
    assert kiosk.sync(again) == ALL
    assert [path for path, _ in again.log if path.startswith("metadata")] == [
        "metadata/2.root.json",
        "metadata/timestamp.json",
    ]


def test_a_role_that_changed_is_fetched_alone(kiosk: Kiosk, repository: TufRepository) -> None:
    kiosk.sync(repository.server())
    server = repository.add("pack-35", 2, region="35", by="35").publish().server()
    refreshed = kiosk.look(server)
    assert next(offer.version for offer in refreshed.offers if offer.pack_id == "pack-35") == 2
    assert [path for path, _ in server.log] == [
        "metadata/2.root.json",
        "metadata/timestamp.json",
        "metadata/3.snapshot.json",
        "metadata/2.35.json",
    ]


def test_without_a_root_nothing_is_believed(tmp_path: Path, repository: TufRepository) -> None:
    with pytest.raises(TrustError) as caught:
        refresh(TrustStore(tmp_path), repository.stick(), REGION, NOW)
    assert caught.value.telephone_code == "T-416"


# --- the attacks of the specification ---------------------------------------------------------------------------------


@pytest.mark.parametrize("is_stick", [True, False])
def test_rollback_attack(kiosk: Kiosk, repository: TufRepository, is_stick: bool) -> None:
    """An old, genuine copy is offered to a kiosk that has seen a newer one."""
    old = MemorySource(dict(repository.files), is_stick=is_stick)
    kiosk.sync(repository.add("nation", 2).publish().stick())
    assert "第 2 版" in kiosk.refuses(old, "T-401").why


def test_rollback_attack_by_the_timestamp_key_alone(kiosk: Kiosk, repository: TufRepository) -> None:
    """Whoever has stolen the timestamp's key signs a new timestamp that names an old snapshot."""
    kiosk.sync(repository.add("nation", 2).publish().stick())
    repository.snapshot.version -= 1
    kiosk.refuses(repository.refresh().stick(), "T-401")


def test_rollback_attack_by_the_snapshot_key(kiosk: Kiosk, repository: TufRepository) -> None:
    """With timestamp and snapshot keys, a new snapshot that names an old catalogue, or leaves one out."""
    kiosk.sync(repository.add("pack-35", 2, region="35", by="35").publish().stick())
    repository.targets["35"].version = 1
    kiosk.refuses(repository.publish().stick(), "T-401")
    del repository.targets["35"]
    kiosk.refuses(repository.publish().stick(), "T-401")


def test_rollback_attack_on_one_role(kiosk: Kiosk, repository: TufRepository) -> None:
    """The kept files were lost; the record still knows the version of each role that was ever installed."""
    kiosk.sync(repository.add("pack-35", 2, region="35", by="35").publish().stick())
    for path in (kiosk.home / "trust/cn.test.fujian/metadata").iterdir():
        path.unlink()
    repository.targets["35"].version = 1
    repository.snapshot.version += 1
    refreshed = kiosk.look(repository.publish().stick())
    assert [(one.name, one.error.telephone_code) for one in refreshed.refused] == [("35", "T-401")]


@pytest.mark.parametrize("role", ["timestamp", "snapshot"])
def test_freeze_attack(tmp_path: Path, repository: TufRepository, role: str) -> None:
    """A server goes on serving what was true once. The machine's clock is right, so the kiosk can tell."""
    late = Kiosk(tmp_path / "home", repository)
    if role == "snapshot":
        repository.refresh(expires=TODAY + timedelta(days=300))
    error = late.refuses(repository.server(), "T-402", now=at(TODAY + timedelta(days=40)))
    assert {"timestamp": "时间戳", "snapshot": "快照"}[role] in error.why


def test_freeze_attack_with_what_the_kiosk_has_already(kiosk: Kiosk, repository: TufRepository) -> None:
    kiosk.sync(repository.server())
    kiosk.refuses(repository.server(), "T-402", now=at(TODAY + timedelta(days=40)))
    repository.refresh(issued=TODAY + timedelta(days=39))
    kiosk.refuses(repository.server(), "T-402", now=at(TODAY + timedelta(days=40)))


def test_mix_and_match_attack(kiosk: Kiosk, repository: TufRepository) -> None:
    """Genuine files of two moments, put together: each is rightly signed, together they never existed."""
    old = dict(repository.files)
    repository.add("nation", 2).publish()
    mixed = repository.stick()
    mixed.files["metadata/3.targets.json"] = old["metadata/2.targets.json"]
    kiosk.refuses(mixed, "T-408")
    mixed = repository.stick()
    mixed.files["metadata/3.snapshot.json"] = old["metadata/2.snapshot.json"]
    kiosk.refuses(mixed, "T-408")


def test_mix_and_match_attack_on_a_delegation(kiosk: Kiosk, repository: TufRepository) -> None:
    old = repository.files["metadata/1.35.json"]
    stick = repository.add("pack-35", 2, region="35", by="35").publish().stick()
    stick.files["metadata/2.35.json"] = old
    refreshed = kiosk.look(stick)
    assert [(one.name, one.error.telephone_code) for one in refreshed.refused] == [("35", "T-408")]
    assert [offer.pack_id for offer in refreshed.offers] == ["nation"]


def test_mix_and_match_attack_with_hashes(kiosk: Kiosk, repository: TufRepository) -> None:
    """A snapshot that names hashes is held to them."""
    repository.timestamp.snapshot_meta.hashes = {"sha256": "0" * 64}
    repository.timestamp.version += 1
    repository.sign_timestamp()
    kiosk.refuses(repository.stick(), "T-408")


@pytest.mark.parametrize("role", ["root", "timestamp", "snapshot", "targets"])
def test_wrong_key_attack(kiosk: Kiosk, repository: TufRepository, role: str) -> None:
    """Somebody signs with a key of their own."""
    repository.keys[role] = [new_key()]
    repository.add("evil")
    if role == "root":
        repository.root.version += 1
        repository.sign_root()
    repository.publish()
    for source in both(repository):
        kiosk.refuses(source, "T-406")


def test_wrong_key_attack_on_a_delegation_leaves_the_others(kiosk: Kiosk, repository: TufRepository) -> None:
    repository.keys["350122"] = [new_key()]
    repository.add("evil", region="350122", by="350122").publish()
    refreshed = kiosk.look(repository.stick())
    assert [offer.pack_id for offer in refreshed.offers] == ["nation", "pack-35"]
    assert ("350122", "T-406") in [(one.name, one.error.telephone_code) for one in refreshed.refused]


def test_too_few_signatures(tmp_path: Path) -> None:
    """Two of three must sign; one alone is nobody."""
    repository = TufRepository()
    repository.keys["targets"].append(new_key())
    repository.root.add_key(repository.keys["targets"][1].public_key, "targets")
    repository.root.roles["targets"].threshold = 2
    repository.sign_root()
    kiosk = Kiosk(tmp_path / "home", repository)
    repository.add("nation").publish()
    assert kiosk.sync(repository.stick()) == ["nation 1"]
    repository.keys["targets"].pop()
    kiosk.refuses(repository.add("nation", 2).publish().stick(), "T-406")


def test_expired_attack_on_targets(tmp_path: Path, repository: TufRepository) -> None:
    """Expired top-level targets are refused from a stick and from a server."""
    repository.change("targets").expires = at(TODAY - DAY)
    repository.publish()
    kiosk = Kiosk(tmp_path / "home", repository)
    for source in both(repository):
        kiosk.refuses(source, "T-405")


def test_arbitrary_package_attack(kiosk: Kiosk, repository: TufRepository) -> None:
    """A mirror swaps the manifest for one of the same length, of another, or removes it."""
    stick = repository.stick()
    refreshed = kiosk.look(stick)
    offer = refreshed.offers[0]
    (path,) = [path for path in stick.files if offer.sha256 in path]
    honest = stick.files[path]
    for wrong in (bytes(len(honest)), honest[:-1], b""):
        stick.files[path] = wrong
        with pytest.raises(TrustError) as caught:
            refreshed.manifest(offer)
        assert caught.value.telephone_code == "T-412"
    stick.files[path] = honest + b"x"
    with pytest.raises(SourceWrongError):
        refreshed.manifest(offer)
    del stick.files[path]
    with pytest.raises(TrustError) as caught:
        refreshed.manifest(offer)
    assert caught.value.telephone_code == "T-414"


@pytest.mark.parametrize(
    "manifest", [b'{"pack":{"id":"nation","version":9}}', b'{"pack":{"id":"other","version":1}}', b"["]
)
def test_arbitrary_package_attack_by_a_signer(kiosk: Kiosk, repository: TufRepository, manifest: bytes) -> None:
    """A signer puts another pack's manifest under the path of this one."""
    target = repository.change("targets").targets["packs/nation.json"]
    described = target.unrecognized_fields
    bent = TargetFile.from_data("packs/nation.json", manifest)
    bent.unrecognized_fields = described
    repository.targets["targets"].targets["packs/nation.json"] = bent
    repository.files[f"targets/packs/{bent.hashes['sha256']}.nation.json"] = manifest
    refreshed = kiosk.look(repository.publish().stick())
    with pytest.raises(TrustError) as caught:
        refreshed.manifest(refreshed.offers[0])
    assert caught.value.telephone_code == "T-413"


class Endless(MemorySource):
    """A source that keeps no limit."""

    def fetch(self, path: str, limit: int) -> bytes:
        return super().fetch(path, limit) if path != self.label else b"[" * (limit + 1)


@pytest.mark.parametrize("name", ["2.root", "timestamp", "2.snapshot", "2.targets", "1.35"])
def test_endless_data_attack(kiosk: Kiosk, repository: TufRepository, name: str) -> None:
    """A file that does not end is read up to its limit, and refused whatever the source itself lets through."""
    endless = Endless(dict(repository.files), label=f"metadata/{name}.json")
    if name == "1.35":
        assert [one.error.telephone_code for one in kiosk.look(endless).refused] == ["T-409"]
    else:
        kiosk.refuses(endless, "T-409")


@pytest.mark.parametrize("name", ["timestamp", "2.snapshot", "2.targets"])
def test_endless_data_attack_through_an_honest_source(kiosk: Kiosk, repository: TufRepository, name: str) -> None:
    padded = repository.stick()
    padded.files[f"metadata/{name}.json"] = b" " * (5 * 1024 * 1024)
    with pytest.raises(SourceWrongError):
        kiosk.look(padded)


def test_a_root_that_the_server_will_not_give_is_not_there(kiosk: Kiosk, repository: TufRepository) -> None:
    """Some stores of files answer 403 for what they do not have; the next root is asked for at every sync."""
    server = repository.server()
    server.trouble = {"metadata/2.root.json": SourceWrongError("403")}
    assert kiosk.sync(server) == ALL


def test_a_region_whose_file_is_too_large_is_left_out(kiosk: Kiosk, repository: TufRepository) -> None:
    """One township's trouble does not end the syncs of everybody in it."""
    repository.change(REGION).unrecognized_fields["x-padding"] = "x" * (1024 * 1024)
    refreshed = kiosk.look(repository.publish().stick())
    assert [offer.pack_id for offer in refreshed.offers] == ["nation", "pack-35", "pack-350122"]
    assert [(one.name, one.error.telephone_code) for one in refreshed.refused] == [(REGION, "T-425")]


def test_slow_retrieval_attack(kiosk: Kiosk, repository: TufRepository) -> None:
    """A server that sends too slowly is given up by the source; nothing is kept, and the next sync is whole."""
    server = repository.server()
    before = kiosk.disk()
    for path in ("metadata/timestamp.json", "metadata/2.snapshot.json", "metadata/1.350122.json"):
        server.trouble = {path: SourceGoneError("太慢，先停了。")}
        with pytest.raises(SourceGoneError):
            kiosk.sync(server)
        assert kiosk.disk() == before
    server.trouble = {}
    assert kiosk.sync(server) == ALL


def test_key_compromise(kiosk: Kiosk, repository: TufRepository) -> None:
    """The targets key was stolen and used. A new root takes it away: what it signed since is refused."""
    kiosk.sync(repository.stick())
    stolen = repository.keys["targets"]
    repository.new_root(without="targets")
    honest = repository.add("nation", 2).publish().stick()
    repository.keys["targets"] = stolen
    forged = repository.add("nation", 3).publish().stick()
    kiosk.refuses(forged, "T-406")
    assert kiosk.sync(honest)[0] == "nation 2"


def test_key_compromise_with_versions_run_ahead(kiosk: Kiosk, repository: TufRepository) -> None:
    """A stolen timestamp key had signed version 1,000,000, so that no honest one would count; the new root mends it."""
    repository.timestamp.version = 1_000_000
    kiosk.sync(repository.refresh().stick())
    repository.timestamp.version = 10
    kiosk.refuses(repository.refresh().stick(), "T-401")
    repository.new_root(without="timestamp")
    assert kiosk.sync(repository.refresh().stick()) == ALL
    assert kiosk.store.record().seen[repository.name]["timestamp"] == repository.timestamp.version
    kiosk.refuses(MemorySource(a_copy_with_older_timestamp(repository)), "T-401")


def test_key_compromise_is_not_remembered_by_an_older_record(kiosk: Kiosk, repository: TufRepository) -> None:
    """The record's newer slot is spoilt later; the older one still holds the thief's version, from before the root."""
    repository.timestamp.version = 1_000_000
    kiosk.sync(repository.refresh().stick())
    repository.timestamp.version = 10
    kiosk.sync(repository.new_root(without="timestamp").refresh().stick())
    newest = max((kiosk.home / "trust").glob("floor.*.json"), key=lambda path: path.stat().st_mtime_ns)
    newest.write_bytes(b"")
    assert kiosk.store.record().seen[repository.name]["timestamp"] > 1_000_000
    assert kiosk.sync(repository.refresh().stick()) == ALL


def a_copy_with_older_timestamp(repository: TufRepository) -> dict[str, bytes]:
    files = dict(repository.files)
    repository.timestamp.version -= 2
    files["metadata/timestamp.json"] = repository.refresh().files["metadata/timestamp.json"]
    return files


def test_key_compromise_with_a_regions_version_run_ahead(kiosk: Kiosk, repository: TufRepository) -> None:
    """A township's version was run ahead, too. A new root frees it, even if the township only comes back later."""
    repository.change(REGION).version = 1_000_000
    kiosk.sync(repository.publish().stick())
    repository.targets[REGION].version = 3
    repository.new_root(without="snapshot").add(f"pack-{REGION}", 2, region=REGION, by=REGION)
    kept = repository.publish().stick()
    del kept.files["metadata/3.350122001.json"]
    assert kiosk.sync(kept) == ALL[:3]
    assert kiosk.sync(repository.stick()) == [*ALL[:3], f"pack-{REGION} 2"]


def test_key_compromise_of_a_township(kiosk: Kiosk, repository: TufRepository) -> None:
    """The county takes the township's key away; the thief's file counts no more, and the rest goes on."""
    kiosk.sync(repository.stick())
    stolen = repository.keys[REGION]
    repository.keys[REGION] = [new_key()]
    repository.delegate(REGION, by="350122").publish()
    repository.keys[REGION] = stolen
    refreshed = kiosk.look(repository.add(f"pack-{REGION}", 2, region=REGION, by=REGION).publish().stick())
    assert [offer.pack_id for offer in refreshed.offers] == ["nation", "pack-35", "pack-350122"]
    assert (REGION, "T-406") in [(one.name, one.error.telephone_code) for one in refreshed.refused]
