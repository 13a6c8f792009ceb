"""Each hand-broken release and repository is refused in words of its own, and nothing else happens."""

import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from content_packs.errors import KioskError
from content_packs.progress import CancelToken, ignore_progress
from content_packs.store import PackStore
from sync.folder import FolderSource
from sync.install import install_release
from sync.mend import check_pack
from sync.plan import Action
from sync.run import Sync
from sync.trust.client import refresh
from sync.trust.store import TrustStore
from tests.fakes.publisher import ITEM, PACK_TOML, Publisher, a_png
from tests.fakes.tuf_repository import NOW, TODAY, TufRepository
from tests.torture import broken_releases, broken_repositories
from tests.torture.report import Report
from tests.torture.world import require, told

PACK = "cn.test.pack"
_NEIGHBOURS = ("邻居.txt", "packs/邻居.txt", "packs/.staging/邻居.txt", "sync/parts/邻居.txt")

Refused = tuple[str, str, str]
"""What, why, and the code."""


def broken(folder: Path) -> Report:
    """Try every harm on a kiosk that has something installed.

    Args:
        folder: For everything; empty.
    """
    report = Report("hand-broken releases and repositories")
    messages: dict[tuple[str, str], str] = {}
    releases = [a_release(folder / f"release{version}", version) for version in (2, 3)]
    for name, refused in (*_releases(folder, releases, report), *_repositories(folder, releases, report)):
        report.done += 1
        what, why, code = refused
        if not (what and why and code) or "Traceback" in why:
            report.violations.append(f"{name}: refused without words: {refused}")
        messages.setdefault((what, why), name)
    report.counts["different messages"] = len(messages)
    if len(messages) < 100:
        report.violations.append("too few messages of their own")
    return report


def a_release(folder: Path, version: int) -> Path:
    """Build a release with an item that has a picture, one of text, one with a recording."""
    publisher = Publisher(folder, PACK_TOML).pack(version=version)
    publisher.write("pictures/a.png", a_png(colour=("red", "green", "blue")[version - 1]))
    publisher.item("n-1", f"第{version}版。\n\n![图](pictures/a.png)").item("n-2", f"第{version}版的材料。" * 40)
    spoken = ITEM.format(id="n-3", body="听一听。").replace("sources:", "recording: recordings/a.ogg\nsources:")
    publisher.write("recordings/a.ogg", b"OggS" + bytes(range(256)) * version).write("items/n-3.md", spoken)
    publisher.build()
    return publisher.release


class _Kiosk:
    """A copy of a home with something installed; says what has changed in it."""

    def __init__(self, like: Path, home: Path) -> None:
        self.home = shutil.copytree(like, home, symlinks=True)
        self._before = self._kept()

    def changes(self) -> list[str]:
        """Return what is not as it was, of what must be."""
        after = self._kept()
        found = [name for name in {*self._before, *after} if self._before.get(name) != after.get(name)]
        packs = PackStore(self.home).installed()
        if [pack.version for pack in packs] != [2] or not check_pack(packs[0]).is_sound:
            found.append("what was installed is not what it was")
        return found

    def _kept(self) -> dict[str, str]:
        state = told(self.home)
        ours = ("sync/", "packs/.lock", "trust/")
        return {name: how for name, how in state.items() if "邻居" in name or not name.startswith(ours)}


def _with_neighbours(home: Path) -> Path:
    for name in _NEIGHBOURS:
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text("别动")
    return home


def _releases(folder: Path, releases: list[Path], report: Report) -> list[tuple[str, Refused]]:
    install_release(releases[0], PackStore(folder / "home-a"))
    like = _with_neighbours(folder / "home-a")
    found: list[tuple[str, Refused]] = []
    for name in (*broken_releases.HARMS, *broken_releases.RAW_HARMS):
        tried = shutil.copytree(releases[1], folder / "tried")
        if name in broken_releases.HARMS:
            shelf = broken_releases.Shelf(tried)
            broken_releases.HARMS[name](shelf)
            shelf.write()
        else:
            broken_releases.RAW_HARMS[name](tried)
        kiosk = _Kiosk(like, folder / "kiosk")
        found += _tried(
            f"release, {name}", partial(install_release, tried, PackStore(kiosk.home)), tried, kiosk, report
        )
        shutil.rmtree(tried)
        shutil.rmtree(kiosk.home)
    return found


