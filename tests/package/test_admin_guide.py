"""What the administrators' guide lets root type, tried out in a Debian of its own."""

import shutil

import pytest

from tests.fakes.guides import commands_in

pytestmark = [pytest.mark.long, pytest.mark.timeout(1800)]

STICK = "/media/usb/cunkou-stick"
PRINTER = {"ADDRESS": "socket://192.0.2.7:9100", "MODEL": "drv:///sample.drv/generpcl.ppd"}
NOTHING_STARTS = {"SYSTEMD_OFFLINE": "1"}
"""Units are enabled, and what would start or stop them is understood; started they are by `make appliance-test`."""
WITH_CUPS = """
/usr/sbin/cupsd -f >/dev/null 2>&1 & cups=$!
trap 'kill $cups' EXIT
until lpstat -r | grep -q 'is running'; do kill -0 $cups || exit 1; sleep 0.1; done
"""


def test_every_command_for_root_works_in_the_order_of_the_guide(debian, package):
    debian.bring(package)
    lines = [line.replace("cunkou_VERSION_amd64.deb", package.name) for line in commands_in("admin.md", "sh root")]
    assert any("install" in line for line in lines)
    assert any("purge" in line for line in lines)
    for line in lines:
        debian.ok("sh", "-c", f"cd /tmp && {line}")
    assert not debian.path("/var/lib/cunkou").exists()
    assert not debian.path("/etc/cunkou").exists()


def test_every_command_for_a_whole_kiosk_works_on_one_that_came_from_the_stick(offline, bundle, signer):
    shutil.copytree(bundle, offline.path(STICK))
    install, *lines = commands_in("admin.md", "sh box")
    assert "install.sh" in install
    offline.ok("sh", "-c", install, also={"SIGNER": signer[0]})
    assert len(lines) > 5
    offline.ok("sh", "-ec", "\n".join((WITH_CUPS, *lines, "lpstat -d > /tmp/default")), also=PRINTER | NOTHING_STARTS)
    assert offline.path("/tmp/default").read_text().endswith(": village\n")
    wanted = {link.name for link in offline.path("/etc/systemd/system").glob("*.wants/*")}
    assert "cunkou-kiosk.service" in wanted
