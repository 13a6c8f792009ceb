"""What the package brings so that a machine shows the kiosk and nothing else: units, rules, and what they run.

Whether it all works is seen in a machine (`make appliance-test`); here is what can be seen without one.
"""

import configparser
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kiosk.cli.main import COMMANDS

SYSTEM = Path("packaging/deb/files/system")
UNITS = sorted(path for path in (SYSTEM / "lib/systemd/system").iterdir() if path.is_file())
MOST_EXPOSED = 25
"""In tenths, as systemd-analyze wants it."""


def unit(name):
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str
    parser.read(SYSTEM / "lib/systemd/system" / name)
    return parser


def seconds(text):
    number, of = re.fullmatch(r"(\d+)(s|min)?", text).groups()
    return int(number) * (60 if of == "min" else 1)


@pytest.mark.parametrize("path", [path for path in UNITS if path.suffix == ".service"], ids=lambda path: path.name)
def test_no_unit_is_more_exposed_than_it_must_be(path):
    judged = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", f"--threshold={MOST_EXPOSED}", "--no-pager", str(path)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
    assert "Overall exposure level" in judged.stdout, judged.stderr
    assert judged.returncode == 0, judged.stdout


def test_systemd_understands_every_line(tmp_path):
    assert len(UNITS) == 4
    for path in UNITS:  # what they run is not installed here, and need not be
        text = re.sub(r"^(Exec\w+=[-+]?)/\S+.*$", r"\1/bin/true", path.read_text(), flags=re.MULTILINE)
        (tmp_path / path.name).write_text(text)
    told = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(str(tmp_path / path.name) for path in UNITS)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "SYSTEMD_UNIT_PATH": f"{tmp_path}:"},
    )
    ours = [line for line in told.stderr.splitlines() if str(tmp_path) in line or "cunkou" in line]
    assert ours == []


def test_a_line_that_systemd_does_not_know_would_be_found(tmp_path):
    (tmp_path / "bent.service").write_text("[Service]\nExecStart=/bin/true\nWatchdogSecs=3\n")
    told = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / "bent.service")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "WatchdogSecs" in told.stderr


def test_even_starts_that_hang_lead_to_the_page_that_says_whom_to_tell():
    kiosk, again = unit("cunkou-kiosk.service"), unit("cunkou-kiosk-again.timer")
    service, interval = kiosk["Service"], seconds(kiosk["Unit"]["StartLimitIntervalSec"])
    one = seconds(service["TimeoutStartSec"]) + seconds(service["TimeoutAbortSec"]) + seconds(service["RestartSec"])
    assert int(kiosk["Unit"]["StartLimitBurst"]) * (one + seconds(service["TimeoutStopSec"])) < interval
    assert kiosk["Unit"]["OnFailure"].split() == ["cunkou-notice.service", "cunkou-kiosk-again.timer"]
    assert seconds(again["Timer"]["OnActiveSec"]) >= interval, "else it would be refused at once"
    assert again["Timer"]["Unit"] == "cunkou-kiosk.service"


def test_the_page_depends_on_nothing_that_may_be_broken():
    text = (SYSTEM / "lib/systemd/system/cunkou-notice.service").read_text()
    command = re.search(r"^ExecStart=(.*)$", text, re.MULTILINE)[1].split()
    assert command[:3] == ["/usr/bin/python3.11", "-I", "-S"]
    assert "/opt/cunkou" not in text
    assert "/var/lib/cunkou" not in text
    for place in command[3:]:
        assert (SYSTEM / place.lstrip("/")).is_file()


def test_every_program_that_a_unit_runs_is_brought_along_or_is_debians():
    run = [
        line.split()[0].lstrip("-+")
        for path in UNITS
        for line in re.findall(r"^Exec\w+=(.*)$", path.read_text(), re.MULTILINE)
    ]
    assert len(run) >= 4
    for program in run:
        if program.startswith("/usr/lib/cunkou/"):
            assert (SYSTEM / program.lstrip("/")).is_file(), program
        else:
            assert program in {"/usr/bin/python3.11", "/bin/mv", "/bin/chown"}


def test_no_key_leads_to_another_console():
    session = (SYSTEM / "usr/lib/cunkou/bin/session").read_text()
    cage = re.search(r"exec /usr/bin/cage (.*)$", session, re.MULTILINE)[1]
    assert "-s" not in cage.split("--", maxsplit=1)[0].split(), "cage -s would let Ctrl-Alt-F2 through"
    x_server = (SYSTEM / "etc/X11/cunkou/xorg.conf").read_text()
    for option in ("DontVTSwitch", "DontZap"):
        assert re.search(rf'Option "{option}" "true"', x_server)


