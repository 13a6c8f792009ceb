"""Builds cunkou_VERSION_amd64.deb; run by ``make deb``. The same source gives the same bytes.

Everything is laid out below build/deb/root and packed by dpkg-deb. Times are those of the last commit unless
SOURCE_DATE_EPOCH says otherwise.
"""

import argparse
import gzip
import hashlib
import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import papers
import payload
from packaging.utils import canonicalize_name

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
BASE = Path("opt/cunkou")
DOC = Path("usr/share/doc/cunkou")
DATA_MODE, PROGRAM_MODE = 0o644, 0o755
_PROGRAMS = re.compile(r"(?:^|/)bin/[^/]+$")
_LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==[^\n]*\n((?:\s+--hash=sha256:[0-9a-f]{64}[ \\]*\n)*)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Made:
    """What is packed: which version, of which commit, at what time in seconds since 1970."""

    version: str
    commit: str
    epoch: int


def main() -> int:
    """Lay out, then pack; print where the package is."""
    options = _options()
    plan = tomllib.loads((HERE / "package.toml").read_text("utf-8"))
    commit = _git("rev-parse", options.commit)
    epoch = int(os.environ.get("SOURCE_DATE_EPOCH") or _git("log", "-1", "--format=%ct", commit))
    shutil.rmtree(options.work, ignore_errors=True)
    root = options.work / "root"
    try:
        lay_out(root, plan, Made(options.version, commit, epoch))
    except (payload.StaleListError, subprocess.CalledProcessError) as error:
        print(error, file=sys.stderr)
        return 1
    write_control(root, plan, options.version)
    package = options.out / f"cunkou_{options.version}_amd64.deb"
    pack(root, package, options.compression, epoch)
    print(f"{package}: {package.stat().st_size / 1e6:.1f} MB, installed {_size(root) / 1e6:.1f} MB")
    shutil.rmtree(options.work)
    return 0


def _options() -> argparse.Namespace:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    parser = argparse.ArgumentParser(description="Build the Debian package.")
    parser.add_argument("--version", default=version, help="instead of the project's; for tests of upgrades")
    parser.add_argument("--commit", default="HEAD", help="of the program; packaging itself is as it lies here")
    parser.add_argument("--out", type=Path, default=ROOT / "build", help="folder of the package")
    parser.add_argument("--work", type=Path, default=ROOT / "build/deb", help="scratch folder; emptied first")
    parser.add_argument("--compression", choices=("xz", "none"), default="xz", help="none is quick, for tests")
    return parser.parse_args()


