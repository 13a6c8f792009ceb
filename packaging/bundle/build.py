"""Builds a folder for a stick: our package and everything that it needs from Debian; run by ``make bundle``.

The folder is an apt source of its own, signed with the key of whoever makes it, beside a script that installs from it.
apt finds and fetches the packages, apt-ftparchive lists them, gpg signs; none of them sees this machine's own state.
"""

import argparse
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SUITE = "stable"
LISTS = f"dists/{SUITE}/main/binary-amd64"
MIRROR, SECURITY = "http://deb.debian.org/debian", "http://deb.debian.org/debian-security"
KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
_SOURCES = """\
deb [arch=amd64 signed-by={keyring}] {mirror} bookworm main
deb [arch=amd64 signed-by={keyring}] {mirror} bookworm-updates main
deb [arch=amd64 signed-by={keyring}] {security} bookworm-security main
"""


class BundleError(Exception):
    """The folder cannot be made; the message is for whoever called ``make bundle``."""


def main() -> int:
    """Collect, list, sign; print what it weighs."""
    options = _options()
    plan = tomllib.loads((ROOT / "packaging/deb/package.toml").read_text("utf-8"))["control"]
    also = [name for name in (HERE / "also.txt").read_text("utf-8").splitlines() if name and name[0] != "#"]
    names = ["cunkou", *plan["recommends"], *also]
    folder = options.out
    shutil.rmtree(folder, ignore_errors=True)
    (folder / LISTS).mkdir(parents=True)
    (folder / "pool").mkdir()
    try:
        package = options.package or newest(ROOT / "build")
        shutil.copyfile(package, folder / "pool" / package.name)
        for found in collect(options, package, names[1:]):
            shutil.copyfile(found, folder / "pool" / plain_name(found.name))
        write_lists(folder)
        fingerprint = sign(folder, options.key)
    except BundleError as error:
        print(error, file=sys.stderr)
        return 1
    script = (HERE / "install.sh").read_text("utf-8").replace("@NAMES@", " ".join(names))
    (folder / "install.sh").write_text(script, "utf-8")
    (folder / "install.sh").chmod(0o755)
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    count = sum(1 for _ in (folder / "pool").iterdir())
    print(f"{folder}: {count} packages, {sum(sizes) / 1e6:.1f} MB, signed by {fingerprint}")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Build the folder for a stick.")
    parser.add_argument(
        "--key", required=True, help="of gpg, to sign with: fingerprint or address; GNUPGHOME is heeded"
    )
    parser.add_argument("--package", type=Path, help="ours; else the newest in build/")
    parser.add_argument("--out", type=Path, default=ROOT / "build/cunkou-stick", help="the folder; emptied first")
    parser.add_argument("--cache", type=Path, default=ROOT / "build/bundle", help="keeps what was fetched from Debian")
    parser.add_argument("--mirror", default=MIRROR)
    parser.add_argument("--security", default=SECURITY)
    return parser.parse_args()


def newest(folder: Path) -> Path:
    """Return the package that was built last.

    Raises:
        BundleError: There is none.
    """
    made = sorted(folder.glob("cunkou_*_amd64.deb"), key=lambda path: path.stat().st_mtime)
    if not made:
        raise BundleError("There is no package yet: make deb")
    return made[-1]


def plain_name(name: str) -> str:
    """Return a package's file name without the epoch of its version, which holds a colon: no stick likes that.

    Args:
        name: As apt keeps it, such as ``a_1%3a2.0_amd64.deb``.
    """
    package, version, architecture = name.split("_")
    return f"{package}_{version.partition('%3a')[2] or version}_{architecture}"


