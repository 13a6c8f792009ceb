"""What was synced when, from where, with which result."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sync.history import ENTRIES, Change, Entry, History, Result, failures_since_success, last_success, speed_of

DAY = datetime(2026, 11, 22, 3, tzinfo=UTC)


def an_entry(number=0, result=Result.DONE, source="a.cn", *, is_stick=False, fetched=0, fetch_s=0.0):
    return Entry(
        ended=DAY + timedelta(days=number),
        source=source,
        is_stick=is_stick,
        result=result,
        changes=(Change("a1", "甲", None, 1),),
        fetched=fetched,
        fetch_s=fetch_s,
    )


def test_the_latest_comes_first(tmp_path: Path):
    history = History(tmp_path / "sync" / "history.json")
    assert history.entries() == ()
    for number in range(3):
        history.add(an_entry(number))
    assert [entry.ended.day for entry in history.entries()] == [24, 23, 22]
    assert history.entries()[0] == an_entry(2)


def test_it_does_not_grow_for_ever(tmp_path: Path):
    history = History(tmp_path / "history.json")
    for number in range(ENTRIES + 5):
        history.add(an_entry(number))
    assert len(history.entries()) == ENTRIES
    assert history.entries()[0].ended == DAY + timedelta(days=ENTRIES + 4)


def test_a_history_that_was_spoilt_begins_anew(tmp_path: Path):
    file = tmp_path / "history.json"
    for spoilt in (b"", b"{", b"\xff\xfe", b'[{"ended":1}]'):
        file.write_bytes(spoilt)
        assert History(file).entries() == ()
    History(file).add(an_entry())
    assert len(History(file).entries()) == 1


def test_how_fast_a_source_was():
    slow = an_entry(source="slow.cn", fetched=1_000_000, fetch_s=100)
    fast = an_entry(source="fast.cn", fetched=1_000_000, fetch_s=1)
    stick = an_entry(is_stick=True, fetched=8_000_000, fetch_s=1)
    nothing = an_entry(source="slow.cn", result=Result.NOTHING_NEW)
    known = (nothing, fast, slow, stick)
    assert speed_of(known, "slow.cn", is_stick=False) == 10_000
    assert speed_of(known, "new.cn", is_stick=False) == 1_000_000
    assert speed_of(known, "any", is_stick=True) == 8_000_000
    assert speed_of((nothing,), "slow.cn", is_stick=False) is None


def test_how_often_the_network_failed_since_it_last_did_not():
    results = [Result.BROKEN_OFF, Result.FAILED, Result.DONE, Result.BROKEN_OFF]
    known = [an_entry(is_stick=True), *(an_entry(result=result) for result in results)]
    assert failures_since_success(known) == 2
    assert failures_since_success([]) == 0
    assert failures_since_success([an_entry(result=Result.BROKEN_OFF)]) == 1


def test_when_the_network_last_brought_us_up_to_date():
    known = [an_entry(3, is_stick=True), an_entry(2, Result.PARTLY), an_entry(1, Result.NOTHING_NEW), an_entry(0)]
    assert last_success(known) == DAY + timedelta(days=1)
    assert last_success([]) is None
