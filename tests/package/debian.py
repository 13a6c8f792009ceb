"""A fresh Debian 12 to install into: made once by debootstrap, then a layer over it for each test."""

import hashlib
import os
import shutil
import subprocess
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PLAN = tomllib.loads((ROOT / "packaging/deb/package.toml").read_text("utf-8"))["control"]
MIRROR = os.environ.get("DEBIAN_MIRROR", "http://deb.debian.org/debian")
LIMIT_S = 900
AS_KIOSK = ("setpriv", "--reuid=cunkou", "--regid=cunkou", "--init-groups")
PLAIN = {
    "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
    "HOME": "/root",
    "LANG": "C.UTF-8",
    "DEBIAN_FRONTEND": "noninteractive",
}


class Debian:
    """A Debian below a folder; commands run in it by chroot."""

    def __init__(self, root: Path, *, offline: bool = False) -> None:
        self.root = root
        self._enter = (*(("unshare", "--net") if offline else ()), "chroot", str(root))

    def run(self, *command: str, also: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*self._enter, *command],
            env={**PLAIN, **(also or {})},
            capture_output=True,
            text=True,
            timeout=LIMIT_S,
            check=False,
            stdin=subprocess.DEVNULL,
        )

    def ok(self, *command: str, also: Mapping[str, str] | None = None) -> str:
        done = self.run(*command, also=also)
        assert done.returncode == 0, f"{command}\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}"
        return done.stdout

    def bring(self, package: Path) -> str:
        """Lay a file into this Debian's /tmp and return its place there."""
        shutil.copyfile(package, self.root / "tmp" / package.name)
        return f"/tmp/{package.name}"

    def dpkg_install(self, package: Path) -> subprocess.CompletedProcess[str]:
        return self.run("dpkg", "-i", self.bring(package))

    def path(self, place: str) -> Path:
        return self.root / place.lstrip("/")


def minimal(folder: Path) -> Path:
    """Return a Debian 12 with nothing but what every Debian has; made if it is not there."""
    made, mark = folder / "minimal", folder / "minimal.stamp"
    if mark.exists():
        return made
    shutil.rmtree(made, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["debootstrap", "--variant=minbase", "bookworm", str(made), MIRROR], check=True, capture_output=True)
    (made / "usr/sbin/policy-rc.d").write_text("#!/bin/sh\nexit 101\n")  # nothing starts in here
    (made / "usr/sbin/policy-rc.d").chmod(0o755)
    shutil.copyfile("/etc/hosts", made / "etc/hosts")
    mark.touch()
    return made


def base(folder: Path) -> Path:
    """Return a Debian 12 with what our package depends on and nothing that it recommends; made if it is not there."""
    wanted = [line.split()[0] for line in PLAN["depends"]]
    stamp = hashlib.sha256(" ".join(wanted).encode()).hexdigest()
    made, mark = folder / "base", folder / "base.stamp"
    if mark.exists() and mark.read_text() == stamp:
        return made
    shutil.rmtree(made, ignore_errors=True)
    subprocess.run(["cp", "-a", str(minimal(folder)), str(made)], check=True)
    Debian(made).ok("apt-get", "update", "-qq")
    Debian(made).ok("apt-get", "install", "-y", "-qq", "--no-install-recommends", *wanted)
    mark.write_text(stamp)
    return made


@contextmanager
def fresh(over: str, scratch: Path, *, keep: bool = False, offline: bool = False) -> Iterator[Debian]:
    """Give a Debian in which everything may be changed: a layer over one that stays as it is, or over several.

    Args:
        over: Folders, the uppermost first, with colons between them.
        scratch: Will hold the layer in ``layer``.
        keep: Leave the layer behind.
        offline: Nothing in it reaches a network.
    """
    layer, work, seen = (scratch / name for name in ("layer", "work", "seen"))
    for place in (layer, work, seen):
        place.mkdir(parents=True)
    options = f"lowerdir={over},upperdir={layer},workdir={work}"
    subprocess.run(["mount", "-t", "overlay", "overlay", "-o", options, str(seen)], check=True)
    subprocess.run(["mount", "-t", "proc", "proc", str(seen / "proc")], check=True)
    try:
        yield Debian(seen, offline=offline)
    finally:
        subprocess.run(["umount", str(seen / "proc")], check=True)
        subprocess.run(["umount", str(seen)], check=True)
        if not keep:
            shutil.rmtree(scratch)
