"""Attacks on a clock that nobody looks after: stolen keys that date ahead, lying servers, empty batteries."""

from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from sync.network import HttpSource
from tests.fakes.trusting_kiosk import ALL, DAY, Kiosk, both
from tests.fakes.tuf_repository import (
    REGION,
    TODAY,
    MemorySource,
    TufRepository,
    a_repository,
    at,
)


@pytest.fixture
def repository() -> TufRepository:
    return a_repository()


@pytest.fixture
def kiosk(tmp_path: Path, repository: TufRepository) -> Kiosk:
    return Kiosk(tmp_path / "home", repository)


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
