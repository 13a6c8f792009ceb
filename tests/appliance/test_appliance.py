"""A kiosk as it stands in a village: switched on, ended, frozen, pressed on, fed by a stick, cut off from its power.

One machine for most of it, in the order of the stories, for a start takes a minute where the processor is emulated.
Seconds are told, and held to their bars only where the processor is not. Every picture is kept, to be looked at.
"""

import json
import re
import sys
import time

import pytest

from tests.appliance.image import TRY_AGAIN_S
from tests.appliance.machine import HEIGHT, LIMIT_S, WIDTH, Machine, wipe
from tests.appliance.processor import EMULATED, processor
from tests.appliance.recovery import Standing, until_it_comes
from tests.appliance.seen import KIOSK, NOTICE, is_up, shows_kiosk, shows_notice
from tests.appliance.stick import a_stick, publish, receipts

pytestmark = [pytest.mark.long, pytest.mark.timeout(7200)]

WATCHDOG_OF = (
    "org.freedesktop.systemd1",
    "/org/freedesktop/systemd1/unit/cunkou_2dkiosk_2eservice",
    "org.freedesktop.systemd1.Service",
    "WatchdogUSec",
)
BOOT_BAR_S, CARD_BAR_S = 30.0, 2.0
LONG, SHORT = "cn.test.long", "cn.test.short"
OUT = (
    *(f"ctrl-alt-f{number}" for number in (1, 2, 3, 7)),
    *("alt-f4", "alt-tab", "alt-esc", "ctrl-alt-delete", "ctrl-alt-backspace", "meta_l", "meta_l-d", "meta_l-l"),
    *("alt-f2", "ctrl-q", "ctrl-w", "ctrl-p", "ctrl-o", "ctrl-s", "f1", "f11", "print", "alt-sysrq-k", "alt-sysrq-r"),
    *("alt-sysrq-b", "alt-sysrq-e", "ctrl-c", "ctrl-z", "esc", "menu"),
)


def say(text):
    sys.stdout.write(f"\n  {text}")
    sys.stdout.flush()


@pytest.fixture(scope="module")
def standing(disk, pictures):
    folder = pictures / "kiosk"
    wipe(folder)
    with Machine(disk, folder) as machine:
        yield Standing(machine, say)


@pytest.fixture
def kiosk(standing):
    """The one machine, on its feet, as if nothing had failed on it yet, whatever the story before has left."""
    return standing.on_its_feet()


def held_to(bar, took, disk):
    """Hold seconds to their bar, unless the processor is emulated."""
    if processor(disk.kernel) != EMULATED:
        assert took <= bar


def process(machine):
    """Return the number of the application's process, below the compositor."""
    told = machine.told("pgrep", "-u", "cunkou", "-f", "from ui.start import main")
    return int(told.split()[0])


def back_with_another(machine, process_before):
    def is_back():
        status, told = machine.run("pgrep", "-u", "cunkou", "-f", "from ui.start import main")
        return status == 0 and str(process_before) not in told.split() and is_up(machine)

    return until_it_comes(machine, is_back, "the kiosk does not come back")


def journal(machine, since):
    return machine.told("journalctl", "-b", "-q", "--no-pager", "-o", "cat", f"--after-cursor={since}")


def now(machine):
    """Return how far the journal has come."""
    told = machine.told("journalctl", "-b", "--no-pager", "-n", "1", "--show-cursor")
    return re.search(r"^-- cursor: (\S+)$", told, re.MULTILINE)[1]


# --- switched on -----------------------------------------------------------------------------------------------------


def test_it_boots_into_the_screen(standing, disk):
    kiosk = standing.machine
    until_it_comes(kiosk, lambda: shows_kiosk(kiosk), "no home page")
    took = time.monotonic() - kiosk.started
    say(f"power-on to home page: {took:.1f} s; {kiosk.picture('booted')}")
    held_to(BOOT_BAR_S, took, disk)
    kiosk.until(lambda: is_up(kiosk), "systemd does not know")
    say(kiosk.run("systemd-analyze")[1].splitlines()[0])  # or that something of it still goes on
    assert kiosk.told("ps", "-o", "user=", "-p", str(process(kiosk))).strip() == "cunkou"
    for unit in (KIOSK, "cunkou-doors.service", "seatd.service", "udisks2.service"):
        assert kiosk.property(unit, "ActiveState") == "active", unit
    listening = kiosk.told("ss", "-Hltnup")
    assert "python" not in listening
    assert "cage" not in listening


