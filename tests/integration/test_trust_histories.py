"""Whole histories: an honest publisher goes on, an attacker replays and mixes what was ever published, power is cut.

Whatever the order of events, three things hold: what is believed was true at one moment, that moment is never earlier
than one that was promoted before, and the newest honest state is always welcome.
"""

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content_packs.errors import TrustError
from sync.trust.client import refresh
from sync.trust.store import TrustStore
from sync.words import Offer
from tests.fakes.tuf_repository import NOW, REGION, MemorySource, TufRepository, a_repository

ROLES = ("targets", "35", "350122", REGION)
REGIONS = {"targets": "0"}


class Moment(NamedTuple):
    """What was true at one moment, and its files."""

    files: dict[str, bytes]
    offers: frozenset[Offer]


class History:
    """A publisher's past, and a kiosk that follows it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.repository: TufRepository = a_repository(name="cn.test.history")
        self.store: TrustStore = self.repository.trusted_by(home / "kiosk")
        self.newcomer: TrustStore = self.repository.trusted_by(home / "newcomer")
        self.moments: list[Moment] = []
        self.promoted = -1
        self.remember()

    def remember(self) -> None:
        """Note what a kiosk that has never seen anything is offered now."""
        offers = refresh(self.newcomer, self.repository.stick(), REGION, NOW).offers
        self.moments.append(Moment(dict(self.repository.files), frozenset(offers)))

    def publish(self, number: int) -> None:
        role = ROLES[number % len(ROLES)]
        region = REGIONS.get(role, role)
        self.repository.add(f"pack-{number % 3}", len(self.moments) + 1, region=region, by=role).publish()
        self.remember()

    def sign_again(self, _: int) -> None:
        self.repository.refresh()
        self.remember()

    def change_key(self, number: int) -> None:
        role = ("timestamp", "snapshot", "root", "targets")[number % 4]
        self.repository.new_root(without=role)
        if role == "targets":
            self.repository.change(role)
        self.repository.publish()
        self.remember()

    def sync_newest(self, _: int) -> None:
        """The newest honest state is welcome, whatever happened before."""
        refreshed = refresh(self.store, self.repository.stick(), REGION, NOW)
        assert frozenset(refreshed.offers) == self.moments[-1].offers
        assert refreshed.refused == ()
        refreshed.promote()
        self.promoted = len(self.moments) - 1

    def replay(self, number: int) -> None:
        """A stick of some earlier moment, perhaps with later roots on it."""
        moment = self.moments[number % len(self.moments)]
        later = {path: data for path, data in self.repository.files.items() if "root" in path}
        self.offered(moment.files | (later if number % 2 else {}))

    def mix(self, number: int) -> None:
        """Every file that ever was, one of another version under its name, the timestamp of any moment."""
        files = dict(self.repository.files)
        files["metadata/timestamp.json"] = self.moments[number % len(self.moments)].files["metadata/timestamp.json"]
        names = sorted(files)
        one, other = names[number % len(names)], names[number * 7 % len(names)]
        self.offered(files | {one: files[other]})

    def offered(self, files: dict[str, bytes]) -> None:
        """Look at what an attacker offers; promote it if it is believed."""
        try:
            refreshed = refresh(self.store, MemorySource(files), REGION, NOW)
        except TrustError:
            return
        believed = frozenset(refreshed.offers)
        told = {one.error.telephone_code for one in refreshed.refused}
        fitting = [number for number, moment in enumerate(self.moments) if believed <= moment.offers]
        assert fitting
        assert max(fitting) >= self.promoted
        assert told or any(believed == moment.offers for moment in self.moments[max(self.promoted, 0) :])
        refreshed.promote()
        same = files["metadata/timestamp.json"]
        moments = [n for n, moment in enumerate(self.moments) if moment.files["metadata/timestamp.json"] == same]
        self.promoted = max(self.promoted, *moments)

    def cut_power(self, number: int) -> None:
        """A file of ours is emptied, filled with zeros, or gone."""
        kept = sorted((self.home / "kiosk/trust/cn.test.history").rglob("*/*.json"))
        if kept:
            path = kept[number % len(kept)]
            if number % 3 == 0:
                path.unlink()
            else:
                path.write_bytes(b"\0" * (path.stat().st_size if number % 3 == 1 else 0))


EVENTS = ("publish", "sign_again", "change_key", "sync_newest", "replay", "mix", "cut_power")


@given(st.lists(st.tuples(st.sampled_from(EVENTS), st.integers(0, 1000)), min_size=3, max_size=25))
@settings(max_examples=20, deadline=None)
def test_any_history(tmp_path_factory: pytest.TempPathFactory, events: list[tuple[str, int]]) -> None:
    home = tmp_path_factory.mktemp("history")
    history = History(home)
    for name, number in events:
        getattr(history, name)(number)
    history.sync_newest(0)
    shutil.rmtree(home)
