"""The disk of an appliance: Debian 12 with its own kernel, what our package recommends, and our package.

The Debian below it is made once and kept; the disk is made anew for each package. What a test needs inside, and a kiosk
has not, is laid over it: an agent that runs commands.
"""

import hashlib
import shutil
import subprocess
import tomllib
from dataclasses import dataclass
from pathlib import Path

from tests.appliance.processor import EMULATED, processor
from tests.fakes.county import REGION
from tests.package.debian import MIRROR, Debian, fresh

ROOT = Path(__file__).parents[2]
PLAN = tomllib.loads((ROOT / "packaging/deb/package.toml").read_text("utf-8"))["control"]
SYSTEM = (
    *("linux-image-amd64", "initramfs-tools", "zstd", "systemd-sysv", "dbus", "udev", "procps", "kmod"),
    *("dosfstools", "exfatprogs", "iproute2", "alsa-utils"),
)
X11 = ("xserver-xorg-core", "xserver-xorg-video-fbdev", "xserver-xorg-input-libinput", "xinit")
DISK_BYTES = 4 << 30
SITE = f'village = "云溪村便民服务点"\nregion = "{REGION}"\n'
TRY_AGAIN_S = 300
"""Instead of ten minutes, so that a test sees it; four starts in vain still fall into it where a start takes long."""


@dataclass(frozen=True)
class Disk:
    """What a machine starts from: a root file system, and the kernel on it."""

    root: Path
    kernel: Path
    initrd: Path


def base(folder: Path) -> Path:
    """Return a Debian with everything but our package; made if it is not there."""
    wanted = sorted({*SYSTEM, *X11, *(line.split()[0] for line in (*PLAN["depends"], *PLAN["recommends"]))})
    stamp = hashlib.sha256(" ".join(wanted).encode()).hexdigest()
    made, mark = folder / "base", folder / "base.stamp"
    if mark.exists() and mark.read_text() == stamp:
        return made
    shutil.rmtree(made, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["debootstrap", "--variant=minbase", "bookworm", str(made), MIRROR], check=True, capture_output=True)
    (made / "usr/sbin/policy-rc.d").write_text("#!/bin/sh\nexit 101\n")  # nothing starts in here
    (made / "usr/sbin/policy-rc.d").chmod(0o755)
    shutil.copyfile("/etc/hosts", made / "etc/hosts")
    modules = made / "etc/initramfs-tools"
    modules.mkdir()
    (modules / "modules").write_text("virtio_pci\nvirtio_blk\next4\n")
    (modules / "conf.d").mkdir()
    (modules / "conf.d/small").write_text("MODULES=list\n")  # for this machine only: most of a start without KVM
    Debian(made).ok("apt-get", "install", "-y", "-qq", "--no-install-recommends", *wanted)
    Debian(made).ok("apt-get", "clean")
    mark.write_text(stamp)
    return made


def disk(package: Path, folder: Path, *, trust: tuple[bytes, str]) -> Disk:
    """Make the disk of a kiosk as an administrator would: install it, put the site file beside it.

    Args:
        package: Ours.
        folder: The base is kept in it; the disk is put into it.
        trust: Root metadata of whom this kiosk believes, and their fingerprint.
    """
    with fresh(str(base(folder)), folder / "layer") as debian:
        installed = debian.dpkg_install(package)
        assert installed.returncode == 0, installed.stderr
        debian.path("/etc/cunkou/site.toml").write_text(SITE, encoding="utf-8")
        debian.path("/tmp/root.json").write_bytes(trust[0])
        debian.ok("cunkou", "trust", "set", "/tmp/root.json", "--fingerprint", trust[1])
        debian.ok("systemctl", "enable", "cups.socket")  # the kiosk itself starts with the machine once it is installed
        _lay_test_over(debian)
        boot = debian.path("/boot")
        kernel, initrd = folder / "vmlinuz", folder / "initrd"
        shutil.copyfile(max(boot.glob("vmlinuz-*")), kernel)
        shutil.copyfile(max(boot.glob("initrd.img-*")), initrd)
        if processor(kernel) == EMULATED:
            _be_patient(debian)
        debian.ok("sh", "-c", "rm -rf /tmp/*")
        root = folder / "root.raw"
        root.unlink(missing_ok=True)
        with root.open("wb") as empty:
            empty.truncate(DISK_BYTES)
        subprocess.run(["umount", str(debian.path("/proc"))], check=True)
        try:
            subprocess.run(["mkfs.ext4", "-q", "-F", "-d", str(debian.root), str(root)], check=True)
        finally:
            subprocess.run(["mount", "-t", "proc", "proc", str(debian.path("/proc"))], check=True)
    return Disk(root, kernel, initrd)


def _lay_test_over(debian: Debian) -> None:
    """Put the agent in, and what Debian's installer would have written."""
    shutil.copyfile(Path(__file__).with_name("agent.py"), debian.path("/root/agent.py"))
    debian.path("/etc/systemd/system/agent.service").write_text(
        "[Unit]\nDefaultDependencies=no\nAfter=systemd-udevd.service\nConflicts=shutdown.target\n"
        "[Service]\nExecStart=/usr/bin/python3.11 /root/agent.py\nRestart=always\nRestartSec=0.3\nOOMScoreAdjust=-900\n"
        "[Install]\nWantedBy=sysinit.target\n"
    )
    debian.ok("systemctl", "enable", "agent.service")
    for unit, words in (
        ("cunkou-kiosk.service", f"[Unit]\nStartLimitIntervalSec={TRY_AGAIN_S}\n"),
        ("cunkou-kiosk-again.timer", f"[Timer]\nOnActiveSec=\nOnActiveSec={TRY_AGAIN_S}\n"),
    ):
        hurry = debian.path(f"/etc/systemd/system/{unit}.d/hurry.conf")
        hurry.parent.mkdir(parents=True)
        hurry.write_text(words)
    debian.path("/etc/fstab").write_text("/dev/vda / ext4 errors=remount-ro 0 1\n")
    debian.path("/etc/hostname").write_text("kiosk\n")
    debian.path("/etc/machine-id").write_text("")
    debian.path("/usr/sbin/policy-rc.d").unlink()


def _be_patient(debian: Debian) -> None:
    """Give a processor that is ten times slower, and that others use too, more time, and only there."""
    drop_in = debian.path("/etc/systemd/system/cunkou-kiosk.service.d/emulated.conf")
    drop_in.write_text("[Service]\nTimeoutStartSec=15min\nWatchdogSec=180\nTimeoutAbortSec=10\n")
