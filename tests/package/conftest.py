"""What the tests of the package share: packages, a Debian to install into, and one in which it is installed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from platformdirs import user_cache_path

from tests.package import debian as debian_box

ROOT = Path(__file__).parent.parent.parent
FOLDER = user_cache_path("cunkou-deb-test", appauthor=False)
"""Not below the source tree: tests there look through every file of it."""
OLDER = "0.0.9"
SITE = 'village = "云溪村便民服务点"\n'


@pytest.fixture(scope="session", autouse=True)
def root_user():
    if os.geteuid() != 0:
        pytest.skip("needs root: debootstrap, chroot, mount")


def build(out, *arguments, environment=None):
    command = [sys.executable, "packaging/deb/build.py", "--out", str(out), "--work", str(out / "work"), *arguments]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, env={**os.environ, **(environment or {})})
    return next(out.glob("*.deb"))


@pytest.fixture(scope="session")
def package():
    """The one that `make deb` has just built, or the one that CUNKOU_PACKAGE names."""
    if named := os.environ.get("CUNKOU_PACKAGE"):
        return Path(named)
    return max((ROOT / "build").glob("cunkou_*_amd64.deb"), key=lambda path: path.stat().st_mtime)


@pytest.fixture(scope="session")
def older(tmp_path_factory):
    """A lower version number of the same tree."""
    return build(tmp_path_factory.mktemp("older"), "--version", OLDER, "--compression", "none")


@pytest.fixture(scope="session")
def base():
    return debian_box.base(FOLDER)


@pytest.fixture(scope="session")
def signer(tmp_path_factory):
    """A key of gpg that lives as long as the tests: its fingerprint, and where it is."""
    home = tmp_path_factory.mktemp("gnupg")
    home.chmod(0o700)
    environment = {**os.environ, "GNUPGHOME": str(home)}
    make = ["gpg", "--batch", "--passphrase", "", "--quick-generate-key", "trial@cunkou.invalid", "ed25519", "sign"]
    subprocess.run(make, check=True, capture_output=True, env=environment)
    listed = subprocess.run(
        ["gpg", "--batch", "--with-colons", "-K"], check=True, capture_output=True, env=environment, text=True
    )
    yield next(line.split(":")[9] for line in listed.stdout.splitlines() if line.startswith("fpr:")), environment
    subprocess.run(["gpgconf", "--kill", "all"], check=True, env=environment)


@pytest.fixture(scope="session")
def bundle(package, signer, tmp_path_factory):
    """The folder for a stick, as `make bundle` makes it."""
    fingerprint, environment = signer
    made = tmp_path_factory.mktemp("bundle") / "cunkou-stick"
    command = [sys.executable, "packaging/bundle/build.py", "--key", fingerprint, "--package", str(package)]
    command += ["--out", str(made), "--cache", str(FOLDER / "bundle")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    return made


@pytest.fixture
def offline(tmp_path):
    """A Debian on which nothing was ever installed, and which reaches no network."""
    over = str(debian_box.minimal(FOLDER))
    with debian_box.fresh(over, FOLDER / f"offline-{os.getpid()}-{tmp_path.name}", offline=True) as fresh:
        fresh.path("/etc/dpkg/dpkg.cfg.d/trial").write_text("force-unsafe-io\n")  # nothing here outlives the trial
        yield fresh


@pytest.fixture
def debian(base, tmp_path):
    with debian_box.fresh(str(base), FOLDER / f"fresh-{os.getpid()}-{tmp_path.name}") as fresh:
        yield fresh


@pytest.fixture(scope="session")
def with_older(base, older):
    """Folders of a Debian whose kiosk has run for a while with the version before: it is set up and has content."""
    scratch = FOLDER / f"older-{os.getpid()}"
    with debian_box.fresh(str(base), scratch, keep=True) as made:
        installed = made.dpkg_install(older)
        assert installed.returncode == 0, installed.stderr
        made.path("/etc/cunkou/site.toml").write_text(SITE, encoding="utf-8")
        made.ok(*debian_box.AS_KIOSK, "sh", "-c", "echo 7 > /var/lib/cunkou/unanswered.json")
    yield f"{scratch / 'layer'}:{base}"
    shutil.rmtree(scratch)


@pytest.fixture
def kiosk(with_older, tmp_path):
    """A layer of its own over that Debian."""
    with debian_box.fresh(with_older, FOLDER / f"kiosk-{os.getpid()}-{tmp_path.name}") as fresh:
        yield fresh
