"""Metadata that somebody has bent: whatever the bytes, only a told error comes out, and nothing false is believed.

Two kinds of attackers: one without keys changes bytes; one who holds the keys of a role signs any JSON they like.
"""

import copy
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from securesystemslib.formats import encode_canonical

from content_packs.errors import KioskError
from sync.trust.client import Refreshed, refresh
from sync.trust.store import TrustStore
from sync.words import Offer
from tests.fakes.tuf_repository import NOW, REGION, MemorySource, TufRepository, a_repository

REPOSITORY = a_repository(name="cn.test.fuzz").new_root()
NAMES = sorted(name for name in REPOSITORY.files if name.startswith("metadata/"))
ROLES = {
    "metadata/2.root.json": "root",
    "metadata/timestamp.json": "timestamp",
    "metadata/2.snapshot.json": "snapshot",
    "metadata/2.targets.json": "targets",
    "metadata/1.35.json": "35",
    "metadata/1.350122.json": "350122",
}
ODD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.text(max_size=8)
    | st.sampled_from(["", "..", "35", "targets", "2099-01-01", "2099-01-01T00:00:00Z", "packs/*", "\x00", "0" * 64]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
CUTS = st.tuples(st.integers(0, 5000), st.integers(0, 40), st.binary(max_size=12))
"""Where, how many bytes go, which come."""

MANY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> TrustStore:
    return REPOSITORY.trusted_by(tmp_path_factory.mktemp("fuzz"))


@pytest.fixture(scope="module")
def honest(store: TrustStore) -> tuple[Offer, ...]:
    return refresh(store, REPOSITORY.stick(), REGION, NOW).offers


def look(store: TrustStore, files: dict[str, bytes], *, is_stick: bool) -> Refreshed | None:
    """Refresh from bent files, read what they offer, and say so; None if they were refused in words."""
    try:
        refreshed = refresh(store, MemorySource(files, is_stick=is_stick), REGION, NOW)
        for offer in refreshed.offers:
            refreshed.manifest(offer)
    except KioskError as told:
        error = told
    else:
        assert refreshed.issued
        return refreshed
    assert error.what
    assert error.todo or error.telephone_code.startswith("S")
    return None


def bend(value: Any, path: list[int], odd: Any) -> Any:
    """Replace what a path of choices leads to: a number picks a member at each level."""
    inside = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else []
    if not path or not inside:
        return odd
    key = list(inside)[path[0] % len(inside)]
    value[key] = bend(value[key], path[1:], odd)
    return value


def signed_by(repository: TufRepository, role: str, signed: dict[str, Any]) -> bytes:
    """Return a file of any JSON, rightly signed."""
    payload = (encode_canonical(signed) or "").encode("utf-8", "surrogatepass")
    signatures = [key.sign(payload).to_dict() for key in repository.keys[role]]
    return json.dumps({"signatures": signatures, "signed": signed}).encode()


@given(st.sampled_from(NAMES), CUTS, st.booleans())
@MANY
def test_changed_bytes(
    store: TrustStore, honest: tuple[Offer, ...], name: str, cut: tuple[int, int, bytes], is_stick: bool
) -> None:
    """Without keys nothing new can be said: every offer that is believed is one of the honest ones."""
    place, taken, put = cut
    data = REPOSITORY.files[name]
    place %= len(data)
    bent = data[:place] + put + data[place + taken :]
    refreshed = look(store, {**REPOSITORY.files, name: bent}, is_stick=is_stick)
    if refreshed:
        assert set(refreshed.offers) <= set(honest)


@given(st.sampled_from(NAMES), st.binary(max_size=60) | st.just(b"[" * 20_000) | st.just(b'{"signed":' * 3_000))
@MANY
def test_other_bytes(store: TrustStore, honest: tuple[Offer, ...], name: str, data: bytes) -> None:
    refreshed = look(store, {**REPOSITORY.files, name: data}, is_stick=True)
    if refreshed:
        assert set(refreshed.offers) <= set(honest)


@given(st.sampled_from(sorted(ROLES)), st.tuples(st.lists(st.integers(0, 50), max_size=7), ODD), st.booleans())
@MANY
def test_any_json_signed_with_the_right_keys(
    store: TrustStore, honest: tuple[Offer, ...], name: str, bends: tuple[list[int], Any], is_stick: bool
) -> None:
    """A signer may say anything about what is theirs. They cannot make the kiosk fail, nor speak for others."""
    role = ROLES[name]
    bent = bend(copy.deepcopy(json.loads(REPOSITORY.files[name])["signed"]), *bends)
    try:
        data = signed_by(REPOSITORY, role, bent)
    except (ValueError, TypeError, AttributeError):
        return
    refreshed = look(store, {**REPOSITORY.files, name: data}, is_stick=is_stick)
    if refreshed and role.isdigit():
        assert {offer for offer in refreshed.offers if not offer.region.startswith(role)} <= set(honest)
        assert "nation" in [offer.pack_id for offer in refreshed.offers]


@given(st.sampled_from(sorted(ROLES)), st.lists(st.integers(0, 50), min_size=1, max_size=7), ODD)
@settings(MANY, max_examples=40)
def test_what_was_promoted_does_not_shut_out_the_next(
    tmp_path_factory: pytest.TempPathFactory, name: str, path: list[int], odd: Any
) -> None:
    """If bent metadata of one region was believed and kept, an honest repository is still believed afterwards."""
    role = ROLES[name]
    if not role.isdigit():
        return
    bent = bend(copy.deepcopy(json.loads(REPOSITORY.files[name])["signed"]), path, odd)
    try:
        data = signed_by(REPOSITORY, role, bent)
    except (ValueError, TypeError, AttributeError):
        return
    home = tmp_path_factory.mktemp("home")
    fresh = REPOSITORY.trusted_by(home)
    refreshed = look(fresh, {**REPOSITORY.files, name: data}, is_stick=True)
    if refreshed:
        refreshed.promote()
        assert "nation" in [offer.pack_id for offer in refresh(fresh, REPOSITORY.stick(), REGION, NOW).offers]
    shutil.rmtree(home)


@given(st.sampled_from(["timestamp", "snapshot", "targets", "35"]), st.binary(max_size=40))
@settings(MANY, max_examples=40)
def test_spoilt_files_of_our_own_are_fetched_anew(
    tmp_path_factory: pytest.TempPathFactory, honest: tuple[Offer, ...], role: str, data: bytes
) -> None:
    home: Path = tmp_path_factory.mktemp("home")
    fresh = REPOSITORY.trusted_by(home)
    refresh(fresh, REPOSITORY.stick(), REGION, NOW).promote()
    (home / f"trust/{REPOSITORY.name}/metadata/{role}.json").write_bytes(data)
    assert refresh(fresh, REPOSITORY.stick(), REGION, NOW).offers == honest
    shutil.rmtree(home)
