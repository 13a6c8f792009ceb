"""What the administrators' guide lets root type, tried out in a Debian of its own."""

import pytest

from tests.fakes.guides import commands_in

pytestmark = pytest.mark.long


def test_every_command_for_root_works_in_the_order_of_the_guide(debian, package):
    debian.bring(package)
    lines = [line.replace("cunkou_VERSION_amd64.deb", package.name) for line in commands_in("admin.md", "sh root")]
    assert any("install" in line for line in lines)
    assert any("purge" in line for line in lines)
    for line in lines:
        debian.ok("sh", "-c", f"cd /tmp && {line}")
    assert not debian.path("/var/lib/cunkou").exists()
    assert not debian.path("/etc/cunkou").exists()