def lay_out(root: Path, plan: dict[str, Any], made: Made) -> None:
    """Put every file of the package below ``root``, as it will lie on the kiosk."""
    version = made.version
    target = root / BASE / version
    installed = f"/{BASE}/{version}"
    distributions = payload.shipped_distributions(ROOT, plan)
    payload.place_environment(target, HERE / "files")
    site_packages = target / payload.SITE_PACKAGES
    payload.place_libraries(site_packages, distributions, plan)
    payload.place_program(ROOT, made.commit, site_packages, plan)
    payload.compile_all(target, installed)
    payload.try_out(target)
    shutil.copytree(ROOT / "build/starter", target / "starter")
    _place_trust_root(target)
    libraries = [_library(one, plan) for one in distributions]
    _write_papers(root, plan, libraries, f"{BASE}/{version}/{payload.SITE_PACKAGES}", made)
    for source, place in (
        ("site.toml", "etc/cunkou/site.toml"),
        ("cunkou.desktop", "usr/share/applications/cunkou.desktop"),
        ("lintian-overrides", "usr/share/lintian/overrides/cunkou"),
        ("cunkou.svg", "usr/share/icons/hicolor/scalable/apps/cunkou.svg"),
    ):
        (root / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(HERE / "files" / source, root / place)
    shutil.copytree(HERE / "files/system", root, dirs_exist_ok=True)  # the session: units, rules, what they run
    (root / "usr/bin").mkdir(parents=True)
    for command in ("cunkou", "cunkou-kiosk"):
        (root / "usr/bin" / command).symlink_to(f"/{BASE}/current/bin/{command}")


def _place_trust_root(target: Path) -> None:
    """Ship whom to trust, if somebody has put a root beside this file; the project itself has none to ship."""
    given = HERE / "root.json"
    if given.exists():
        data = given.read_bytes()
        from sync.trust.anchor import fingerprint_of  # noqa: PLC0415 (only where there is a root)

        (target / "root.json").write_bytes(data)
        (target / "root.fingerprint").write_text(f"{fingerprint_of(data)}\n", encoding="ascii")


def _library(one: importlib.metadata.Distribution, plan: dict[str, Any]) -> papers.Library:
    name = canonicalize_name(one.name)
    licence = plan["licences"].get(name) or one.metadata.get("License-Expression") or one.metadata.get("License") or ""
    if not re.fullmatch(r"[A-Za-z0-9.()+ -]{3,100}", licence):
        raise payload.StaleListError(f"package.toml: no licence for {name}, which says {licence[:60]!r}")
    files = [path for path in one.files or () if ".." not in path.parts and "__pycache__" not in path.parts]
    texts = [
        path for path in files if ".dist-info" in path.parts[0] and re.match("licen|copying|notice", path.name.lower())
    ]
    lock = {
        canonicalize_name(found): hashes for found, hashes in _LOCKED.findall((ROOT / "requirements.lock").read_text())
    }
    return papers.Library(
        name=name,
        version=one.version,
        licence=licence,
        folders=tuple(sorted({path.parts[0] + ("/*" if len(path.parts) > 1 else "") for path in files})),
        holders=one.metadata.get("Author") or one.metadata.get("Author-email") or "",
        texts=tuple(Path(path.locate()).read_text("utf-8") for path in sorted(texts)),
        digests=tuple(sorted(re.findall(r"sha256:([0-9a-f]{64})", lock[name]))),
    )


def inside(site_packages: Path) -> list[papers.Part]:
    """Return what inside.toml tells of the files that are shipped.

    Raises:
        StaleListError: It tells of a file that is not shipped, or no text of a licence is at hand.
    """
    told = tomllib.loads((HERE / "inside.toml").read_text("utf-8"))
    parts = []
    for file in told["file"]:
        if not list(site_packages.glob(file["name"])):
            raise payload.StaleListError(f"inside.toml tells of what is not shipped: {file['name']}")
        for one in file["holds"]:
            text, licence = HERE / "licences" / f"{one['licence']}.txt", one["licence"]
            if text.exists():
                words = text.read_text("utf-8")
            elif licence in told["texts"]:
                words = f"The full text is in this file, in the licence of the library {told['texts'][licence]}."
            elif licence in papers.COMMON_LICENCES:
                words = ""  # Debian's own
            else:
                raise payload.StaleListError(
                    f"inside.toml: {one['name']} is under {licence}, and there is no text of it"
                )
            parts.append(papers.Part(file["name"], one["name"], one.get("version", ""), licence, one["holders"], words))
    return parts


def _write_papers(
    root: Path, plan: dict[str, Any], libraries: Sequence[papers.Library], place: str, made: Made
) -> None:
    from kiosk.cli.main import COMMANDS  # noqa: PLC0415 (the program's own list, when the environment stands)

    doc = root / DOC
    doc.mkdir(parents=True)
    parts = inside(root / place)
    page = papers.copyright_page(libraries, place, "the Cunkou maintainers", parts)
    (doc / "copyright").write_text(page, "utf-8")
    (doc / "bom.cdx.json").write_text(
        papers.bill_of_materials(libraries, made.version, plan["control"]["depends"], made.epoch, parts), "utf-8"
    )
    (doc / "commit").write_text(f"{made.commit}\n", encoding="ascii")
    shutil.copyfile(HERE / "package.toml", doc / "package.toml")
    log = papers.changelog(
        _git("show", f"{made.commit}:CHANGELOG.md"), made.version, plan["control"]["maintainer"], made.epoch
    )
    _write_gzip(doc / "changelog.gz", log)
    for name in ("cunkou", "cunkou-kiosk"):
        template = (HERE / "man" / f"{name}.1").read_text("utf-8")
        commands = {command: known.help for command, known in COMMANDS.items()}
        page = papers.manual_page(template, made.version, made.epoch, commands)
        _write_gzip(root / "usr/share/man/man1" / f"{name}.1.gz", page)


def _write_gzip(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode(), mtime=0))


