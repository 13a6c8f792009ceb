"""A county with two packs, a kiosk that holds their first versions, and a stick with the second ones.

What must hold after anything was done to that kiosk is written down once, in `violations`.
"""

import io
import os
import shutil
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from content_packs.manifest import decode_manifest
from content_packs.store import PackStore
from kiosk.cli.main import run
from kiosk.home import Home
from kiosk.search.current import is_current
from kiosk.search.layout import index_folder
from kiosk.services import open_kiosk
from kiosk.site import load_settings
from sync.mend import check_pack
from sync.trust.store import TrustStore
from tests.fakes.county import County
from tests.fakes.shelf import a_release

FIRST, SECOND = "cn.test.first", "cn.test.second"
PACKS = (FIRST, SECOND)
OLD, NEW = 1, 2
NEIGHBOURS = ("邻居.txt", "packs/邻居.txt", "packs/.staging/邻居.txt", "sync/parts/邻居.txt", "trust/邻居.txt")
"""Files of somebody else, in every folder where a sync tidies up."""

_NEIGHBOUR = "不是村口的文件，谁也不许动。"


@dataclass(frozen=True)
class World:
    """Folders that are copied, never used themselves.

    Attributes:
        home: Of a kiosk that holds the old version of both packs.
        stick: Holds the new ones.
    """

    home: Path
    stick: Path

    def kiosk(self, place: Path) -> Path:
        """Return the home of another kiosk in the same state."""
        return shutil.copytree(self.home, place, symlinks=True)


def a_world(folder: Path, *, items: int = 8, pictures: int = 2, changed: int = 3) -> World:
    """Return a world of small packs, of which so many items and pictures change; made below a folder."""
    county = County(folder / "county", now=datetime.now(UTC))
    home = folder / "home"
    county.is_trusted_by(home)
    (home / "site.toml").write_text('village = "前村"\nregion = "350122"\n')
    for version in (OLD, NEW):
        for more, name in enumerate(PACKS):  # not the same bundle, or it would rightly be fetched twice
            size = {"items": items + 1, "pictures": pictures, "version": version}
            size["changed"] = (changed + more) * (version - 1)
            county.publish(a_release(folder / f"{name}-{version}", pack_id=name, **size).release)
        if version == OLD:
            with redirect_stdout(io.StringIO()):
                require(sync_of(home, county.folder) == 0, "the first sync")
    for name in NEIGHBOURS:
        (home / name).parent.mkdir(exist_ok=True)
        (home / name).write_text(_NEIGHBOUR)
    return World(home, county.folder)


def require(holds: bool, what: str) -> None:
    """Stop where the harness itself does not work.

    Raises:
        RuntimeError: It does not.
    """
    if not holds:
        raise RuntimeError(f"the harness failed: {what}")


def violations(
    home: Path,
    *,
    versions: tuple[int, ...] = (OLD, NEW),
    packs: tuple[str, ...] = PACKS,
    may_lack: tuple[str, ...] = (),
    searchable: bool = False,
) -> list[str]:
    """Return what is wrong with a kiosk: nothing, if both packs are there, old or new, complete and genuine.

    Args:
        home: Of the kiosk.
        versions: Which ones each pack may have.
        packs: Which ones are to be there.
        may_lack: Which of them need not be there.
        searchable: Whether each must have its index too.
    """
    found: list[str] = []
    place = Home(home)
    with open_kiosk(place, load_settings(place)) as kiosk:
        found += [f"left out: {trouble}" for trouble in kiosk.troubles]
        shown = {card.id: card.version for card in kiosk.library.packs()}
        is_due = set(packs) - set(may_lack) <= shown.keys() <= set(packs)
        if not is_due or set(shown.values()) - set(versions):
            found.append(f"shown: {shown}")
        if searchable and not kiosk.searcher.search("办事材料").hits:
            found.append("nothing is found")
    for pack in PackStore(home).installed():
        if not check_pack(pack).is_sound:
            found.append(f"damaged: {pack.pack_id} {pack.version}")
        digest = sha256(pack.manifest.read_bytes()).hexdigest()
        items = len(decode_manifest(pack.manifest.read_bytes()).items)
        if items == 0:
            found.append(f"empty: {pack.pack_id}")
        if searchable and not is_current(index_folder(place.indexes, pack.pack_id, pack.version, pack.digest), digest):
            found.append(f"not searchable: {pack.pack_id} {pack.version}")
    trust = TrustStore(home)
    if trust.repositories() != ("fujian",) or not trust.kept("fujian").roots[0]:
        found.append("nobody is trusted any more")
    found += [f"a neighbour is gone: {name}" for name in NEIGHBOURS if _text(home / name) != _NEIGHBOUR]
    return found


def leftovers(home: Path) -> list[str]:
    """Return what work that has succeeded should not have left behind, after the kiosk has tidied up as it starts."""
    place, store = Home(home), PackStore(home)
    store.clean()
    folders = (home / "packs" / ".staging", home / "sync" / "parts")
    left = [path for folder in folders for path in folder.iterdir() if path.name != "邻居.txt"]
    kept = store.all_versions()
    named = {index_folder(place.indexes, pack.pack_id, pack.version, pack.digest) for pack in kept}
    left += [path for path in place.indexes.glob("*/*") if path.is_dir() and path not in named]
    left += [path for path in (*(home / "packs").glob("cn.*"), *place.indexes.glob("*")) if path.name not in PACKS]
    gone = set(PACKS) - {pack.pack_id for pack in kept}
    left += [path for name in gone for path in (home / "packs" / name, place.indexes / name) if path.exists()]
    return [f"left behind: {path.relative_to(home)}" for path in left]


def sync_of(home: Path, stick: Path) -> int:
    """Sync as the command does; return its exit status."""
    return run(["sync", str(stick), "--home", str(home)])


def told(stick: Path) -> dict[str, str]:
    """Return what every file of a folder holds, to see whether one was touched."""
    return {
        str(path.relative_to(stick)): f"{os.lstat(path).st_mtime_ns} {sha256(path.read_bytes()).hexdigest()}"
        for path in sorted(stick.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""
