"""One story that breaks off takes no other with it: the machine is brought back before each, or its loss is said.

Over a program that looks like QEMU; in a real one it is seen by ``make appliance-test``.
"""

import json
import sys
from pathlib import Path

import pytest

from tests.appliance import machine as machines
from tests.appliance import processor, recovery
from tests.appliance.image import Disk
from tests.appliance.machine import Machine
from tests.appliance.recovery import AGAIN, KIOSK, Standing, until_it_comes, why_it_stays_away
from tests.fakes import qemu


class Room:
    """A machine that a test makes ill, and what it was asked."""

    def __init__(self, folder: Path, machine: Machine) -> None:
        self.folder, self.machine = folder, machine
        self.said: list[str] = []
        self.standing = Standing(machine, self.said.append)

    def ails(self, *what: str) -> None:
        (self.folder / "ails.json").write_text(json.dumps(what))

    @property
    def asked(self) -> list[str]:
        return (self.folder / "asked").read_text().splitlines()

    @property
    def starts(self) -> int:
        return self.asked.count("switched on")


@pytest.fixture
def room(tmp_path, monkeypatch):
    programs, folder = tmp_path / "bin", tmp_path / "m"
    programs.mkdir()
    for name, words in (
        ("qemu-system-x86_64", f'exec "{sys.executable}" "{qemu.__file__}" "$@"'),
        ("qemu-img", 'for last; do :; done; echo new >"$last"'),
    ):
        (programs / name).write_text(f"#!/bin/sh\n{words}\n")
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:/usr/bin:/bin")
    monkeypatch.setattr(processor, "processor", lambda _: processor.EMULATED)
    monkeypatch.setattr(machines, "processor", lambda _: processor.EMULATED)
    monkeypatch.setattr(machines, "ANSWER_LIMIT_S", 5.0)
    monkeypatch.setattr(recovery, "SETTLE_LIMIT_S", 0.2)
    monkeypatch.setattr(recovery, "ASK_EVERY_S", 0.0)
    monkeypatch.setattr(recovery, "GRACE_S", 0.1)
    disk = Disk(tmp_path / "root.raw", tmp_path / "kernel", tmp_path / "initrd")
    with Machine(disk, folder) as machine:
        yield Room(folder, machine)


def test_a_machine_that_stands_costs_two_commands(room):
    room.standing.on_its_feet()
    _, question, forgiven = room.asked
    assert (question.split()[0], "reset-failed" in forgiven, room.said) == ("echo", True, [])


@pytest.mark.parametrize("ail", ["stopped", "program"])
def test_what_a_story_has_stopped_or_moved_away_is_set_right_without_a_new_start(room, ail):
    room.standing.on_its_feet()
    room.ails(ail)
    room.standing.on_its_feet()
    assert (room.starts, room.said) == (1, ["as it is: its unit does not run"])
    assert list(room.folder.glob("*-when-it-failed.png")), "what was seen is kept before anything is changed"
    room.standing.on_its_feet()
    assert len(room.said) == 1


def test_one_that_does_not_answer_is_started_anew(room):
    room.ails("agent")
    room.standing.on_its_feet()
    assert (room.starts, room.said) == (2, ["as it is: it does not answer", "set right: it does not answer"])


def test_one_without_power_is_started_anew(room):
    room.machine.cut_power()
    room.standing.on_its_feet()
    assert (room.starts, room.machine.is_on) == (2, True)


def test_an_answer_that_a_story_did_not_wait_for_is_not_taken_for_ours(room):
    room.machine._agent.send(("echo", "older"))
    room.standing.on_its_feet()
    assert room.starts == 2
    assert room.machine.run("echo", "ours") == (0, "ours")


def test_a_spoilt_disk_is_exchanged(room):
    room.ails("disk")
    room.standing.on_its_feet()
    assert room.starts == 3
    assert room.said[-1].startswith(f"start anew: no screen: {KIOSK} is failed (exit-code)")


def test_once_nothing_helps_no_story_waits_any_more(room):
    room.ails("all")
    with pytest.raises(pytest.fail.Exception, match="does not come back"):
        room.standing.on_its_feet()
    asked = len(room.asked)
    with pytest.raises(pytest.fail.Exception, match=f"no story without a machine.*{KIOSK} is failed"):
        room.standing.on_its_feet()
    assert len(room.asked) == asked


def test_a_stick_that_a_story_has_left_in_is_pulled_out(room):
    room.machine.plug_in(room.folder / "stick")
    assert room.standing.on_its_feet().has_stick is False


def test_waiting_ends_with_the_reason_once_nothing_leads_to_a_screen(room):
    room.ails("all")
    with pytest.raises(AssertionError, match=f"no home page: {KIOSK} is failed"):
        until_it_comes(room.machine, lambda: False, "no home page")


def unit(name, state, **more):
    return "\n".join([f"Id={name}", f"ActiveState={state}", "Result=success", *(f"{k}={v}" for k, v in more.items())])


@pytest.mark.parametrize(
    ("screen", "again", "stays_away"),
    [
        (unit(KIOSK, "failed"), unit(AGAIN, "inactive"), True),
        (unit(KIOSK, "inactive", Job="0"), unit(AGAIN, "inactive"), True),
        (unit(KIOSK, "inactive", Job="211"), unit(AGAIN, "inactive"), False),
        (unit(KIOSK, "failed"), unit(AGAIN, "active"), False),
        (unit(KIOSK, "failed"), unit(AGAIN, "inactive", Job="7"), False),
        (unit(KIOSK, "activating"), unit(AGAIN, "inactive"), False),
        (unit(KIOSK, "active"), unit(AGAIN, "inactive"), False),
        ("Failed to connect to bus", "", False),
    ],
)
def test_a_screen_stays_away_when_its_unit_has_ended_and_nothing_starts_it(screen, again, stays_away):
    assert bool(why_it_stays_away(f"{screen}\n\n{again}\n")) is stays_away
