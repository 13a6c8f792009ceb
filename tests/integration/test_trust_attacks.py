"""Every attack that the sync must withstand, told as a story: what the attacker holds, what the kiosk makes of it.

The attacks are those of the TUF specification (section 1.5.2) and those on a clock that nobody looks after. A refused
sync never changes what the kiosk believes: each story that ends in a refusal says so.
"""

import errno
import os
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from threading import Thread
from time import process_time
from typing import Any

import pytest
from securesystemslib.signer import Signature, SSlibKey
from tuf.api.metadata import DelegatedRole, Metadata, TargetFile, Targets

from content_packs.errors import SiteError, SourceError, TrustError
from sync.folder import FolderSource
from sync.layout import delegated_patterns, target_path
from sync.network import HttpSource
from sync.source import PackSource, SourceGoneError, SourceWrongError
from sync.trust.client import Refreshed, refresh
from sync.trust.limits import ROLES_VISITED
from sync.trust.store import TrustStore
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

DAY = timedelta(days=1)


class Kiosk:
    """A kiosk in a township that trusts one repository."""

    def __init__(self, home: Path, repository: TufRepository, *, built: date = TODAY) -> None:
        self.home = home
        self.store = repository.trusted_by(home, built=built)

    def look(self, source: PackSource, *, now: datetime = NOW) -> Refreshed:
        return refresh(self.store, source, REGION, now)

    def sync(self, source: PackSource, *, now: datetime = NOW) -> list[str]:
        """Take over what a source offers; return ids with versions."""
        refreshed = self.look(source, now=now)
        for offer in refreshed.offers:
            refreshed.manifest(offer)
        refreshed.promote()
        return [f"{offer.pack_id} {offer.version}" for offer in refreshed.offers]

    def refuses(self, source: PackSource, code: str, *, now: datetime = NOW) -> TrustError:
        """Assert that a source is refused with a code and changes nothing on the disk."""
        before = self.disk()
        with pytest.raises(TrustError) as caught:
            self.look(source, now=now)
        assert caught.value.telephone_code == code, caught.value
        assert caught.value.what
        assert caught.value.todo
        assert self.disk() == before
        return caught.value

    def disk(self) -> dict[str, bytes]:
        return {str(path.relative_to(self.home)): path.read_bytes() for path in self.home.rglob("*") if path.is_file()}


@pytest.fixture
def repository() -> TufRepository:
    return a_repository()


@pytest.fixture
def kiosk(tmp_path: Path, repository: TufRepository) -> Kiosk:
    return Kiosk(tmp_path / "home", repository)


ALL = ["nation 1", "pack-35 1", "pack-350122 1", f"pack-{REGION} 1"]


def both(repository: TufRepository) -> tuple[MemorySource, MemorySource]:
    """Return the same files on a stick and on a server."""
    return repository.stick(), repository.server()


# --- what ought to work ----------------------------------------------------------------------------------------------


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


# --- the attacks of the specification --------------------------------------------------------------------------------


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


# --- attacks on a clock that nobody looks after ----------------------------------------------------------------------


def test_stolen_timestamp_key_dated_2099(kiosk: Kiosk, repository: TufRepository) -> None:
    """It would end all later syncs if the kiosk believed that 2099 had come."""
    kiosk.sync(repository.stick())
    repository.refresh(issued=date(2099, 1, 1), expires=date(2099, 3, 1))
    for source in both(repository):
        assert "2099" in kiosk.refuses(source, "T-411").why
    repository.refresh()
    assert kiosk.sync(repository.stick()) == ALL


def test_timestamp_dated_after_its_own_end(kiosk: Kiosk, repository: TufRepository) -> None:
    repository.refresh(issued=TODAY + 60 * DAY, expires=TODAY + 60 * DAY)
    kiosk.refuses(repository.stick(), "T-410")


@pytest.mark.parametrize("value", [None, "", "2026-13-01", 20261122, ["2026-11-22"]])
def test_timestamp_without_a_date(kiosk: Kiosk, repository: TufRepository, value: Any) -> None:
    repository.timestamp.unrecognized_fields["x-cunkou-issued"] = value
    repository.timestamp.version += 1
    repository.sign_timestamp()
    kiosk.refuses(repository.stick(), "T-407")


