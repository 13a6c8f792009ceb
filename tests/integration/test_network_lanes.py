"""One range over several connections at once, from servers that fall silent, end early or answer something else."""

import threading
import time
from collections.abc import Iterator
from itertools import pairwise

import pytest

from content_packs.errors import CancelledError
from content_packs.progress import CancelToken
from sync.line import Patience
from sync.network import lanes
from sync.network.lanes import LANES, TALKING, Lanes
from sync.network.wire import Line, Wire
from sync.source import SourceGoneError, SourceMissingError, SourceWrongError
from tests.fakes.ranges import DATA, Held, Watched, a_wire, hurried, running


def test_all_bytes_come_once_and_in_order_over_several_connections():
    turn, arrived, all_have_asked = threading.Lock(), [], threading.Event()

    def before(start, end):
        with turn:
            arrived.append(start)
            if len(arrived) == TALKING:
                all_have_asked.set()
        assert all_have_asked.wait(50), "nobody gets anything before all that may talk have asked"

    with running(before) as server:
        wire = a_wire(server)
        here: dict[int, bytes] = {}
        chunks = list(Lanes(wire, "b", 1000, len(DATA), CancelToken(), here).chunks())
    assert b"".join(chunks) == DATA[1000:]
    assert wire.traffic.received == len(DATA) - 1000
    assert here == {}
    asked = sorted(server.asked)
    assert asked[0][0] == 1000
    assert all(one[1] == two[0] for one, two in pairwise(asked)), "each byte is asked for once"


def test_connections_that_break_go_on_at_the_byte():
    with running(lambda start, end: min(end - start, 3000)) as server:
        wire = a_wire(server)
        assert b"".join(Lanes(wire, "b", 0, len(DATA), CancelToken(), {}).chunks()) == DATA
    assert wire.traffic.received == len(DATA)


def test_a_connection_that_has_fallen_silent_is_left_when_another_is_idle():
    """It would be silent until the test is over; its rest comes by another, and only its rest."""
    silenced: list[int] = []

    def before(start: int, end: int) -> None:
        if start == 0 and not silenced:
            silenced.append(start)
            held.wait()

    with Held() as held, running(before) as server:
        wire = a_wire(server, clock=hurried)
        assert b"".join(Lanes(wire, "b", 0, len(DATA), CancelToken(), {}).chunks()) == DATA
        assert wire.traffic.received == len(DATA)
        assert [start for start, _ in server.asked].count(0) == 2
        assert not held.ended_by_themselves


def test_one_more_steps_in_for_those_that_are_silent():
    """All that may talk are held; one more begins when they have been silent for a while, and brings the rest."""
    now = [0.0]

    def before(start: int, end: int) -> None:
        if len(server.asked) == TALKING:
            now[0] = 8.2
        if len(server.asked) <= TALKING:
            held.wait()

    with Held() as held, running(before) as server:
        lanes = Lanes(a_wire(server, clock=lambda: now[0]), "b", 0, len(DATA), CancelToken(), here := {})
        lanes.begin()
        while sum(map(len, dict(here).values())) < 50_000:
            time.sleep(0.01)
        lanes.close()
        assert not held.ended_by_themselves


def test_where_all_wait_in_vain_one_after_the_other_begins_anew():
    """The first requests of all lanes would be silent until the test is over, and none is idle."""

    def before(start: int, end: int) -> None:
        if len(server.asked) <= LANES:
            held.wait()

    patience = Patience(attempts=3, first_silence_s=600, silence_s=600, floor_s=600)
    with Held() as held, running(before) as server:
        wire = Wire(server.url, Line(patience=patience), CancelToken(), hurried, lambda: 0.5)
        assert b"".join(Lanes(wire, "b", 0, len(DATA), CancelToken(), {}).chunks()) == DATA
        assert wire.traffic.received == len(DATA)
        assert not held.ended_by_themselves


def test_a_lane_that_is_relieved_after_its_last_byte_leaves_nothing_to_ask_for():
    """Our own limit has it wait after its last byte; meanwhile it counts as silent, and an idle one takes over."""
    silenced: list[int] = []

    def before(start: int, end: int) -> None:
        if start == 0 and not silenced:
            silenced.append(start)
            held.wait()

    with Held() as held, running(before) as server:
        wire = a_wire(server, clock=hurried, limit_bytes_s=1000)
        assert b"".join(Lanes(wire, "b", 0, 12_000, CancelToken(), {}).chunks()) == DATA[:12_000]
        assert all(start < end for start, end in server.asked)
        assert not held.ended_by_themselves


def test_who_rests_because_of_our_own_limit_is_not_relieved(monkeypatch):
    """At 100 bytes a second it rests for ten seconds behind the first kilobyte; five of them have passed."""
    monkeypatch.setattr(lanes, "_LOOK_S", 0.01)
    clock, cancel, told = Watched(), CancelToken(), []

    def take(chunks: Iterator[bytes]) -> None:
        try:
            list(chunks)
        except CancelledError as error:
            told.append(error)

    with running() as server:
        chunks = Lanes(a_wire(server, clock=clock, limit_bytes_s=100), "b", 0, 3000, cancel, {}).chunks()
        assert next(chunks) == DATA[:1024]
        worker = threading.Thread(target=take, args=(chunks,))
        worker.start()
        clock.set(5)
        cancel.cancel()
        worker.join()
        assert server.asked == [(0, 3000)]
    assert len(told) == 1


