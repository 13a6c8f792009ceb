"""Before each story: a running screen, whatever the story before has left; and no waiting for what never comes.

A story that breaks off may leave the unit stopped, the program moved away, a process frozen, a stick in, an agent that
is busy for ever, or a machine without power. What is needed is done, and no more: nothing, setting right, power off and
on, the disk of a new machine. Where not even that helps, every story that follows fails at once and says why.
"""

import time
from collections.abc import Callable

import pytest

from tests.appliance.machine import LIMIT_S, Machine
from tests.appliance.seen import AGAIN, KIOSK, NOTICE, is_up, shows_kiosk

RESTART_LIMIT_S = 900.0
"""For a screen that was set right by commands; after that the machine is started anew."""
SETTLE_LIMIT_S = 60.0
"""Until a page is on its place, and until what was told of a stick is gone with it."""
ASK_EVERY_S = 15.0
GRACE_S = 30.0
"""So long nothing must lead back to a running unit until it counts: between two tries of systemd's there is none."""

FORGIVE = ("sh", "-c", f"systemctl reset-failed {KIOSK}; systemctl show -P ActiveState {KIOSK}")
"""As if nothing had failed yet: the stories make more failures than a village has. Tells how the unit is."""

UNDO = """
[ ! -e /opt/cunkou/away ] || mv -T /opt/cunkou/away /opt/cunkou/current
rm -f /etc/default/cunkou-kiosk
for status in /sys/class/drm/card*-*/status; do [ ! -e $status ] || echo detect >$status; done
pkill -CONT -u cunkou || true
"""
SET_RIGHT = ("sh", "-ec", UNDO)
"""Undoes what stories do to a machine. Fails while its disk cannot be written yet."""

START_ANEW = ("sh", "-c", f"systemctl stop {NOTICE} {AGAIN}; systemctl --no-block restart {KIOSK}")
STATES = ("systemctl", "show", "-p", "Id,ActiveState,Result,Job", KIOSK, AGAIN)


def why_it_stays_away(states: str) -> str:
    """Return why no screen comes any more by itself; empty if one may.

    Args:
        states: What `STATES` tells of the unit of the screen, and of the timer that tries it again.
    """
    units = [dict(line.split("=", 1) for line in unit.splitlines() if "=" in line) for unit in states.split("\n\n")]
    known = {unit["Id"]: unit for unit in units if "Id" in unit}
    if not {KIOSK, AGAIN} <= set(known):
        return ""
    screen, again = known[KIOSK], known[AGAIN]
    if screen["ActiveState"] not in {"failed", "inactive"} or again["ActiveState"] == "active":
        return ""
    if {unit.get("Job", "0") for unit in (screen, again)} - {"", "0"}:
        return ""
    return f"{KIOSK} is {screen['ActiveState']} ({screen['Result']}), and nothing starts it again"


class GivenUp:
    """Says why there is nothing to wait for, once that has been so for a while; for `Machine.until`."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._since: float | None = None
        self._asked = time.monotonic()

    def __call__(self) -> str:
        now = time.monotonic()
        if now - self._asked < ASK_EVERY_S:
            return ""
        self._asked = now
        status, told = self._machine.run(*STATES)
        why = why_it_stays_away(told) if status == 0 else ""
        if not why:
            self._since = None
            return ""
        if self._since is None:
            self._since = now
        if now - self._since < GRACE_S:
            return ""
        said = self._machine.run("journalctl", "-b", "-q", "--no-pager", "-o", "cat", "-n", "15", "-u", KIOSK)[1]
        return f"{why}:\n{said}"


def until_it_comes(machine: Machine, is_so: Callable[[], bool], what: str, limit_s: float = LIMIT_S) -> float:
    """Wait for the screen in some state, as long as it may still come; return how many seconds it took."""
    return machine.until(is_so, what, limit_s, unless=GivenUp(machine))


class Standing:
    """The one machine of most stories."""

    def __init__(self, machine: Machine, say: Callable[[str], None]) -> None:
        self.machine = machine
        self._say = say
        self._lost = ""

    def on_its_feet(self) -> Machine:
        """Return the machine with a running screen; two commands and one picture if that is how it stands."""
        if self._lost:
            pytest.fail(f"no story without a machine: {self._lost}", pytrace=False)
        for way in (self._as_it_is, self._set_right, self._start_anew, self._with_a_new_disk):
            try:
                way()
            except (AssertionError, OSError) as error:
                self._lost = str(error)
                self._say(f"{way.__name__.strip('_').replace('_', ' ')}: {self._lost.partition(chr(10))[0]}")
            else:
                self._lost = ""
                return self.machine
        pytest.fail(f"the machine does not come back: {self._lost}", pytrace=False)

    def _as_it_is(self) -> None:
        machine = self.machine
        assert machine.is_on, "it is off"
        assert machine.answers(), "it does not answer"
        if machine.has_stick:
            machine.pull_out()
        is_running = machine.run(*FORGIVE)[1].split()[-1:] == ["active"]
        try:
            assert is_running, "its unit does not run"
            machine.until(lambda: shows_kiosk(machine), "it shows something else", SETTLE_LIMIT_S)
        except AssertionError:
            machine.keep_evidence()
            raise

    def _set_right(self) -> None:
        assert self.machine.is_on, "it is off"
        assert self.machine.answers(), "it does not answer"
        self.machine.told(*SET_RIGHT)
        self.machine.run(*START_ANEW)
        self._await(RESTART_LIMIT_S)

    def _start_anew(self) -> None:
        self.machine.cut_power()
        self.machine.switch_on()
        self.machine.until(lambda: self.machine.run(*SET_RIGHT)[0] == 0, "its disk cannot be written")
        self._await(LIMIT_S)

    def _with_a_new_disk(self) -> None:
        self.machine.cut_power()
        self.machine.forget()
        self.machine.switch_on()
        self._await(LIMIT_S)

    def _await(self, limit_s: float) -> None:
        until_it_comes(self.machine, lambda: is_up(self.machine), "no screen", limit_s)