@pytest.fixture
def session(tmp_path):
    """The script that chooses, with a machine of its own: what it finds and what it starts is in a folder."""
    run, programs = tmp_path / "run", tmp_path / "bin"
    run.mkdir()
    programs.mkdir()
    text = (SYSTEM / "usr/lib/cunkou/bin/session").read_text()
    for place, here in (
        ("/run/cunkou", run),
        ("/dev/dri/", f"{tmp_path}/dri/"),
        ("/usr/bin/cage", programs / "cage"),
        ("/usr/bin/xinit", programs / "xinit"),
        ("/usr/lib/xorg/Xorg", programs / "Xorg"),
        ("/sys/class/drm/", f"{tmp_path}/drm/"),
        ("sleep 0.3", "true"),
        ("sleep 2", f"sh {tmp_path}/while-dark"),
        ("systemd-notify", f"echo >>{tmp_path}/told"),
        ("xauth -q", "true"),
        ("</dev/tty7", ""),
    ):
        assert place in text
        text = text.replace(place, str(here))

    (tmp_path / "drm").mkdir()

    def chosen(*, card=True, can=("cage", "xinit", "Xorg"), tried="", worked="", **environment):
        shutil.rmtree(tmp_path / "dri", ignore_errors=True)
        if card:
            (tmp_path / "dri").mkdir()
            (tmp_path / "dri/card0").touch()
        for name in ("cage", "xinit", "Xorg"):
            (programs / name).unlink(missing_ok=True)
            if name in can:
                (programs / name).write_text(f'#!/bin/sh\necho {name} "$QT_QPA_PLATFORM"\n')
                (programs / name).chmod(0o755)
        for name, value in (("tried", tried), ("worked", worked)):
            (run / name).unlink(missing_ok=True)
            if value:
                (run / name).write_text(f"{value}\n")
        done = subprocess.run(
            ["/bin/sh", "-c", text], capture_output=True, text=True, check=False, env={**os.environ, **environment}
        )
        return done.stdout.strip() or done.stderr.strip(), (run / "tried").read_text().strip()

    return chosen


def test_wayland_where_the_kernel_sets_the_mode_and_x11_where_it_does_not(session):
    assert session() == ("cage wayland", "wayland")
    assert session(card=False) == ("xinit xcb", "x11")


def test_what_never_showed_a_frame_is_not_tried_twice_running(session):
    assert session(tried="wayland")[1] == "x11"
    assert session(tried="x11")[1] == "wayland"
    assert session(tried="wayland", can=("cage",))[1] == "wayland", "there is no other way"


def test_what_has_shown_a_frame_is_tried_first(session):
    assert session(worked="x11")[1] == "x11"
    assert session(worked="wayland")[1] == "wayland"
    assert session(worked="x11", tried="x11")[1] == "wayland"


def test_a_panel_that_is_switched_off_is_waited_for_and_not_counted(session, tmp_path):
    for connector in ("card0-HDMI-A-1", "card0-DP-1"):
        (tmp_path / "drm" / connector).mkdir()
        (tmp_path / "drm" / connector / "status").write_text("disconnected\n")
    (tmp_path / "while-dark").write_text(f"echo connected >{tmp_path}/drm/card0-DP-1/status\n")
    assert session() == ("cage wayland", "wayland")
    assert (tmp_path / "told").read_text().split() == ["EXTEND_TIMEOUT_USEC=60000000"]


def test_a_panel_that_does_not_tell_is_not_waited_for(session, tmp_path):
    (tmp_path / "drm/card0-VGA-1").mkdir()
    (tmp_path / "drm/card0-VGA-1/status").write_text("unknown\n")
    assert session() == ("cage wayland", "wayland")
    assert not (tmp_path / "told").exists()


def test_an_administrator_decides(session):
    assert session(CUNKOU_SCREEN="x11")[0] == "xinit xcb"
    assert session(CUNKOU_SCREEN="wayland", tried="wayland")[0] == "cage wayland"
    assert "wayland, x11, auto" in session(CUNKOU_SCREEN="mir")[0]


def test_without_cage_it_is_x11(session):
    assert session(can=("xinit", "Xorg"))[0] == "xinit xcb"


def test_only_the_kiosk_itself_says_that_it_is_ready(tmp_path):
    """Xorg would, and a screen that never showed anything would count as one that works."""
    session = (SYSTEM / "usr/lib/cunkou/bin/session").read_text()
    assert "-- /usr/lib/cunkou/bin/x-server :0 " in session
    stand_in = tmp_path / "Xorg"
    stand_in.write_text('#!/bin/sh\necho "$# $2 ${NOTIFY_SOCKET:-nobody}"\n')
    stand_in.chmod(0o755)
    text = (SYSTEM / "usr/lib/cunkou/bin/x-server").read_text()
    assert "/usr/lib/xorg/Xorg" in text
    done = subprocess.run(
        ["/bin/sh", "-c", text.replace("/usr/lib/xorg/Xorg", str(stand_in)), "x-server", ":0", "vt 7"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "NOTIFY_SOCKET": "/run/systemd/notify"},
    )
    assert done.stdout.strip() == "2 vt 7 nobody"


def test_root_becomes_the_kiosk_for_every_command_that_works_in_its_home():
    """What root leaves there belongs to root: the kiosk could neither change nor remove it."""
    wrapper = Path("packaging/deb/files/cunkou").read_text(encoding="utf-8")
    listed = re.search(r"^ +(install \|.+)\)$", wrapper, re.MULTILINE)
    assert listed
    by_themselves = {"pack", "publish", "trust", "kiosk-id"}  # a publisher's, and those that take the owner's rights
    assert set(listed[1].split(" | ")) == set(COMMANDS) - by_themselves
