"""What the stories of the appliance share: a county, the disk of a kiosk that believes it, a place for pictures."""

import hashlib
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from platformdirs import user_cache_path

from tests.appliance import image
from tests.appliance.stick import NEEDED as NEEDED_FOR_STICKS
from tests.fakes.county import County

ROOT = Path(__file__).parents[2]
FOLDER = user_cache_path("cunkou-appliance-test", appauthor=False)
"""Not below the source tree: tests there look through every file of it."""
NEEDED = ("qemu-system-x86_64", "qemu-img", "debootstrap", "mkfs.ext4", *NEEDED_FOR_STICKS)


@pytest.fixture(scope="session", autouse=True)
def what_it_takes():
    lacking = [program for program in NEEDED if not shutil.which(program)]
    if os.geteuid() != 0:
        pytest.skip("needs root: debootstrap, chroot, mount")
    if lacking:
        pytest.skip(f"lacks {', '.join(lacking)}: see packaging/debian-appliance.txt")


@pytest.fixture(scope="session")
def county(tmp_path_factory):
    return County(tmp_path_factory.mktemp("county"), now=datetime.now(UTC))


@pytest.fixture(scope="session")
def disk(county):
    """Of the package that CUNKOU_PACKAGE names, else of the one that `make deb` has just built."""
    built = sorted((ROOT / "build").glob("cunkou_*_amd64.deb"), key=lambda path: path.stat().st_mtime)
    package = Path(os.environ.get("CUNKOU_PACKAGE") or built[-1])
    root = (county.folder / "metadata/1.root.json").read_bytes()
    return image.disk(package, FOLDER, trust=(root, hashlib.sha256(root).hexdigest()))


@pytest.fixture(scope="session")
def pictures():
    """Where every machine of this run keeps what it has seen."""
    folder = FOLDER / "seen"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
