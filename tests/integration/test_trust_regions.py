"""Who may speak for what: townships against counties, delegations in circles, without end, or in front of others."""

from itertools import pairwise
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from tuf.api.metadata import DelegatedRole, TargetFile, Targets

from sync.layout import delegated_patterns, target_path
from sync.source import SourceWrongError
from sync.trust.client import refresh
from sync.trust.limits import ROLES_VISITED
from tests.fakes.trusting_kiosk import ALL, Kiosk
from tests.fakes.tuf_repository import (
    NOW,
    REGION,
    TODAY,
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