def test_recovery_by_a_new_root(kiosk: Kiosk, repository: TufRepository) -> None:
    """Recovery: 390 days were stolen. A new root takes the key away and sets the floor back; once, not at each sync."""
    stolen_day = TODAY + timedelta(days=390)
    for role in ("targets", "35", "3501", "350122", REGION):
        repository.change(role).expires = at(stolen_day + 30 * DAY)
    kiosk.sync(repository.publish(issued=stolen_day).stick())
    assert kiosk.store.record().floor == stolen_day
    late = repository.new_root(without="timestamp").refresh(issued=TODAY + DAY).server()
    kiosk.refuses(late, "T-402")
    repository.new_root(floor=TODAY + DAY, issued=TODAY + DAY)
    kiosk.sync(repository.publish(issued=TODAY + DAY).server())
    assert kiosk.store.record().floor == TODAY + DAY
    kiosk.sync(repository.refresh(issued=TODAY + 20 * DAY).server())
    kiosk.sync(repository.server())
    assert kiosk.store.record().floor == TODAY + 20 * DAY
    other = a_repository(name="cn.test.other", issued=TODAY + 25 * DAY)
    other.trusted_by(kiosk.home)
    kiosk.sync(other.server())
    assert kiosk.look(repository.server()).floor == TODAY + 25 * DAY


def test_a_root_cannot_set_the_floor_below_the_program(kiosk: Kiosk, repository: TufRepository) -> None:
    kiosk.sync(repository.new_root(floor=date(1999, 1, 1)).stick())
    assert kiosk.store.record().floor == TODAY


def test_only_the_root_may_set_the_floor(kiosk: Kiosk, repository: TufRepository) -> None:
    kiosk.sync(repository.refresh(issued=TODAY + 9 * DAY).stick())
    repository.timestamp.unrecognized_fields["x-cunkou-floor"] = TODAY.isoformat()
    kiosk.sync(repository.refresh(issued=TODAY + 3 * DAY).stick())
    assert kiosk.store.record().floor == TODAY + 9 * DAY


def test_township_dated_2099(kiosk: Kiosk, repository: TufRepository) -> None:
    """A township writes an issue date into its own catalogue: nobody reads one there."""
    repository.change(REGION).unrecognized_fields["x-cunkou-issued"] = "2099-01-01"
    repository.targets[REGION].expires = at(date(2100, 1, 1))
    assert kiosk.sync(repository.publish().stick()) == ALL
    assert kiosk.store.record().floor == TODAY


def test_lying_date_header(kiosk: Kiosk, repository: TufRepository, tmp_path: Path) -> None:
    """A real server says that it is 2099, then 1970. No code path reads it: nothing expires and the floor stays."""
    folder = repository.write_to(tmp_path / "www")
    for lie in ("Thu, 01 Jan 2099 00:00:00 GMT", "Thu, 01 Jan 1970 00:00:00 GMT"):
        with Liar(folder, lie) as url:
            source = HttpSource(url)
            assert kiosk.sync(source) == ALL
            source.close()
        assert kiosk.store.record().floor == TODAY


