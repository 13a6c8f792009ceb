"""What goes below /opt/cunkou/VERSION: a private environment of Debian's Python, our libraries, our program.

Libraries are copied from .venv, where requirements.lock has put them; each file is compared with the hash that its
wheel recorded, so what is shipped is what was published, but for what package.toml leaves out or strips.
"""

import base64
import hashlib
import importlib.metadata
import io
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

FLOORS = ("content_packs", "sync", "kiosk", "ui")
SITE_PACKAGES = Path("lib/python3.11/site-packages")
_PYVENV = "home = /usr/bin\ninclude-system-site-packages = false\nversion = 3.11\n"
_LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==([^ \\]+)", re.MULTILINE)
_NOT_RUNNING = {"INSTALLER", "REQUESTED", "RECORD", "direct_url.json", "zip-safe"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One ``[[leave_out]]`` of package.toml: files below site-packages, but some, or whole distributions."""

    what: tuple[str, ...]
    but: tuple[str, ...]

    def leaves_out(self, path: str) -> bool:
        """Whether a file is not shipped.

        Args:
            path: Below site-packages.
        """
        return any(matches(path, one) for one in self.what) and not any(matches(path, one) for one in self.but)


class StaleListError(Exception):
    """package.toml names something that is not there, or the environment is not the one that is locked."""


def matches(path: str, pattern: str) -> bool:
    """Whether a path is meant by a pattern: ``**/`` is any folder or none, ``/**`` all below."""
    places = re.escape(pattern).replace(r"\*\*/", "(?:.*/)?").replace(r"/\*\*", "/.*").replace(r"\*", "[^/]*")
    return re.fullmatch(places, path) is not None


def shipped_distributions(root: Path, plan: dict[str, Any]) -> list[importlib.metadata.Distribution]:
    """Return what the program requires, and what that requires, without what is left out; ordered by name.

    Args:
        root: Of the source tree.
        plan: package.toml.

    Raises:
        StaleListError: A version is not the locked one, or something is left out that nobody requires.
    """
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    found: dict[str, importlib.metadata.Distribution] = {}
    seen: set[tuple[str, frozenset[str]]] = set()
    waiting = [Requirement(line) for line in project["dependencies"]]
    while waiting:
        wanted = waiting.pop()
        name, extras = canonicalize_name(wanted.name), frozenset(wanted.extras)
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        found[name] = importlib.metadata.distribution(name)
        needs = map(Requirement, found[name].requires or ())
        waiting.extend(
            one
            for one in needs
            if one.marker is None or any(one.marker.evaluate({"extra": extra}) for extra in ("", *extras))
        )
    locked = {
        canonicalize_name(name): version for name, version in _LOCKED.findall((root / "requirements.lock").read_text())
    }
    _compare(found, locked)
    without = {name for rule in plan["leave_out"] for name in rule.get("distributions", ())}
    if unknown := without - set(found):
        raise StaleListError(f"package.toml leaves out what nobody requires: {', '.join(sorted(unknown))}")
    return [found[name] for name in sorted(set(found) - without)]


def _compare(found: dict[str, importlib.metadata.Distribution], locked: dict[str, str]) -> None:
    for name, one in found.items():
        if locked.get(name) != one.version:
            raise StaleListError(f"{name} is {one.version} here and {locked.get(name)} in requirements.lock: run make")


def place_libraries(
    target: Path, distributions: Sequence[importlib.metadata.Distribution], plan: dict[str, Any]
) -> None:
    """Copy the libraries to ``target``, which is a site-packages folder.

    Raises:
        StaleListError: A file is not what its wheel recorded, or a pattern of package.toml matches nothing.
    """
    rules = [Rule(tuple(rule["what"]), tuple(rule.get("but", ()))) for rule in plan["leave_out"] if "what" in rule]
    every = {str(path): path for one in distributions for path in one.files or () if _belongs(path)}
    for pattern in (pattern for rule in rules for pattern in (*rule.what, *rule.but)):
        if not any(matches(name, pattern) for name in every):
            raise StaleListError(f"package.toml: nothing matches {pattern}")
    for name in sorted(every):
        if not any(rule.leaves_out(name) for rule in rules):
            _copy(every[name], target / name)
    for pattern in plan["strip"]["what"]:
        for path in sorted(target.glob(pattern)):
            subprocess.run(["/usr/bin/strip", "--strip-unneeded", str(path)], check=True)  # noqa: S603


def _belongs(path: importlib.metadata.PackagePath) -> bool:
    """Whether a recorded file is of use in another environment: no commands, no caches, no installer's notes."""
    inside = ".." not in path.parts and "__pycache__" not in path.parts
    return inside and not (path.parts[0].endswith(".dist-info") and path.name in _NOT_RUNNING)


def _copy(path: importlib.metadata.PackagePath, target: Path) -> None:
    source = Path(path.locate())
    data = source.read_bytes()
    if path.hash:
        digest = hashlib.new(path.hash.mode, data).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != path.hash.value:
            raise StaleListError(f"{source} is not what its wheel recorded: make clean, then make")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)


def place_program(root: Path, commit: str, target: Path, plan: dict[str, Any]) -> None:
    """Put our four floors, as they were committed, and the tables into ``target``, a site-packages folder.

    Raises:
        StaleListError: package.toml leaves out a file that is not there.
    """
    told = subprocess.run(["git", "archive", commit, *FLOORS], cwd=root, check=True, stdout=subprocess.PIPE)  # noqa: S603, S607
    with tarfile.open(fileobj=io.BytesIO(told.stdout)) as committed:
        committed.extractall(target)  # noqa: S202 (our own archive)
    shutil.rmtree(target / "content_packs/starter")
    for path in sorted((root / "kiosk/tables/data").iterdir()):
        (target / "kiosk/tables/data").mkdir(exist_ok=True)
        shutil.copyfile(path, target / "kiosk/tables/data" / path.name)
    for name in (name for rule in plan["leave_out"] for name in rule.get("own", ())):
        if not (target / name).exists():
            raise StaleListError(f"package.toml leaves out what is not there: {name}")
        (target / name).unlink()


def place_environment(target: Path, files: Path) -> None:
    """Make a private environment of Debian's Python, and the two commands, in ``target``."""
    (target / "bin").mkdir(parents=True)
    (target / "bin/python3").symlink_to("/usr/bin/python3.11")
    (target / "pyvenv.cfg").write_text(_PYVENV)
    for command in ("cunkou", "cunkou-kiosk"):
        shutil.copyfile(files / command, target / "bin" / command)
    shutil.copyfile(files / "selfcheck.py", target / "selfcheck.py")


def compile_all(target: Path, installed: str) -> None:
    """Compile every module, so that the same source gives the same bytes and nothing is written on the kiosk.

    Args:
        target: The folder that will be ``installed`` on the kiosk; tracebacks name files there.
        installed: Absolute.
    """
    command = [sys.executable, "-m", "compileall", "-q", "--invalidation-mode", "unchecked-hash"]
    subprocess.run(  # noqa: S603
        [*command, "-s", str(target), "-p", installed, str(target / SITE_PACKAGES)],
        check=True,
        env={"PYTHONHASHSEED": "0", "PATH": "/usr/bin:/bin"},
    )


def try_out(target: Path) -> None:
    """Import every module of the laid-out environment: nothing was left out that is needed.

    Raises:
        subprocess.CalledProcessError: Something was; it has been printed.
    """
    subprocess.run(  # noqa: S603
        [str(target / "bin/python3"), str(target / "selfcheck.py")],
        check=True,
        env={"PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONSAFEPATH": "1", "LANG": "C.UTF-8"},
    )
