"""Make what the program reads at run time: the tables of words and sounds, and the installed starter pack.

Run by packaging/bootstrap.sh. A step is skipped when a digest of everything it depends on is the one it left behind.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
TABLES = ROOT / "kiosk" / "tables" / "data"
BUILT_IN = TABLES / "built_in.txt"
STARTER = ROOT / "content_packs" / "starter"


def _digest(paths: Iterable[Path]) -> str:
    """Return one digest of names and contents; folders count with everything in them."""
    digest = hashlib.sha256()
    for path in sorted(file for place in paths for file in ([place] if place.is_file() else place.rglob("*"))):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(str(path.relative_to(ROOT)).encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _step(name: str, *, depends: Iterable[Path], makes: Path, commands: list[list[str]]) -> None:
    """Run the commands unless they have already run on the same input and left what they make."""
    digest = _digest(depends)
    stamp = BUILD / f"{name}.stamp"
    if stamp.exists() and stamp.read_text() == digest and makes.exists():
        return
    print(f"Making the {name}", file=sys.stderr)
    for command in commands:
        subprocess.run([sys.executable, "-m", *command], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)  # noqa: S603
    stamp.write_text(digest)


def main() -> None:
    """Bring tables and starter pack up to date."""
    home = Path(os.environ.get("CUNKOU_HOME", BUILD / "home"))
    BUILD.mkdir(exist_ok=True)
    _step(
        "tables",
        depends=[*_sources(TABLES.parent), *TABLES.parent.glob("*.txt"), ROOT / "requirements.lock"],
        makes=TABLES,
        commands=[["kiosk.tables.build", str(TABLES)]],
    )
    release = BUILD / "starter"
    _step(
        "starter release",
        depends=[STARTER, *_sources(ROOT / "content_packs")],
        makes=release,
        commands=[["kiosk.cli.main", "pack", "build", str(STARTER), str(release)]],
    )
    digest = hashlib.sha256((release / "manifest.json").read_bytes()).hexdigest()
    BUILT_IN.write_text(f"{digest}\n", encoding="ascii")
    _step(
        "starter pack",
        depends=[release / "manifest.json", *_sources(ROOT / "content_packs"), *_sources(ROOT / "kiosk" / "search")],
        makes=home / "packs",
        commands=[
            ["kiosk.cli.main", "install", str(release), "--home", str(home)],
        ],
    )


def _sources(folder: Path) -> list[Path]:
    """Return the Python files of a folder."""
    return sorted(folder.glob("*.py"))


if __name__ == "__main__":
    main()