def collect(options: argparse.Namespace, package: Path, names: list[str]) -> list[Path]:
    """Fetch what our package and ``names`` need, down to libc: as for a machine on which nothing is installed.

    Raises:
        BundleError: apt finds no way, or cannot reach Debian.
    """
    state, archives = options.cache / "state", options.cache / "archives"
    shutil.rmtree(state, ignore_errors=True)
    for place in (state / "lists/partial", archives / "partial"):
        place.mkdir(parents=True, exist_ok=True)
    (state / "status").touch()
    (state / "sources.list").write_text(
        _SOURCES.format(keyring=KEYRING, mirror=options.mirror, security=options.security), "utf-8"
    )
    settings = {
        "Dir::State": state.resolve(),
        "Dir::State::status": (state / "status").resolve(),
        "Dir::State::lists": (state / "lists").resolve(),
        "Dir::Etc::sourcelist": (state / "sources.list").resolve(),
        "Dir::Etc::sourceparts": "-",
        "Dir::Etc::preferencesparts": "-",
        "Dir::Cache": state.resolve(),
        "Dir::Cache::archives": archives.resolve(),
        "APT::Architecture": "amd64",
        "APT::Architectures": "amd64",
        "APT::Sandbox::User": "root",
        "APT::Install-Recommends": "false",
        "APT::Keep-Downloaded-Packages": "true",
        "Acquire::Languages": "none",
    }
    apt = ["apt-get", "-qq", *(part for key, value in settings.items() for part in ("-o", f"{key}={value}"))]
    _run([*apt, "update"])
    wanted = [str(package.resolve()), *names]
    _run([*apt, "-y", "--download-only", "install", *wanted])
    told = _run([*apt, "--print-uris", "--no-download", "--reinstall", "install", *wanted])
    files = _run([*apt, "--simulate", "install", *wanted])
    chosen = {line.split()[1] for line in files.splitlines() if line.startswith("Inst ")} - {"cunkou"}
    versions = {
        line.split()[1]: line.split("(")[1].split()[0] for line in files.splitlines() if line.startswith("Inst ")
    }
    found = []
    for name in sorted(chosen):
        made = list(archives.glob(f"{name}_{versions[name].replace(':', '%3a')}_*.deb"))
        if len(made) != 1:
            raise BundleError(f"apt has not fetched {name} {versions[name]} {told[:200]}")
        found += made
    return found


def write_lists(folder: Path) -> None:
    """Write what apt reads first: Packages, compressed as well, and Release with the sums of both."""
    listed = _run(["apt-ftparchive", "packages", "pool"], folder)
    (folder / LISTS / "Packages").write_text(listed, "utf-8")
    _run(["xz", "--keep", "--force", str(folder.resolve() / LISTS / "Packages")])
    words = {"Origin": "Cunkou", "Label": "Cunkou", "Suite": SUITE, "Codename": SUITE}
    words |= {"Architectures": "amd64", "Components": "main", "Description": "Cunkou and what it needs from Debian 12"}
    given = [part for key, value in words.items() for part in ("-o", f"APT::FTPArchive::Release::{key}={value}")]
    release = _run(["apt-ftparchive", *given, "release", f"dists/{SUITE}"], folder)
    (folder / "dists" / SUITE / "Release").write_text(release, "utf-8")


def sign(folder: Path, key: str) -> str:
    """Sign Release and lay the public key beside it; return the fingerprint that administrators compare.

    Raises:
        BundleError: gpg knows no such secret key, or several.
    """
    told = _run(["gpg", "--batch", "--with-colons", "--list-secret-keys", key]).splitlines()
    keys = [told[place + 1].split(":")[9] for place, line in enumerate(told) if line.startswith("sec:")]
    if len(keys) != 1:
        raise BundleError(f"{key} means {len(keys)} keys of gpg: give the fingerprint of one")
    place = folder / "dists" / SUITE
    gpg = ["gpg", "--batch", "--yes", "--local-user", keys[0], "--digest-algo", "SHA256"]
    _run([*gpg, "--clearsign", "--output", str(place / "InRelease"), str(place / "Release")])
    _run([*gpg, "--detach-sign", "--armor", "--output", str(place / "Release.gpg"), str(place / "Release")])
    _run(["gpg", "--batch", "--yes", "--output", str(folder / "cunkou.gpg"), "--export", keys[0]])
    return keys[0]


def _run(command: list[str], folder: Path = ROOT) -> str:
    """Run a tool and return what it said; what it complains of becomes our own complaint."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise BundleError(f"{' '.join(command[:1])}: {done.stderr.strip()[-2000:]}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
