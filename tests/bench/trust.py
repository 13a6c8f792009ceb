"""A kiosk's look at a whole province: 2,000 packs and 1,400 delegated roles in one repository."""

import tempfile
import time
from pathlib import Path
from typing import Final

from content_packs.limits import KIB
from sync.plan import decide
from sync.trust.client import refresh
from sync.trust.store import TrustStore
from tests.bench.measure import Measure, median
from tests.fakes.tuf_repository import NOW, MemorySource, TufRepository

ROUNDS = 5
PREFECTURES, COUNTIES, TOWNSHIPS = 10, 10, 13
"""Ten prefectures of ten counties of thirteen townships are 10 + 100 + 1,300 roles, and the province itself."""

PACKS = 2_000
PACKS_OF_LEVEL = {2: 60, 4: 20, 6: 8}
"""Digits of a region's code → packs that it signs; townships share the rest, one for each that gets one."""
PROVINCE: Final = "35"
BYTES_BAR: Final = 250 * 1000


def a_province() -> tuple[TufRepository, str]:
    """Return a repository in which every region signs for itself, and the township of a kiosk in it."""
    repository = TufRepository().delegate(PROVINCE)
    roles = [PROVINCE]
    for prefecture in range(1, PREFECTURES + 1):
        above = _below(repository, roles, PROVINCE, f"{PROVINCE}{prefecture:02}")
        for county in range(1, COUNTIES + 1):
            within = _below(repository, roles, above, f"{above}{county:02}")
            for township in range(1, TOWNSHIPS + 1):
                _below(repository, roles, within, f"{within}{township:03}")
    wide = [region for region in roles for _ in range(PACKS_OF_LEVEL.get(len(region), 0))]
    narrow = [region for region in reversed(roles) if len(region) not in PACKS_OF_LEVEL]
    for number, region in enumerate((wide + narrow)[:PACKS]):
        repository.add(f"cn.fujian.{region}.{number}", region=region, by=region)
    return repository.publish(), roles[-1]


def measure() -> list[Measure]:
    """Return CPU seconds and bytes of a first refresh, decided and made durable, and of one that finds nothing new."""
    repository, township = a_province()
    first: list[float] = []
    again: list[float] = []
    firsts: list[MemorySource] = []
    agains: list[MemorySource] = []
    offers = 0
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory() as home:
            store = repository.trusted_by(Path(home))
            for times, servers in ((first, firsts), (again, agains)):
                servers.append(repository.server())
                seconds, offers = _look(store, servers[-1], township)
                times.append(seconds)
    whole = sum(len(data) for path, data in repository.files.items() if path.startswith("metadata"))
    size = f"{len(repository.targets) - 1} roles, {PACKS} packs, {whole / 1e6:.2f} MB of metadata in all"
    beside = f"{offers} offers for one township; {size}"
    return [
        Measure(name="refresh and plan a province, first time", value=median(first), unit="s", bar=2, beside=beside),
        Measure(
            name="bytes for it",
            value=firsts[0].bytes_fetched / 1000,
            unit="kB",
            bar=BYTES_BAR / 1000,
            beside="the same",
        ),
        Measure(
            name="refresh and plan with nothing new",
            value=median(again),
            unit="s",
            bar=1,
            beside=f"{len(agains[0].log)} requests",
        ),
        Measure(
            name="bytes with nothing new", value=agains[0].bytes_fetched / KIB, unit="KiB", bar=20, beside="metadata"
        ),
    ]


def _below(repository: TufRepository, roles: list[str], above: str, region: str) -> str:
    repository.delegate(region, by=above)
    roles.append(region)
    return region


def _look(store: TrustStore, server: MemorySource, township: str) -> tuple[float, int]:
    begin = time.process_time()
    refreshed = refresh(store, server, township, NOW)
    steps = decide(
        refreshed.offers,
        (),
        repository=refreshed.repository,
        region=refreshed.region,
        revoked_for=refreshed.revoked_for,
    )
    assert len(steps) == len(refreshed.offers)
    refreshed.promote()
    return time.process_time() - begin, len(refreshed.offers)