def test_everything_of_it_is_in_its_unit(kiosk):
    """Else nobody would hear its signs of life, and not everything of it would end with it."""
    held = kiosk.told("sh", "-c", "cat /sys/fs/cgroup/system.slice/cunkou-kiosk.service/cgroup.procs").split()
    assert str(process(kiosk)) in held
    assert kiosk.property(KIOSK, "MainPID") in held


def test_left_alone_it_stays(kiosk):
    """Signs of life must come on a real screen too, while nothing moves on it: else a living kiosk is ended."""
    before, since = process(kiosk), now(kiosk)
    limit_us = int(kiosk.told("busctl", "get-property", *WATCHDOG_OF).split()[1])
    time.sleep(2.5 * limit_us / 1e6)
    assert process(kiosk) == before
    assert "Watchdog timeout" not in journal(kiosk, since)


# --- ended, frozen ---------------------------------------------------------------------------------------------------


def test_killed_it_comes_back(kiosk):
    before = process(kiosk)
    kiosk.told("kill", "-KILL", str(before))
    took = back_with_another(kiosk, before)
    say(f"kill -9 to screen: {took:.1f} s; {kiosk.picture('after-kill-9')}")


def test_frozen_it_is_started_anew(kiosk):
    before, since = process(kiosk), now(kiosk)
    kiosk.told("kill", "-STOP", str(before))
    took = back_with_another(kiosk, before)
    say(f"kill -STOP to screen: {took:.1f} s; {kiosk.picture('after-kill-stop')}")
    assert "Watchdog timeout" in journal(kiosk, since)
    assert kiosk.run("kill", "-0", str(before))[0] != 0, "the frozen one is still there"


def test_a_compositor_that_freezes_before_a_living_application_is_noticed(kiosk):
    before, since = process(kiosk), now(kiosk)
    kiosk.told("kill", "-STOP", kiosk.property(KIOSK, "MainPID"))
    took = back_with_another(kiosk, before)
    say(f"frozen compositor to screen: {took:.1f} s; {kiosk.picture('after-frozen-compositor')}")
    assert "Watchdog timeout" in journal(kiosk, since)


def test_a_panel_that_is_off_all_night_is_not_a_failure(kiosk):
    """What a panel does that pulls its plug with its power, and what cage does then: it ends."""
    status = kiosk.told("sh", "-c", "ls /sys/class/drm/card*-*/status").split()[0]
    kiosk.told("sh", "-c", f"echo off >{status}")
    before = process(kiosk)
    kiosk.told("kill", "-KILL", kiosk.property(KIOSK, "MainPID"))
    kiosk.until(lambda: kiosk.run("pgrep", "-f", "cunkou/bin/session")[0] == 0, "it does not wait for a panel")
    time.sleep(5)
    assert kiosk.run("pgrep", "-x", "cage")[0] != 0
    assert kiosk.property(KIOSK, "ActiveState") == "activating"
    kiosk.told("sh", "-c", f"echo detect >{status}")
    say(f"panel on to screen: {back_with_another(kiosk, before):.1f} s")


# --- no way out ------------------------------------------------------------------------------------------------------


def test_no_key_leads_out(kiosk):
    console, before = kiosk.told("cat", "/sys/class/tty/tty0/active"), process(kiosk)
    uptime = float(kiosk.told("cat", "/proc/uptime").split()[0])
    for keys in OUT:
        kiosk.press(keys)
        time.sleep(0.1)
    time.sleep(2)
    assert kiosk.told("cat", "/sys/class/tty/tty0/active") == console
    kiosk.until(lambda: is_up(kiosk), "the screen shows something else")  # or just goes from one page to the next
    assert process(kiosk) == before
    assert float(kiosk.told("cat", "/proc/uptime").split()[0]) > uptime
    assert kiosk.run("pgrep", "-x", "agetty")[1] == kiosk.run("pgrep", "-x", "-t", "ttyS0", "agetty")[1]
    assert kiosk.told("cat", "/proc/sys/kernel/sysrq").strip() == "0"
    say(f"{len(OUT)} ways out tried: {kiosk.picture('after-keys')}")


def test_what_the_kiosks_user_may_not_do_is_refused(kiosk):
    """Sitting at the machine gives nobody a right here: not to the machine's own disk, not to its power."""
    as_kiosk = ("setpriv", "--reuid=cunkou", "--regid=cunkou", "--init-groups")
    status, told = kiosk.run(*as_kiosk, "udisksctl", "mount", "-b", "/dev/vda", "--no-user-interaction")
    assert status != 0, told
    status, told = kiosk.run(*as_kiosk, "systemctl", "--no-ask-password", "poweroff")
    assert status != 0, told
    assert kiosk.run(*as_kiosk, "systemctl", "--no-ask-password", "stop", KIOSK)[0] != 0


