"""What the doctor sees of this machine beside the kiosk: roots, print jobs, the service, sticks, printers."""

import json
from datetime import date

import pytest

from kiosk.doctor import ServiceState, TrustedRoot
from kiosk.home import Home
from kiosk.machine import (
    has_stick_service,
    keeps_print_jobs,
    printer_queues,
    service_state,
    ticket_devices,
    trusted_roots,
)
from kiosk.settings import Settings


def root(folder, expires, name="root.json", kind="root"):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(json.dumps({"signed": {"_type": kind, "expires": expires}, "signatures": []}))


def test_the_newest_root_of_every_repository_tells_its_end(tmp_path):
    trust = tmp_path / "trust"
    root(trust / "fujian", "2026-12-01T00:00:00Z")
    root(trust / "fujian" / "roots", "2027-12-01T00:00:00Z", "2.root.json")
    root(trust / "national", "2027-03-01T00:00:00Z")
    assert trusted_roots(Home(tmp_path)) == (
        TrustedRoot(repository="fujian", expires=date(2027, 12, 1)),
        TrustedRoot(repository="national", expires=date(2027, 3, 1)),
    )


@pytest.mark.parametrize("damage", ["", "[]", '{"signed": 1}', '{"signed": {"_type": "root", "expires": "soon"}}'])
def test_a_root_that_cannot_be_read_has_no_end(tmp_path, damage):
    root(tmp_path / "trust" / "fujian", "2027-12-01T00:00:00Z")
    (tmp_path / "trust" / "fujian" / "root.json").write_text(damage)
    assert trusted_roots(Home(tmp_path)) == (TrustedRoot(repository="fujian", expires=None),)


def test_a_new_home_trusts_nobody(tmp_path):
    assert trusted_roots(Home(tmp_path)) == ()


@pytest.mark.parametrize(
    ("text", "keeps"),
    [
        ("", True),
        ("PreserveJobHistory No\n", True),
        ("PreserveJobFiles No\n", True),
        ("# PreserveJobFiles No\n# PreserveJobHistory No\n", True),
        ("PreserveJobHistory No\nPreserveJobFiles No\n", False),
        ("  preservejobhistory off\n\tPreserveJobFiles 0\n<Location />\n</Location>\n", False),
        ("PreserveJobHistory No\nPreserveJobFiles 86400\n", True),
    ],
)
def test_what_cups_keeps_is_read_from_its_file(tmp_path, text, keeps):
    conf = tmp_path / "cupsd.conf"
    conf.write_text(text)
    assert keeps_print_jobs(Settings(), conf) is keeps


def test_where_cups_is_not_used_or_not_there_nobody_asks(tmp_path):
    assert keeps_print_jobs(Settings(printer="none"), tmp_path) is None
    assert keeps_print_jobs(Settings(), tmp_path / "cupsd.conf") is None


def test_the_service_is_found_enabled_and_watched(tmp_path):
    unit, wanted = tmp_path / "cunkou-kiosk.service", tmp_path / "etc"
    assert service_state(unit, wanted) is ServiceState.NOT_INSTALLED
    unit.write_text("[Service]\nType=notify\n")
    assert service_state(unit, wanted) is ServiceState.NOT_ENABLED
    (wanted / "graphical.target.wants").mkdir(parents=True)
    (wanted / "graphical.target.wants" / unit.name).symlink_to(unit)
    assert service_state(unit, wanted) is ServiceState.NO_WATCHDOG
    unit.write_text("[Service]\nType=notify\nWatchdogSec=20\n")
    assert service_state(unit, wanted) is ServiceState.READY


def test_sticks_and_ticket_printers_are_seen_by_their_files(tmp_path):
    assert not has_stick_service(tmp_path)
    (tmp_path / "org.freedesktop.UDisks2.service").touch()
    assert has_stick_service(tmp_path)
    for name in ("lp1", "lp0", "other"):
        (tmp_path / name).touch()
    assert ticket_devices(tmp_path) == (str(tmp_path / "lp0"), str(tmp_path / "lp1"))


def test_the_queues_are_those_that_cups_tells():
    assert printer_queues(lambda command: "village\nHP\n" if command == ["lpstat", "-e"] else None) == ("village", "HP")
    assert printer_queues(lambda _: None) == ()
