"""The record that survives a power cut, and the root that an administrator sets."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tuf.api.metadata import Metadata

from content_packs.errors import TrustError
from sync.trust.anchor import floor_with, read_anchor, require_fingerprint
from sync.trust.limits import ROOT_BYTES
from sync.trust.record import Record, read_record, write_record
from tests.fakes.tuf_repository import NOW, TODAY, TufRepository, a_manifest

LATER = date(2027, 3, 1)


def test_a_record_is_read_back(tmp_path: Path) -> None:
    record = Record(LATER, {"a1": {"root": 1, "35": 7}})
    write_record(tmp_path, record)
    assert read_record(tmp_path, built=TODAY) == record


def test_without_a_record_the_program_is_the_floor(tmp_path: Path) -> None:
    assert read_record(tmp_path, built=TODAY) == Record(TODAY)
    write_record(tmp_path, Record(date(2020, 1, 1)))
    assert read_record(tmp_path, built=TODAY).floor == TODAY


@pytest.mark.parametrize(
    "wrong", [b"", b"\0" * 200, b"{}", b'{"number":9,"sha256":"","record":{"floor":"2099-01-01"}}']
)
def test_a_spoilt_slot_leaves_the_one_before(tmp_path: Path, wrong: bytes) -> None:
    write_record(tmp_path, Record(LATER))
    write_record(tmp_path, Record(date(2027, 4, 1)))
    newest = tmp_path / "floor.b.json"
    assert b"2027-04-01" in newest.read_bytes()
    newest.write_bytes(wrong)
    assert read_record(tmp_path, built=TODAY).floor == LATER
    write_record(tmp_path, Record(date(2027, 5, 1)))
    assert read_record(tmp_path, built=TODAY).floor == date(2027, 5, 1)


@given(st.integers(0, 200), st.integers(0, 255))
@settings(deadline=None)
def test_a_changed_byte_is_noticed(tmp_path_factory: pytest.TempPathFactory, place: int, byte: int) -> None:
    folder = tmp_path_factory.mktemp("record")
    record = Record(LATER, {"a1": {"root": 1}})
    write_record(folder, record)
    path = folder / "floor.a.json"
    data = bytearray(path.read_bytes())
    data[place % len(data)] = byte
    path.write_bytes(data)
    assert read_record(folder, built=TODAY) in (record, Record(TODAY))


def test_what_a_root_says() -> None:
    repository = TufRepository()
    data, fingerprint = repository.anchor()
    anchor = read_anchor(data)
    assert (anchor.repository, anchor.version, anchor.threshold) == ("cn.test.fujian", 1, 1)
    assert anchor.fingerprint == fingerprint
    assert anchor.dates.issued == TODAY
    require_fingerprint(data, fingerprint.upper())


def _without(field: str) -> bytes:
    repository = TufRepository()
    del repository.root.unrecognized_fields[field]
    return repository.signed(repository.root, "root")


def _plain() -> bytes:
    repository = TufRepository()
    repository.root.consistent_snapshot = False
    return repository.signed(repository.root, "root")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[" * 5000,
        b" " * (ROOT_BYTES + 1),
        a_manifest("a1", 1),
        TufRepository().files["metadata/timestamp.json"],
        Metadata(TufRepository().root).to_bytes(),
        _plain(),
        _without("x-cunkou-repository"),
        _without("x-cunkou-issued"),
    ],
)
def test_what_cannot_be_a_root_is_refused(data: bytes) -> None:
    with pytest.raises(TrustError) as caught:
        read_anchor(data)
    assert caught.value.telephone_code in {"T-423", "T-407"}


@pytest.mark.parametrize(
    ("issued", "machine", "expected"),
    [
        (TODAY, NOW, TODAY),
        (date(2027, 6, 1), NOW, date(2027, 6, 1)),
        (date(2030, 6, 1), datetime(2030, 7, 1, tzinfo=UTC), date(2030, 6, 1)),
        (date(2020, 6, 1), datetime(1970, 1, 1, tzinfo=UTC), TODAY),
    ],
)
def test_an_administrators_root_may_be_as_young_as_the_clock_says(
    issued: date, machine: datetime, expected: date
) -> None:
    anchor = read_anchor(TufRepository(issued=issued).anchor()[0])
    assert floor_with(anchor, TODAY, machine, built=TODAY) == expected


def test_a_root_from_the_far_future_is_not_set() -> None:
    anchor = read_anchor(TufRepository(issued=date(2099, 1, 1)).anchor()[0])
    with pytest.raises(TrustError):
        floor_with(anchor, TODAY, NOW, built=TODAY)


def test_a_root_that_names_a_floor_sets_it() -> None:
    repository = TufRepository().new_root(floor=date(2028, 1, 1))
    anchor = read_anchor(repository.files["metadata/2.root.json"])
    assert floor_with(anchor, TODAY, NOW, built=TODAY) == date(2028, 1, 1)
    assert floor_with(anchor, TODAY, NOW, built=date(2029, 1, 1)) == date(2029, 1, 1)