def test_the_print_system_forgets_what_was_printed_as_soon_as_it_runs(kiosk):
    """Told by its own drop-in under a running systemd, before anybody prints."""
    kiosk.told("systemctl", "start", "cups.service")

    def forgets():
        checks = json.loads(kiosk.run("cunkou", "doctor", "--json")[1])
        return next(check["verdict"] for check in checks if check["name"] == "privacy") == "ok"

    kiosk.until(forgets, "it keeps what was printed")


# --- a stick ---------------------------------------------------------------------------------------------------------


def stick_command(*words):
    return ("setpriv", "--reuid=cunkou", "--regid=cunkou", "--init-groups", "cunkou", "stick", *words)


def installed(machine, pack):
    found = re.search(rf'"{re.escape(pack)}".*?"version": *(\d+)', machine.told("cunkou", "packs", "--json"), re.DOTALL)
    return int(found[1]) if found else 0


def plugged_seconds(machine, stick):
    """Plug a stick in; return the seconds until something lies over the top of the screen."""
    box = (0, 0, WIDTH, HEIGHT // 4)
    before = machine.screen().crop(box).tobytes()
    began = time.monotonic()
    machine.plug_in(stick)
    machine.until(lambda: machine.screen().crop(box).tobytes() != before, "nothing tells of the stick")
    return time.monotonic() - began


def test_a_stick_is_told_of_and_brings_its_content_and_takes_a_receipt(kiosk, county, disk, tmp_path):
    publish(county, tmp_path, SHORT, "修路")
    stick = a_stick(county, tmp_path)
    kiosk.until(lambda: kiosk.run("pgrep", "-f", "stick watch")[0] == 0, "nobody watches for sticks")
    took = plugged_seconds(kiosk, stick)
    say(f"plug-in to card: {took:.1f} s; {kiosk.picture('stick')}")
    held_to(CARD_BAR_S, took, disk)
    told = kiosk.told(*stick_command("sync"))
    assert "可以拔出 U 盘了" in told, told
    assert installed(kiosk, SHORT) == 1
    assert kiosk.run("findmnt", "-t", "vfat")[1] == ""
    kiosk.pull_out()
    assert SHORT in receipts(stick)
    say(f"synced: {kiosk.picture('synced')}")


def test_a_stick_that_is_pulled_midway_goes_on_when_it_is_back(kiosk, county, tmp_path):
    publish(county, tmp_path, LONG, "长长的一份", pictures=16)
    stick = a_stick(county, tmp_path)
    kiosk.plug_in(stick)
    start_sync(kiosk, "pulled")
    kiosk.until(lambda: fetched(kiosk) > 1_000_000, "nothing comes")
    kiosk.pull_out()
    kiosk.until(lambda: kiosk.property("pulled.service", "ActiveState") in {"failed", "inactive"}, "it does not end")
    assert kiosk.property("pulled.service", "ExecMainStatus") == "4"
    had = fetched(kiosk)
    assert had > 0
    assert installed(kiosk, LONG) == 0
    assert is_up(kiosk)
    kiosk.plug_in(stick)
    kiosk.until(lambda: kiosk.run("test", "-e", "/dev/sda")[0] == 0, "the stick is not seen")
    told = kiosk.told(*stick_command("sync"))
    assert "可以拔出 U 盘了" in told
    assert installed(kiosk, LONG) == 1
    kiosk.pull_out()
    say(f"pulled at {had} bytes, plugged in again, done: {kiosk.picture('pulled-and-back')}")


def start_sync(machine, name):
    machine.until(lambda: "COUNTY" in machine.run(*stick_command("list"))[1], "the stick is not seen")
    machine.told("systemd-run", "--quiet", f"--unit={name}", "-p", "RemainAfterExit=no", "--", *stick_command("sync"))


def fetched(machine):
    """Return the bytes that have come so far."""
    told = machine.told("sh", "-c", "cat /var/lib/cunkou/sync/parts/* 2>/dev/null | wc -c")
    return int(told)


# --- without power ---------------------------------------------------------------------------------------------------


def test_a_power_cut_in_mid_sync_leaves_the_old_and_the_sync_goes_on(kiosk, county, disk, tmp_path):
    before = installed(kiosk, LONG)
    publish(county, tmp_path, LONG, "长长的一份", version=2, pictures=16)
    stick = a_stick(county, tmp_path)
    kiosk.plug_in(stick)
    start_sync(kiosk, "cut")
    kiosk.until(lambda: fetched(kiosk) > 1_000_000, "nothing comes")
    kiosk.picture("before-the-cut")
    kiosk.cut_power()
    kiosk.switch_on()
    until_it_comes(kiosk, lambda: is_up(kiosk), "it does not start after a power cut")
    took = time.monotonic() - kiosk.started
    say(f"power back to home page: {took:.1f} s; {kiosk.picture('after-the-cut')}")
    held_to(BOOT_BAR_S, took, disk)
    assert installed(kiosk, LONG) in {before, 2}
    had = fetched(kiosk)
    kiosk.plug_in(stick)
    kiosk.until(lambda: "COUNTY" in kiosk.run(*stick_command("list"))[1], "the stick is not seen")
    kiosk.told(*stick_command("sync"))
    assert installed(kiosk, LONG) == 2
    kiosk.pull_out()
    say(f"went on from {had} bytes: {kiosk.picture('new-content')}")


# --- by hand ---------------------------------------------------------------------------------------------------------


def test_an_administrator_who_stops_it_has_the_machine(kiosk):
    """No page of failures, no start by itself; and a restart is one."""
    before, since = process(kiosk), now(kiosk)
    kiosk.told("systemctl", "stop", KIOSK)
    units = (KIOSK, NOTICE, "cunkou-kiosk-again.timer", "cunkou-doors.service")
    kiosk.until(lambda: {kiosk.property(unit, "ActiveState") for unit in units} == {"inactive"}, "something goes on")
    assert NOTICE not in journal(kiosk, since)
    kiosk.told("systemctl", "--no-block", "restart", KIOSK)
    took = back_with_another(kiosk, before)
    before = process(kiosk)
    kiosk.told("systemctl", "--no-block", "restart", KIOSK)
    say(f"started: {took:.1f} s; restarted: {back_with_another(kiosk, before):.1f} s")


# --- in vain ---------------------------------------------------------------------------------------------------------


def test_what_fails_again_and_again_ends_on_a_plain_page_and_is_tried_again(kiosk):
    """The program is away, as after a broken disk: the page needs nothing of it. Later it is back by itself."""
    since = now(kiosk)
    kiosk.told("mv", "/opt/cunkou/current", "/opt/cunkou/away")
    kiosk.run("systemctl", "kill", "--signal=KILL", KIOSK)
    took = kiosk.until(lambda: shows_notice(kiosk), "no page says whom to tell")
    say(f"four times in vain to the plain page: {took:.1f} s; {kiosk.picture('notice')}")
    assert kiosk.property(NOTICE, "ActiveState") == "active"
    assert f"Started {KIOSK}" not in journal(kiosk, since), "ready is the first frame, and there was none"
    for keys in OUT:
        kiosk.press(keys)
    assert shows_notice(kiosk)
    kiosk.told("mv", "/opt/cunkou/away", "/opt/cunkou/current")
    took = until_it_comes(kiosk, lambda: is_up(kiosk), "it is not tried again", TRY_AGAIN_S + LIMIT_S)
    say(f"and back by itself: {took:.1f} s; {kiosk.picture('back-by-itself')}")
    assert kiosk.property(NOTICE, "ActiveState") == "inactive"


def test_where_there_is_no_wayland_it_is_shown_by_x11(kiosk):
    before = process(kiosk)
    kiosk.told("sh", "-c", "echo CUNKOU_SCREEN=x11 >/etc/default/cunkou-kiosk")
    kiosk.told("systemctl", "--no-block", "restart", KIOSK)
    took = back_with_another(kiosk, before)
    say(f"by X11: {took:.1f} s; {kiosk.picture('x11')}")
    assert kiosk.run("pgrep", "-x", "Xorg")[0] == 0
    assert kiosk.told("cat", "/run/cunkou/worked").strip() == "x11"
    before, since = process(kiosk), now(kiosk)
    kiosk.told("systemctl", "--no-block", "restart", KIOSK)
    say(f"restarted: {back_with_another(kiosk, before):.1f} s")
    assert NOTICE not in journal(kiosk, since), "who restarts it is shown no page of failures"
    console = kiosk.told("cat", "/sys/class/tty/tty0/active")
    for keys in ("ctrl-alt-f1", "ctrl-alt-f2", "ctrl-alt-backspace", "alt-f4"):
        kiosk.press(keys)
    time.sleep(1)
    assert kiosk.told("cat", "/sys/class/tty/tty0/active") == console
    assert is_up(kiosk)
