"""Contracts with python-tuf: what is private there and used here, and that both find the same targets.

`sync.trust` drives one private class of python-tuf. Whatever a new version changes about it shows here first.
"""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from tuf.api.exceptions import (
    BadVersionNumberError,
    DownloadHTTPError,
    EqualVersionNumberError,
    ExpiredMetadataError,
    RepositoryError,
    UnsignedMetadataError,
)
from tuf.api.metadata import Metadata, Targets
from tuf.ngclient import Updater
from tuf.ngclient._internal.trusted_metadata_set import TrustedMetadataSet
from tuf.ngclient.config import EnvelopeType, UpdaterConfig
from tuf.ngclient.fetcher import FetcherInterface
from typing_extensions import override

from sync.layout import delegated_patterns, target_path
from sync.trust.client import refresh
from sync.trust.limits import ROLES_VISITED
from sync.trust.rules import TrustedFiles
from sync.trust.walk import Effort, search_target
from tests.fakes.tuf_repository import NOW, REGION, TODAY, TufRepository, a_repository, at, new_key

LATE = at(TODAY + timedelta(days=31))


class Shelf(FetcherInterface):
    """Serves a repository to python-tuf's own client."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self._files = files

    @override
    def _fetch(self, url: str) -> Iterator[bytes]:
        if url not in self._files:
            raise DownloadHTTPError(url, 404)
        return iter([self._files[url]])


def reference(repository: TufRepository, folder: Path) -> Updater:
    """Return python-tuf's client of a repository."""
    folder.mkdir()
    updater = Updater(
        str(folder),
        "metadata/",
        fetcher=Shelf(repository.files),
        bootstrap=repository.files["metadata/1.root.json"],
    )
    updater._trusted_set.reference_time = at(TODAY)
    return updater


def loaded(repository: TufRepository, *, is_stick: bool = False, when: datetime | None = None) -> TrustedFiles:
    """Return the rules after root and timestamp."""
    trusted = TrustedFiles(repository.files["metadata/1.root.json"], is_stick=is_stick)
    trusted.reference_time = when or at(TODAY)
    trusted.update_timestamp(repository.files["metadata/timestamp.json"])
    return trusted


def a_maze(seed: int) -> tuple[TufRepository, list[str]]:
    """Return a repository with random delegations, and the paths to look for."""
    dice = random.Random(seed)
    regions = ["0", "35", "3501", "3502", "350122", REGION]
    repository = TufRepository()
    roles = ["targets"]
    for name in [*regions, "helper", "other"]:
        region = dice.choice(regions)
        patterns = dice.choice([list(delegated_patterns(region)), ["packs/35/*.json"], ["packs/*/*/n?ws.json"], ["*"]])
        for above in dice.sample(roles, min(len(roles), dice.choice([1, 1, 2]))):
            repository.delegate(name, by=above, paths=patterns, terminating=dice.random() < 0.4)
        roles.append(name)
    names = ["news", "nows", "law"]
    for role in roles:
        for _ in range(dice.randrange(4)):
            repository.add(dice.choice(names), dice.randrange(1, 5), region=dice.choice(regions), by=role)
    return repository.publish(), [target_path(region, name) for region in regions for name in names]


@pytest.mark.parametrize("seed", range(40))
def test_both_find_the_same_targets(seed: int, tmp_path: Path) -> None:
    """In random delegations, our search and python-tuf's end at the same target for every path."""
    repository, paths = a_maze(seed)
    updater = reference(repository, tmp_path / "tuf")
    updater.refresh()

    def load(role: str, delegator: str) -> Targets:
        return updater._load_targets(role, delegator)

    for path in paths:
        ours = search_target(load, path, Effort())
        assert (ours[1] if ours else None) == updater.get_targetinfo(path)


def test_the_maze_is_one(tmp_path: Path) -> None:
    """The comparison above has something to compare: some paths are found in delegations, some are not found."""
    found = []
    for seed in range(8):
        repository, paths = a_maze(seed)
        updater = reference(repository, tmp_path / str(seed))
        found += [updater.get_targetinfo(path) is not None for path in paths]
    assert 0.1 < sum(found) / len(found) < 0.9


def test_all_that_we_offer_python_tuf_offers_too(tmp_path: Path) -> None:
    repository = a_repository()
    refreshed = refresh(repository.trusted_by(tmp_path / "home"), repository.stick(), REGION, NOW)
    updater = reference(repository, tmp_path / "tuf")
    for offer in refreshed.offers:
        target = updater.get_targetinfo(offer.target)
        assert target is not None
        assert (target.length, target.hashes["sha256"]) == (offer.length, offer.sha256)