def write_control(root: Path, plan: dict[str, Any], version: str) -> None:
    """Write what dpkg reads: control, sums, the list of settings files, the maintainer scripts, the triggers."""
    control = root / "DEBIAN"
    kib = (_size(root) + 1023) // 1024
    sums = [
        f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  {path.relative_to(root)}\n"
        for path in sorted(root.rglob("*"))
        if path.is_file() and not path.is_symlink()
    ]
    control.mkdir()
    (control / "md5sums").write_text("".join(sums), "utf-8")
    settings = sorted(path for path in (root / "etc").rglob("*") if path.is_file())
    (control / "conffiles").write_text("".join(f"/{path.relative_to(root)}\n" for path in settings), "utf-8")
    (control / "control").write_text(_control(plan["control"], version, kib), "utf-8")
    for script in sorted((HERE / "scripts").iterdir()):
        (control / script.name).write_text(script.read_text("utf-8").replace("@VERSION@", version), "utf-8")


def pack(root: Path, package: Path, compression: str, epoch: int) -> None:
    """Make the package of what is laid out: modes, times, dpkg-deb. Under its name it is whole or not there."""
    _set_modes_and_times(root, epoch)
    package.parent.mkdir(parents=True, exist_ok=True)
    making = package.with_suffix(".making")
    subprocess.run(  # noqa: S603
        [
            "/usr/bin/dpkg-deb",
            "--root-owner-group",
            f"-Z{compression}",
            "--threads-max=1",
            "--build",
            str(root),
            str(making),
        ],
        check=True,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(epoch)},
    )
    making.replace(package)


def _control(plan: dict[str, Any], version: str, kib: int) -> str:
    return (
        f"Package: cunkou\nVersion: {version}\nArchitecture: amd64\nMaintainer: {plan['maintainer']}\n"
        f"Installed-Size: {kib}\nSection: {plan['section']}\nPriority: optional\n"
        f"Depends: {', '.join(plan['depends'])}\nRecommends: {', '.join(plan['recommends'])}\n"
        "Description: offline information kiosk for village service points\n"
        " A touch screen for villagers: policies in plain words, search in Chinese and\n"
        " pinyin, read aloud, printed on a slip. Works without network; new content\n"
        " comes signed, by stick or by a slow line.\n"
        " .\n"
        " 村口：村便民服务点的信息屏，不联网也能查、能听、能打印。\n"
    )


def _set_modes_and_times(root: Path, epoch: int) -> None:
    for path in sorted([root, *root.rglob("*")], reverse=True):
        name = str(path.relative_to(root))
        if not path.is_symlink():
            runs = path.is_dir() or _PROGRAMS.search(name) or re.fullmatch("DEBIAN/(pre|post)(inst|rm)", name)
            path.chmod(PROGRAM_MODE if runs else DATA_MODE)
        os.utime(path, (epoch, epoch), follow_symlinks=False)


def _size(root: Path) -> int:
    """Return the bytes of all files."""
    return sum(path.stat().st_size for path in root.rglob("*") if path.is_file() and not path.is_symlink())


def _git(*arguments: str) -> str:
    told = subprocess.run(["git", *arguments], cwd=ROOT, check=True, stdout=subprocess.PIPE)  # noqa: S603, S607
    return told.stdout.decode().strip()


if __name__ == "__main__":
    sys.exit(main())