def _repositories(folder: Path, releases: list[Path], report: Report) -> list[tuple[str, Refused]]:
    repository = TufRepository(broken_repositories.NAME)
    broken_repositories.shelve(repository, releases[0])
    repository.publish()
    before = dict(repository.files)
    repository.trusted_by(folder / "home-b")
    _sync(folder / "home-b", repository.write_to(folder / "stick"))
    like = _with_neighbours(folder / "home-b")
    broken_repositories.shelve(repository, releases[1])
    repository.publish()
    files = dict(repository.files)
    repository.change("targets")
    good = repository.publish().write_to(folder / "good")
    found: list[tuple[str, Refused]] = []
    for name, harm in broken_repositories.HARMS.items():
        shelf = broken_repositories.Shelf(repository, files, before, PACK)
        harm(shelf)
        tried = shelf.write_to(folder / "tried")
        kiosk = _Kiosk(like, folder / "kiosk")
        found += _tried(f"repository, {name}", partial(_sync, kiosk.home, tried), tried, kiosk, report)
        report.violations += [f"repository, {name}: {each}" for each in _after(kiosk.home, good)]
        shutil.rmtree(tried)
        shutil.rmtree(kiosk.home)
    require(len(found) > 50, "most harms are told")
    return found


def _after(home: Path, good: Path) -> list[str]:
    """Return what is wrong once the publisher has mended it."""
    try:
        _sync(home, good)
    except KioskError as error:
        return [f"the mended stick is refused: {error}"]
    (pack,) = PackStore(home).installed()
    return [] if pack.version == 3 and check_pack(pack).is_sound else ["the mended stick brings nothing"]


def _sync(home: Path, stick: Path) -> None:
    """Sync, and raise whatever was refused."""
    store = TrustStore(home, built=TODAY)
    job = Sync(
        home,
        FolderSource(stick),
        after_install=lambda pack, on_progress, cancel: None,
        on_progress=ignore_progress,
        cancel=CancelToken(),
    )
    look = job.look(lambda source: refresh(store, source, broken_repositories.REGION, NOW))
    outcome = job.carry_out(look)
    for trouble in outcome.troubles:
        raise trouble.error
    for left in look.offering.refused:
        raise left.error
    for step in outcome.steps:
        if step.action is Action.REFUSE:
            raise _LeftOutError(f"《{step.title}》没有装。", why=step.why, code="REFUSE")


class _LeftOutError(KioskError):
    """A pack that the plan leaves out."""


def _tried(
    name: str, work: Callable[[], object], tried: Path, kiosk: _Kiosk, report: Report
) -> Iterator[tuple[str, Refused]]:
    """Give what it was refused with; anything else is a violation."""
    stick = told_of(tried)
    try:
        work()
    except KioskError as error:
        yield name, (error.what, error.why, error.telephone_code)
    except Exception as error:  # noqa: BLE001 (that is what is looked for)
        report.violations.append(f"{name}: a crash: {error!r:.300}")
    else:
        report.violations.append(f"{name}: not refused")
    if changes := kiosk.changes():
        report.violations.append(f"{name}: touched {changes}")
    if told_of(tried) != stick:
        report.violations.append(f"{name}: the source was changed")


def told_of(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Return how every entry of a folder looks from outside; some are no files, and must not be read."""
    found = {str(path.relative_to(folder)): os.lstat(path) for path in sorted(folder.rglob("*"))}
    return {name: (stat.st_mode, stat.st_size, stat.st_mtime_ns) for name, stat in found.items()}