def test_the_same_number_of_roles_is_visited() -> None:
    assert UpdaterConfig().max_delegations == ROLES_VISITED


# --- what is private in python-tuf and used here ---------------------------------------------------------------------


def test_time_is_what_we_say() -> None:
    """`reference_time` is set after construction and judges expiry from then on."""
    repository = a_repository()
    trusted = TrustedMetadataSet(repository.files["metadata/1.root.json"], EnvelopeType.METADATA)
    assert abs(trusted.reference_time - datetime.now(UTC)) < timedelta(minutes=5)
    trusted.reference_time = LATE
    with pytest.raises(ExpiredMetadataError):
        trusted.update_timestamp(repository.files["metadata/timestamp.json"])
    assert trusted.timestamp.version == 2


@pytest.mark.parametrize("hook", ["_check_final_timestamp", "_check_final_snapshot"])
def test_the_hooks_are_asked(hook: str) -> None:
    """The two methods that the exception for sticks overrides are where expiry is judged."""
    repository = a_repository()
    with patch.object(TrustedFiles, hook, autospec=True) as asked:
        trusted = loaded(repository)
        trusted.update_snapshot(repository.files["metadata/2.snapshot.json"])
        trusted.update_targets(repository.files["metadata/2.targets.json"])
    assert asked.call_count >= 2


def test_the_exception_for_sticks_is_that_and_no_more() -> None:
    repository = a_repository()
    with pytest.raises(ExpiredMetadataError):
        loaded(repository, when=LATE)
    trusted = loaded(repository, is_stick=True, when=LATE)
    trusted.update_snapshot(repository.files["metadata/2.snapshot.json"])
    trusted.update_targets(repository.files["metadata/2.targets.json"])
    trusted = loaded(repository, is_stick=True, when=LATE)
    with pytest.raises(BadVersionNumberError):
        trusted.update_snapshot(repository.files["metadata/1.snapshot.json"])
    with pytest.raises(BadVersionNumberError):
        trusted.update_targets(repository.files["metadata/2.targets.json"])


def test_expired_targets_are_refused_on_a_stick() -> None:
    repository = a_repository()
    for role in ("targets", "35"):
        repository.change(role).expires = at(TODAY)
    expired = repository.publish().files["metadata/3.targets.json"]
    repository.change("targets").expires = at(TODAY + timedelta(days=9))
    repository.publish()
    trusted = loaded(repository, is_stick=True)
    trusted.update_snapshot(repository.files["metadata/4.snapshot.json"])
    trusted.update_targets(repository.files["metadata/4.targets.json"])
    with pytest.raises(ExpiredMetadataError):
        trusted.update_delegated_targets(repository.files["metadata/2.35.json"], "35", "targets")
    assert "35" not in trusted
    with pytest.raises(BadVersionNumberError):
        trusted.update_targets(expired)


def test_errors_are_those_that_we_translate() -> None:
    repository = a_repository()
    trusted = loaded(repository)
    with pytest.raises(EqualVersionNumberError):
        trusted.update_timestamp(repository.files["metadata/timestamp.json"])
    repository.timestamp.version = 1
    repository.sign_timestamp()
    with pytest.raises(BadVersionNumberError):
        trusted.update_timestamp(repository.files["metadata/timestamp.json"])
    repository.keys["timestamp"] = [new_key()]
    with pytest.raises(UnsignedMetadataError):
        trusted.update_timestamp(repository.refresh().files["metadata/timestamp.json"])
    for nonsense in (b"", b"\0", b"[]", b"{}", b"[" * 100_000, b"\xff", Metadata(repository.root).to_bytes()):
        with pytest.raises(RepositoryError):
            trusted.update_timestamp(nonsense)


def test_who_delegated_is_remembered() -> None:
    repository = a_repository()
    trusted: Any = loaded(repository)
    trusted.update_snapshot(repository.files["metadata/2.snapshot.json"])
    trusted.update_targets(repository.files["metadata/2.targets.json"])
    assert trusted.contains("targets", "root")
    assert not trusted.contains("35", "targets")
    trusted.update_delegated_targets(repository.files["metadata/1.35.json"], "35", "targets")
    assert trusted.contains("35", "targets")
    assert not trusted.contains("35", "root")