def test_relieving_a_lane_again_and_again_is_no_failure_of_the_line(monkeypatch):
    """The first piece is held twelve times, by each lane in turn; three failures in a row would be too many."""
    monkeypatch.setattr(lanes, "_LOOK_S", 0.02)
    silenced: list[int] = []

    def before(start: int, end: int) -> None:
        if start == 0 and len(silenced) < 12:
            silenced.append(start)
            held.wait()

    with Held() as held, running(before) as server:
        wire = a_wire(server, clock=lambda: time.monotonic() * 100)
        assert b"".join(Lanes(wire, "b", 0, 12_000, CancelToken(), {}).chunks()) == DATA[:12_000]
        assert wire.traffic.received == 12_000
        assert not held.ended_by_themselves


def test_what_came_too_early_is_not_asked_for_again_after_a_break():
    """The first piece does not come, those after it do; the next attempt asks for the first piece only."""
    piece: list[tuple[int, int]] = []

    def before(start, end):
        if start == 0:
            piece.append((start, end))
            return 0
        return None

    here: dict[int, bytes] = {}
    with running(before) as server:
        wire = a_wire(server)
        with pytest.raises(SourceGoneError):
            list(Lanes(wire, "b", 0, 60_000, CancelToken(), here).chunks())
        had = wire.traffic.received
        assert had == sum(map(len, here.values()))
    with running() as server:
        wire = a_wire(server)
        assert b"".join(Lanes(wire, "b", 0, 60_000, CancelToken(), here).chunks()) == DATA[:60_000]
        assert wire.traffic.received == 60_000 - had


def test_a_file_that_ends_early_ends_or_is_told_as_such():
    """Whichever lane is quicker: one whose piece is cut short, or one whose piece would begin after the end."""
    found: list[bytes] = []
    told: list[str] = []
    with running() as server:
        try:
            found.extend(Lanes(a_wire(server), "b", 290_000, 320_000, CancelToken(), {}).chunks())
        except SourceWrongError as error:
            told.append(error.telephone_code)
    assert told in ([], ["S-218"])
    assert DATA[290_000:].startswith(b"".join(found))


def test_a_refusal_ends_all_of_them():
    with running(status=404) as server, pytest.raises(SourceMissingError):
        list(Lanes(a_wire(server), "b", 0, len(DATA), CancelToken(), {}).chunks())


def test_cancelling_ends_all_of_them_although_nobody_answers():
    cancel = CancelToken()
    over = threading.Event()

    def before(start, end):
        cancel.cancel()
        over.wait(60)

    with running(before) as server:
        try:
            with pytest.raises(CancelledError):
                list(Lanes(a_wire(server), "b", 0, len(DATA), cancel, {}).chunks())
        finally:
            over.set()


def test_nobody_runs_further_ahead_than_memory_allows():
    most = 0
    here: dict[int, bytes] = {}
    with running() as server:
        for _ in Lanes(a_wire(server), "b", 0, len(DATA), CancelToken(), here).chunks():
            most = max(most, sum(map(len, dict(here).values())))
    assert most <= lanes.AHEAD_BYTES + 44 * 1024


@pytest.mark.parametrize("start", [0, 2000])
def test_a_body_of_unknown_length_does_not_end_where_a_relieved_lane_was_cut(start):
    """In the part that was asked for, or in what has to be read over before it."""
    silenced: list[int] = []

    def before(first: int, end: int) -> None:
        if not silenced:
            silenced.append(first)
            held.wait()

    with Held() as held, running(before, status=200, tells_length=False) as server:
        patience = Patience(first_silence_s=600, silence_s=600)
        wire = Wire(server.url, Line(patience=patience), CancelToken(), hurried, lambda: 0.5)
        found = b"".join(Lanes(wire, "b", start, start + 2000, CancelToken(), {}).chunks())
        assert found == DATA[start : start + 2000]
        assert not held.ended_by_themselves
    assert silenced


@pytest.mark.parametrize(("says", "most"), [({}, 5), ({"tells_length": False, "begins_with": 1}, 10)])
def test_a_server_that_has_fallen_silent_for_good_is_given_up(monkeypatch, says, most):
    """Not each of its lanes is relieved for ever, not even if each connection brings a byte first."""
    monkeypatch.setattr(lanes, "_LOOK_S", 0.01)
    patience = Patience(attempts=2, first_s=0.01, first_silence_s=1, silence_s=1)
    with Held() as held, running(lambda start, end: held.wait(), **says) as server:
        wire = Wire(server.url, Line(patience=patience), CancelToken(), lambda: time.monotonic() * 1000, lambda: 0.5)
        with pytest.raises(SourceGoneError):
            list(Lanes(wire, "b", 0, 2000, CancelToken(), {}).chunks())
        assert not held.ended_by_themselves
    assert len(server.asked) <= most * LANES