class Liar:
    """An HTTP server that sends a false date with everything."""

    def __init__(self, folder: Path, lie: str) -> None:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = folder / self.path.lstrip("/")
                data = path.read_bytes() if path.is_file() else b""
                self.send_response_only(200 if path.is_file() else 404)
                self.send_header("Date", lie)
                self.send_header("Last-Modified", lie)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *unused: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})

    def __enter__(self) -> str:
        self._thread.start()
        return f"http://127.0.0.1:{self._server.server_port}/"

    def __exit__(self, *unused: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.mark.parametrize("clock", [datetime(1970, 1, 1, tzinfo=UTC), datetime(2099, 6, 1, tzinfo=UTC)])
def test_dead_clock(kiosk: Kiosk, repository: TufRepository, clock: datetime) -> None:
    """An empty battery says 1970, a wrong hand 2099: then only the floor counts, and the sync goes on."""
    for source in both(repository):
        assert kiosk.sync(source, now=clock) == ALL
    assert kiosk.store.record().floor == TODAY


def test_a_clock_that_runs_ahead_ends_nothing_on_a_stick(kiosk: Kiosk, repository: TufRepository) -> None:
    assert kiosk.sync(repository.stick(), now=at(TODAY + 200 * DAY)) == ALL


def test_expired_root(tmp_path: Path, repository: TufRepository) -> None:
    """Refused on stick and network; what is installed is none of its business."""
    kiosk = Kiosk(tmp_path / "home", repository, built=TODAY + 731 * DAY)
    for source in both(repository):
        kiosk.refuses(source, "T-404", now=at(TODAY + 732 * DAY))
    repository.new_root(issued=TODAY + 731 * DAY)
    for role in repository.targets:
        repository.change(role).expires = at(TODAY + 999 * DAY)
    assert kiosk.sync(repository.publish(issued=TODAY + 732 * DAY).stick()) == ALL


def test_a_root_that_ends_before_the_timestamp_was_signed(kiosk: Kiosk, repository: TufRepository) -> None:
    """What a file itself proves counts for its own refresh."""
    repository.root.version = 2
    repository.root.expires = at(TODAY + 10 * DAY)
    repository.sign_root()
    kiosk.refuses(repository.refresh(issued=TODAY + 20 * DAY).stick(), "T-404")


@pytest.mark.parametrize("is_stick", [True, False])
def test_expired_delegation(kiosk: Kiosk, repository: TufRepository, is_stick: bool) -> None:
    """The county forgot to sign: its packs and its townships' are refused on both ways, the province's go on."""
    repository.change("350122").expires = at(TODAY)
    repository.publish()
    refreshed = kiosk.look(MemorySource(dict(repository.files), is_stick=is_stick))
    assert [offer.pack_id for offer in refreshed.offers] == ["nation", "pack-35"]
    assert ("350122", "T-405") in [(one.name, one.error.telephone_code) for one in refreshed.refused]


@pytest.mark.parametrize("role", ["timestamp", "snapshot"])
def test_expired_stick_with_something_newer(kiosk: Kiosk, repository: TufRepository, role: str) -> None:
    """A stick that travelled too long is better than nothing: accepted, and shown with its date."""
    kiosk.sync(repository.stick())
    other = a_repository(name="cn.test.other")
    other.trusted_by(kiosk.home)
    late = other.publish(issued=TODAY + 60 * DAY).stick()
    kiosk.sync(late)
    assert kiosk.store.record().floor == TODAY + 60 * DAY
    repository.add("nation", 2).publish(issued=TODAY + 5 * DAY)
    if role == "snapshot":
        repository.refresh(issued=TODAY + 5 * DAY, expires=TODAY + 99 * DAY)
    refreshed = kiosk.look(repository.stick())
    assert refreshed.is_stale
    assert refreshed.issued == TODAY + 5 * DAY
    assert refreshed.offers[0].version == 2
    kiosk.refuses(repository.server(), "T-402")
    refreshed.promote()
    assert kiosk.store.record().floor == TODAY + 60 * DAY
    kiosk.refuses(repository.stick(), "T-403")


def test_expired_stick_with_something_older(kiosk: Kiosk, repository: TufRepository) -> None:
    """Newer in one place and older in another is refused."""
    kiosk.sync(repository.add("pack-35", 2, region="35", by="35").publish().stick())
    other = a_repository(name="cn.test.other")
    other.trusted_by(kiosk.home)
    kiosk.sync(other.publish(issued=TODAY + 60 * DAY).stick())
    repository.add("nation", 2)
    repository.targets["35"].version = 1
    kiosk.refuses(repository.publish().stick(), "T-401")


def test_a_kiosk_that_slept_for_years_follows_the_roots(kiosk: Kiosk, repository: TufRepository) -> None:
    """Each root may lie 400 days past the one before; without them the jump is refused."""
    years = [TODAY + timedelta(days=365 * year) for year in (1, 2, 3)]
    for role in repository.targets:
        repository.change(role).expires = at(years[-1] + 99 * DAY)
    jump = repository.publish(issued=years[-1]).stick()
    kiosk.refuses(jump, "T-411")
    for day in years:
        repository.new_root(issued=day)
    assert kiosk.sync(repository.stick()) == ALL
    assert kiosk.store.record().floor == years[-1]


def test_a_root_dated_2099_is_mended_by_the_next(kiosk: Kiosk, repository: TufRepository) -> None:
    repository.new_root(issued=date(2099, 1, 1))
    kiosk.refuses(repository.stick(), "T-411")
    assert kiosk.sync(repository.new_root(issued=TODAY + DAY).stick()) == ALL
    assert kiosk.store.record().floor == TODAY + DAY


# --- sticks and power cuts -------------------------------------------------------------------------------------------


def test_older_complete_stick_after_newer_incomplete_one(kiosk: Kiosk, repository: TufRepository) -> None:
    """The newer stick lacks a manifest, so that nothing of it was installed: the older one must still be welcome."""
    complete = repository.stick()
    newer = repository.add("nation", 2).publish().stick()
    newer.files = {path: data for path, data in newer.files.items() if not path.startswith("targets/")}
    refreshed = kiosk.look(newer)
    with pytest.raises(TrustError):
        refreshed.manifest(refreshed.offers[0])
    assert kiosk.sync(complete) == ALL


@pytest.mark.parametrize("names", [("timestamp", "snapshot"), ("timestamp", "snapshot", "targets", "35")])
def test_metadata_emptied_by_a_power_cut(kiosk: Kiosk, repository: TufRepository, names: tuple[str, ...]) -> None:
    """python-tuf alone would now accept an old stick; our own record of the highest versions does not."""
    old = repository.stick()
    newer = repository.add("nation", 2).publish().stick()
    kiosk.sync(newer)
    for name in names:
        path = kiosk.home / f"trust/cn.test.fujian/metadata/{name}.json"
        path.write_bytes(bytes(path.stat().st_size))
    kiosk.refuses(old, "T-401")
    assert kiosk.sync(newer)[0] == "nation 2"


@pytest.mark.parametrize("call", ["fsync", "replace", "open"])
def test_a_disk_that_fails_anywhere_while_promoting(
    tmp_path: Path, repository: TufRepository, call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each call fails once in turn: the next sync succeeds, and what was seen before is never forgotten."""
    original = dict(repository.files)
    older = repository.add("nation", 2).publish().stick()
    newer = repository.add("nation", 3).new_root(without="timestamp").publish().stick()
    real, left = getattr(os, call), 0

    def failing(*arguments: Any, **named: Any) -> Any:
        nonlocal left
        left -= 1
        if left == 0:
            raise OSError(errno.EIO, "EIO")
        return real(*arguments, **named)

    failures = 0
    for number in range(1, 200):
        kiosk = Kiosk(tmp_path / f"home{number}", repository)
        kiosk.sync(older)
        refreshed = kiosk.look(newer)
        monkeypatch.setattr(os, call, failing)
        left = number
        try:
            refreshed.promote()
        except SiteError:
            failures += 1
        monkeypatch.undo()
        kiosk.refuses(MemorySource(original), "T-401")
        assert kiosk.sync(newer)[0] == "nation 3"
        if left > 0:
            break
    assert failures >= {"fsync": 10, "replace": 5, "open": 10}[call]
    assert left > 0


def test_a_spoilt_slot_of_the_record_leaves_the_one_before(kiosk: Kiosk, repository: TufRepository) -> None:
    old = repository.stick()
    kiosk.sync(repository.add("nation", 2).publish().stick())
    newest = max((kiosk.home / "trust").glob("floor.*.json"), key=lambda path: path.stat().st_mtime_ns)
    kiosk.sync(repository.add("nation", 3).publish().stick())
    written = max((kiosk.home / "trust").glob("floor.*.json"), key=lambda path: path.stat().st_mtime_ns)
    assert written != newest
    written.write_bytes(b"\0" * 100)
    for path in (kiosk.home / "trust/cn.test.fujian/metadata").iterdir():
        path.unlink()
    kiosk.refuses(old, "T-401")


def test_a_record_that_is_lost_altogether_is_found_again_in_the_roots(tmp_path: Path) -> None:
    """Both slots are spoilt, years after the program was made: the floor comes back, and the sync goes on."""
    late = TODAY + 900 * DAY
    repository = a_repository(issued=late)
    store = TrustStore(tmp_path, built=TODAY)
    store.set_root(*repository.anchor(), at(late))
    repository.new_root(issued=late + 300 * DAY).publish(issued=late + 310 * DAY)
    refresh(store, repository.stick(), REGION, NOW).promote()
    for slot in (tmp_path / "trust").glob("floor.*.json"):
        slot.write_bytes(bytes(300))
    assert store.record().floor == TODAY
    refresh(store, repository.stick(), REGION, NOW).promote()
    assert store.record().floor == late + 310 * DAY


def test_a_stick_without_an_old_root_is_no_way_back(kiosk: Kiosk, repository: TufRepository) -> None:
    """Kept roots were lost. A stick with fewer roots than we have seen is refused; with all of them it serves."""
    old = repository.stick()
    repository.new_root(without="timestamp").refresh()
    kiosk.sync(repository.stick())
    (kiosk.home / "trust/cn.test.fujian/roots/2.root.json").unlink()
    assert "根证书" in kiosk.refuses(old, "T-401").why
    assert kiosk.sync(repository.stick()) == ALL


def test_an_old_stick_from_before_a_change_of_keys_is_told_as_old(kiosk: Kiosk, repository: TufRepository) -> None:
    """Its signatures no longer fit, for a harmless reason: nobody should be told to distrust the county."""
    old = repository.stick()
    kiosk.sync(repository.new_root(without="timestamp").refresh().stick())
    kiosk.refuses(old, "T-401")


def test_many_roots_are_taken_over_in_several_syncs(
    kiosk: Kiosk, repository: TufRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An attacker who could serve roots for ever would hold a kiosk up; an honest chain goes on next time."""
    monkeypatch.setattr("sync.trust.verifier.ROOT_STEPS", 2)
    for _ in range(3):
        repository.new_root()
    for version in (3, 4, 4):
        assert kiosk.sync(repository.stick()) == ALL
        assert kiosk.store.record().seen[repository.name]["root"] == version


def test_a_pulled_stick_is_no_refusal(kiosk: Kiosk, repository: TufRepository, tmp_path: Path) -> None:
    """A real folder on a real disk, whose base goes away: trying again is what to do, not distrust."""
    folder = repository.write_to(tmp_path / "stick")
    source = FolderSource(folder)
    assert kiosk.sync(source) == ALL
    folder.rename(tmp_path / "pulled")
    with pytest.raises(SourceGoneError):
        kiosk.look(source)


def test_an_incomplete_stick_says_what_is_missing(kiosk: Kiosk, repository: TufRepository) -> None:
    stick = repository.stick()
    del stick.files["metadata/2.snapshot.json"]
    assert "2.snapshot.json" in kiosk.refuses(stick, "T-414").why
    del stick.files["metadata/timestamp.json"]
    kiosk.refuses(stick, "T-415")


# --- who may speak for what ------------------------------------------------------------------------------------------


def test_township_that_claims_a_countys_pack_path(kiosk: Kiosk, repository: TufRepository) -> None:
    """It signs a target in the county's folder: nobody delegated that to it."""
    repository.add("pack-350122", 9, region="350122", by=REGION).publish()
    refreshed = kiosk.look(repository.stick())
    assert [(offer.version, offer.signer) for offer in refreshed.offers if offer.pack_id == "pack-350122"] == [
        (1, "350122")
    ]
    repository.add("brand-new", region="350122", by=REGION).publish()
    assert "brand-new" not in [offer.pack_id for offer in kiosk.look(repository.stick()).offers]


def test_township_that_claims_a_countys_pack_id(kiosk: Kiosk, repository: TufRepository) -> None:
    """In its own folder it may use any id; the offer says whose it is, and the county's comes first."""
    repository.add("pack-350122", 9, region=REGION, by=REGION).publish()
    same = [offer for offer in kiosk.look(repository.stick()).offers if offer.pack_id == "pack-350122"]
    assert [(offer.region, offer.signer, offer.version) for offer in same] == [
        ("350122", "350122", 1),
        (REGION, REGION, 9),
    ]


def test_township_that_takes_back_its_countys_release(kiosk: Kiosk, repository: TufRepository) -> None:
    offers = kiosk.look(repository.stick()).offers
    county, township = offers[2], offers[3]
    repository.change(REGION).unrecognized_fields["x-cunkou-revoked"] = [county.sha256, township.sha256]
    refreshed = kiosk.look(repository.publish().stick())
    assert [offer.pack_id for offer in refreshed.offers] == ["nation", "pack-35", "pack-350122"]
    assert refreshed.revoked_for("350122") == frozenset()
    assert refreshed.revoked_for(REGION) == {county.sha256, township.sha256}


def test_province_that_takes_back_a_release(kiosk: Kiosk, repository: TufRepository) -> None:
    township = kiosk.look(repository.stick()).offers[3]
    repository.change("35").unrecognized_fields["x-cunkou-revoked"] = [township.sha256]
    refreshed = kiosk.look(repository.publish().stick())
    assert refreshed.revoked_for(REGION) == {township.sha256}
    assert f"pack-{REGION}" not in [offer.pack_id for offer in refreshed.offers]


def test_township_that_calls_a_delegate_by_its_provinces_code(kiosk: Kiosk, tmp_path: Path) -> None:
    """Otherwise its delegate could take back what the province has published."""
    repository = TufRepository(name="cn.test.small").delegate("350122").delegate("35", by="350122")
    repository.add("pack-350122", region="350122", by="350122").publish()
    small = Kiosk(tmp_path / "small", repository)
    sha256 = small.look(repository.stick()).offers[0].sha256
    repository.change("35").unrecognized_fields["x-cunkou-revoked"] = [sha256]
    refreshed = small.look(repository.publish().stick())
    assert [offer.pack_id for offer in refreshed.offers] == ["pack-350122"]
    assert refreshed.revoked_for("350122") == frozenset()


def test_terminating_delegations(tmp_path: Path) -> None:
    """Once the province was asked, nobody further down the list may answer in its place."""
    repository = TufRepository().delegate("35").delegate("3501")
    repository.add("news", region="3501", by="3501").publish()
    kiosk = Kiosk(tmp_path / "home", repository)
    assert kiosk.look(repository.stick()).offers == ()
    repository.delegate("35", terminating=False).publish()
    assert [offer.signer for offer in kiosk.look(repository.stick()).offers] == ["3501"]


def test_a_role_of_another_name_in_front(tmp_path: Path) -> None:
    """A delegation earlier in the list wins, whatever it is called; its packs are no region's, so none is offered."""
    repository = TufRepository()
    repository.delegate("helper", paths=list(delegated_patterns("35"))).delegate("35")
    repository.add("news", region="35", by="35").publish()
    kiosk = Kiosk(tmp_path / "home", repository)
    assert kiosk.look(repository.stick()).offers == ()
    repository.add("news", 2, region="35", by="helper").publish()
    assert kiosk.look(repository.stick()).offers == ()


def test_a_role_in_front_that_fails_hides_what_is_behind_it(tmp_path: Path) -> None:
    """TUF asks it first, so nobody knows what it would have said; the trouble is told once."""
    repository = TufRepository().delegate("3501", terminating=False).delegate("35")
    repository.change("3501").expires = at(TODAY)
    repository.add("prefecture", region="3501", by="35").add("province", region="35", by="35").publish()
    kiosk = Kiosk(tmp_path / "home", repository)
    refreshed = kiosk.look(repository.stick())
    assert [offer.pack_id for offer in refreshed.offers] == ["province"]
    assert [(one.name, one.error.telephone_code) for one in refreshed.refused] == [("3501", "T-405")]


def test_a_region_that_two_delegate_to_is_heard_once(tmp_path: Path) -> None:
    repository = TufRepository().delegate("35", terminating=False).delegate("3501").delegate("3501", by="35")
    repository.add("prefecture", region="3501", by="3501").publish()
    kiosk = Kiosk(tmp_path / "home", repository)
    assert kiosk.sync(repository.stick()) == ["prefecture 1"]


def test_circular_delegations_end(kiosk: Kiosk, repository: TufRepository) -> None:
    for parent, child in (("3501", "35"), (REGION, "350122"), (REGION, REGION)):
        repository.delegate(child, by=parent, terminating=False)
    repository.publish()
    assert kiosk.sync(repository.stick())[:2] == ALL[:2]


def test_a_search_in_a_circle_ends(tmp_path: Path) -> None:
    """Two roles delegate everything to each other, and neither has what is looked for."""
    everything = list(delegated_patterns("35"))
    repository = TufRepository().delegate("35", paths=everything, terminating=False).delegate("350122")
    repository.delegate("3501", by="35", paths=everything, terminating=False)
    repository.delegate("35", by="3501", paths=everything, terminating=False)
    repository.add("lost", region="35", by="350122").publish()
    kiosk = Kiosk(tmp_path / "home", repository)
    refreshed = kiosk.look(repository.stick())
    assert (refreshed.offers, refreshed.refused) == ((), ())


@pytest.mark.parametrize(("length", "is_found"), [(ROLES_VISITED - 1, True), (ROLES_VISITED, False)])
def test_depth_of_delegations_is_bounded(tmp_path: Path, length: int, is_found: bool) -> None:
    """As many roles as TUF's client visits are asked for one path, and not one more."""
    repository = TufRepository()
    for above, below in pairwise(["targets", *(f"r{number}" for number in range(length))]):
        repository.delegate(below, by=above, paths=["packs/35/*.json"], terminating=False)
    repository.delegate("35").add("deep", region="35", by="35").publish()
    kiosk = Kiosk(tmp_path / "home", repository)
    server = repository.server()
    assert bool(kiosk.look(server).offers) == is_found
    assert len(server.log) < ROLES_VISITED + 6


def test_thousands_of_roles(tmp_path: Path) -> None:
    """More delegates than any region has are refused; as many as fit are looked through quickly."""
    repository = TufRepository().delegate("35")
    roles = repository.change("targets").delegations.roles  # type: ignore[union-attr]
    assert roles is not None
    one = roles["35"]
    for number in range(2_000):
        name = f"x{number}"
        roles[name] = DelegatedRole(name, list(one.keyids), 1, terminating=False, paths=[f"packs/{number:06}/*.json"])
    kiosk = Kiosk(tmp_path / "home", repository)
    kiosk.refuses(repository.publish().stick(), "T-418")
    del roles["x0"]
    repository.add("news", region="35", by="35")
    repository.change("targets")
    assert kiosk.sync(repository.publish().stick()) == ["news 1"]


def _many_packs(repository: TufRepository, role: str, region: str, count: int = 1_001) -> None:
    like = repository.add("p0", region=region, by=role).targets[role].targets[target_path(region, "p0")]
    for number in range(1, count):
        path = target_path(region, f"p{number}")
        repository.targets[role].targets[path] = TargetFile(1, like.hashes, path, like.unrecognized_fields)


def test_a_county_that_keeps_the_search_busy(tmp_path: Path) -> None:
    """Its delegations and its township's packs multiply; the search ends in time, and wider regions come first."""
    repository = TufRepository().delegate("35").delegate("350122", by="35").delegate(REGION, by="350122")
    repository.add("nation").add("province", region="35", by="35").add("county", region="350122", by="350122")
    roles = repository.change("350122").delegations.roles  # type: ignore[union-attr]
    assert roles is not None
    township = roles.pop(REGION)
    patterns = [f"packs/35/3501/350122/*/*{letter}[0-8]" for letter in "abcdefgh"]
    for number in range(1_900):
        roles[f"x{number}"] = DelegatedRole(f"x{number}", list(township.keyids), 1, terminating=False, paths=patterns)
    roles[REGION] = township
    _many_packs(repository, REGION, REGION, 999)
    kiosk = Kiosk(tmp_path / "home", repository)
    begin = process_time()
    refreshed = kiosk.look(repository.publish().stick())
    assert process_time() - begin < 20
    assert [offer.pack_id for offer in refreshed.offers[:3]] == ["nation", "province", "county"]
    assert 3 < len(refreshed.offers) < 999
    assert [one.error.telephone_code for one in refreshed.refused] == ["T-418"]


def test_thousands_of_packs(tmp_path: Path) -> None:
    repository = TufRepository()
    _many_packs(repository, "targets", "0")
    kiosk = Kiosk(tmp_path / "home", repository)
    kiosk.refuses(repository.publish().stick(), "T-418")


def test_thousands_of_packs_of_a_township(kiosk: Kiosk, repository: TufRepository) -> None:
    """It floods its own catalogue: that is left out, and the others go on."""
    _many_packs(repository, REGION, REGION)
    refreshed = kiosk.look(repository.publish().stick())
    assert [offer.pack_id for offer in refreshed.offers] == ["nation", "pack-35", "pack-350122"]
    assert [(one.name, one.error.telephone_code) for one in refreshed.refused] == [(REGION, "T-418")]


def test_oversize_metadata(kiosk: Kiosk, repository: TufRepository) -> None:
    """Rightly signed, and too large all the same."""
    repository.change("targets").unrecognized_fields["x-padding"] = "x" * (1024 * 1024)
    with pytest.raises(SourceWrongError):
        kiosk.look(repository.publish().stick())


def test_patterns_without_number(kiosk: Kiosk, repository: TufRepository) -> None:
    repository.delegate("36", paths=["packs/36/*.json"] * 17).publish()
    kiosk.refuses(repository.stick(), "T-418")


def test_a_region_that_has_not_published_yet_is_no_trouble(kiosk: Kiosk, repository: TufRepository) -> None:
    """The county has delegated; the village's committee has not signed anything so far."""
    repository.delegate(f"{REGION}201", by=REGION)
    pending = repository.targets.pop(f"{REGION}201")
    repository._changed.discard(f"{REGION}201")
    refreshed = refresh(kiosk.store, repository.publish().stick(), f"{REGION}201", NOW)
    assert len(refreshed.offers) == len(ALL)
    assert refreshed.refused == ()
    assert pending.targets == {}


def test_a_region_that_vanishes_from_the_snapshot(kiosk: Kiosk, repository: TufRepository) -> None:
    """Its version was seen before; without the kept snapshot only our own record knows."""
    kiosk.sync(repository.stick())
    (kiosk.home / "trust/cn.test.fujian/metadata/snapshot.json").unlink()
    del repository.targets[REGION]
    refreshed = kiosk.look(repository.publish().stick())
    assert [(one.name, one.error.telephone_code) for one in refreshed.refused] == [(REGION, "T-401")]


def test_names_of_roles_are_bounded(tmp_path: Path) -> None:
    repository = TufRepository().delegate("x" * 65, paths=["packs/*/*.json"]).delegate("35")
    repository.add("news", region="35", by="35").publish()
    kiosk = Kiosk(tmp_path / "home", repository)
    refused = kiosk.look(repository.stick()).refused
    assert [(one.name, one.error.telephone_code) for one in refused] == [("packs/35/news.json", "T-407")]


def test_a_role_whose_name_is_no_text(kiosk: Kiosk, repository: TufRepository) -> None:
    roles = repository.change("targets").delegations.roles  # type: ignore[union-attr]
    assert roles is not None
    roles["35"].name = 35  # type: ignore[assignment]
    kiosk.refuses(repository.publish().stick(), "T-407")


def test_hash_bins_are_not_ours(tmp_path: Path) -> None:
    repository = TufRepository()
    targets = repository.change("targets").to_dict()
    targets["delegations"] = {
        "keys": {},
        "succinct_roles": {"keyids": ["a"], "threshold": 1, "bit_length": 32, "name_prefix": "b"},
    }
    repository.targets["targets"] = Targets.from_dict(targets)
    kiosk = Kiosk(tmp_path / "home", repository)
    kiosk.refuses(repository.publish().stick(), "T-407")


@pytest.mark.parametrize(
    "custom",
    [
        {"version": 0},
        {"version": "1"},
        {"title": ""},
        {"title": "x" * 61},
        {"title": "一\u202e二"},
        {"title": "红\x1b[31m"},
        {"publisher": 7},
        {"issued_on": "gestern"},
        {"items": -1},
        {"size": None},
    ],
)
def test_a_target_that_is_described_badly_is_left_out(
    kiosk: Kiosk, repository: TufRepository, custom: dict[str, Any]
) -> None:
    refreshed = kiosk.look(repository.add("bad", **custom).publish().stick())
    assert [f"{offer.pack_id} {offer.version}" for offer in refreshed.offers] == ALL
    assert [(one.name, one.error.telephone_code) for one in refreshed.refused] == [("packs/bad.json", "T-419")]


def test_a_target_of_wrong_size_or_hash_is_left_out(kiosk: Kiosk, repository: TufRepository) -> None:
    repository.add("huge").add("weak").add("plain")
    targets = repository.targets["targets"].targets
    targets["packs/huge.json"].length = 2**40
    targets["packs/weak.json"].hashes = {"md5": "0" * 32}
    targets["packs/plain.json"].unrecognized_fields = {}
    refreshed = kiosk.look(repository.publish().stick())
    assert [one.name for one in refreshed.refused] == ["packs/huge.json", "packs/plain.json", "packs/weak.json"]


def test_a_role_with_a_wrong_list_of_withdrawals_withdraws_nothing(kiosk: Kiosk, repository: TufRepository) -> None:
    repository.change("35").unrecognized_fields["x-cunkou-revoked"] = ["all"]
    refreshed = kiosk.look(repository.publish().stick())
    assert len(refreshed.offers) == len(ALL)
    assert [(one.name, one.error.telephone_code) for one in refreshed.refused] == [("35", "T-407")]


# --- whose repository ------------------------------------------------------------------------------------------------


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
