"""Carrying out a plan: fetch, put together, index, and only then believe the newer metadata.

Each pack is done for itself: one that cannot be had keeps none of the others from coming. Whatever breaks it off leaves
every pack in its old version or its new one, and what was fetched lies ready for the next attempt.
"""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from content_packs import locks
from content_packs.durable import disk_error
from content_packs.errors import (
    CancelledError,
    KioskError,
    PackError,
    PackIntegrityError,
    SiteError,
    SourceError,
)
from content_packs.origin import Origin, OriginKind
from content_packs.progress import CancelToken, OnProgress, Progress
from content_packs.store import InstalledPack, PackStore
from sync.blobs import BlobReader, InstalledContent, Readers
from sync.history import Change, Entry, History, Result, speed_of
from sync.install import assemble, require_version
from sync.line import Clock
from sync.look import Look, Release, look
from sync.manifests import ManifestSource
from sync.meter import Meter, Phase, Work
from sync.parts import (
    PartFile,
    layout_for,
    part_name,
    parts_of,
    read_layout,
    remove_part,
    remove_unfinished,
    set_aside,
    tidy_parts,
)
from sync.plan import NOTHING_TAKEN, Action, Cost, Speeds, Step
from sync.ranges import in_order
from sync.source import PackSource, SourceMissingError, SourceWrongError
from sync.transfer import Transfer, missing_blobs
from sync.words import Offer, Offering

FOLDER = "sync"
_STICK_BYTES_S = 8e6
_NETWORK_BYTES_S = 50e3
_ATTEMPTS = 3


class SelfTestError(SiteError):
    """A pack that was just installed does not work as it should; the version before it comes back."""

    code = "M-317"


AfterInstall = Callable[[InstalledPack, OnProgress, CancelToken], None]
"""Makes an installed pack searchable and tests it.

Raises `SelfTestError` if the pack is to go back, another `KioskError` if only the search is not ready.
"""

Refresh = Callable[[PackSource], Offering]
"""Verifies what a source offers to this kiosk."""


class Trouble(Struct, frozen=True):
    """What went wrong with one pack, while others went on."""

    pack_id: str
    title: str
    error: KioskError


class Outcome(Struct, frozen=True, kw_only=True):
    """What a sync did.

    Attributes:
        result: How it ended.
        changes: What changed, in order.
        steps: The plan's.
        troubles: Packs that could not be had, or are not searchable.
        fetched: Bytes that came.
        seconds: How long all of it took.
    """

    result: Result
    changes: tuple[Change, ...]
    steps: tuple[Step, ...]
    troubles: tuple[Trouble, ...]
    fetched: int
    seconds: float


class Sync:
    """One sync of one home from one source.

    Args:
        home: Folder that holds all state.
        source: Where packs come from.
        after_install: Makes an installed pack searchable and tests it.
        on_progress: Told about the whole, see `content_packs.progress.Progress.percent`.
        cancel: Asked between any two steps.
        clock: Seconds that only grow.
    """

    def __init__(
        self,
        home: Path,
        source: PackSource,
        *,
        after_install: AfterInstall,
        on_progress: OnProgress,
        cancel: CancelToken,
        clock: Clock = time.monotonic,
    ) -> None:
        self._store = PackStore(home)
        self._folder = home / FOLDER
        self._parts = self._folder / "parts"
        self._source = ManifestSource(source, self._folder / "manifests")
        self._history = History(self._folder / "history.json")
        self._after_install = after_install
        self._on_progress = on_progress
        self._cancel = cancel
        self._clock = clock
        self._speeds = Speeds(self._expected_speed())
        self._fetched = 0
        self._fetch_s = 0.0
        self._changes: list[Change] = []
        self._troubles: list[Trouble] = []

    def look(
        self, refresh: Refresh, *, damaged: frozenset[str] = frozenset(), taken: Mapping[str, str] = NOTHING_TAKEN
    ) -> Look:
        """Return what this sync is going to do; nothing is changed. A failure is written into the history.

        Args:
            refresh: Verifies what the source offers.
            damaged: Ids of packs to be fetched again although they are here.
            taken: See `sync.plan.decide`.

        Raises:
            TrustError: The source is not believed.
            SourceError: It is gone, or answers nonsense.
        """
        try:
            self._on_progress(Progress(0, 1, "看看有什么新内容", "files"))
            return look(refresh(self._source), self._store, self._parts, self._speeds, damaged=damaged, taken=taken)
        except KioskError as error:
            self._remember(None, _result_of(error), error)
            raise

    def carry_out(self, found: Look) -> Outcome:
        """Do what was found, and write it into the history.

        Returns:
            What was done; packs that could not be had are among its troubles.

        Raises:
            SourceGoneError: The source went away; what has come stays, packs that were done are done.
            SiteError: This machine cannot go on, or another sync is running.
            CancelledError: Somebody asked to stop.
        """
        started = self._clock()
        try:
            with self._alone():
                self._carry_out(found)
        except OSError as error:
            trouble = disk_error(error, self._folder)
            self._remember(found, Result.FAILED, trouble)
            raise trouble from error
        except KioskError as error:
            self._remember(found, _result_of(error), error)
            raise
        result = self._result(found)
        self._remember(found, result, self._troubles[0].error if self._troubles else None)
        return Outcome(
            result=result,
            changes=tuple(self._changes),
            steps=found.plan.steps,
            troubles=tuple(self._troubles),
            fetched=self._fetched,
            seconds=self._clock() - started,
        )

    def _carry_out(self, found: Look) -> None:
        self._tidy()
        plan = found.plan
        works = [_work(step, plan.costs[step.pack_id], self._speeds) for step in plan.steps if step.changes]
        meter = Meter(works, self._on_progress, self._clock)
        for step in plan.steps:
            self._cancel.check()
            if step.action is Action.WITHDRAW:
                self._withdraw(step, found.offering)
            elif step.changes and step.offer:
                try:
                    self._install(step, step.offer, found, meter)
                except (PackError, SourceMissingError, SourceWrongError) as error:
                    self._troubles.append(Trouble(step.pack_id, step.title, error))
                meter.skip(step.pack_id)
        for step in plan.steps:
            if step.action is Action.KEEP:
                self._forget_parts(step.pack_id)
        for pack in self._store.installed():
            if self._leads_to_revoked(pack, found.offering):
                self._store.forget_previous(pack.pack_id)
        if not self._is_incomplete(found):
            found.offering.promote()

    def _tidy(self) -> None:
        """Remove what earlier syncs were kept from finishing."""
        tidy_parts(self._parts)
        for folder in (self._folder, self._folder / "manifests"):
            remove_unfinished(folder)

    def _forget_parts(self, pack_id: str) -> None:
        """Remove what was fetched of a pack that has come to its end."""
        for name in parts_of(self._parts, pack_id):
            remove_part(self._parts, name)

    def _withdraw(self, step: Step, offering: Offering) -> None:
        """Take a pack away; the version before it comes back unless that was taken back too."""
        pack = self._store.current(step.pack_id)
        if pack is None or not _is_revoked(pack, offering):
            return
        now = self._store.withdraw(step.pack_id, fall_back=not self._leads_to_revoked(pack, offering))
        self._changes.append(Change(step.pack_id, step.title, pack.version, now.version if now else None))

    def _install(self, step: Step, offer: Offer, found: Look, meter: Meter) -> None:
        release = found.releases[step.pack_id]
        origin = Origin(OriginKind.SIGNED, offer.repository, offer.region, offer.signer, found.offering.issued)

        def told(phase: Phase) -> OnProgress:
            return lambda progress: meter.report(step.pack_id, phase, progress)

        pack = self._assembled(release, step, origin, told)
        self._forget_parts(step.pack_id)
        try:
            self._after_install(pack, told(Phase.INDEX), self._cancel)
        except CancelledError:
            self._changes.append(Change(step.pack_id, step.title, step.before, step.version))
            raise
        except KioskError as error:
            pack = self._unless_worse(pack, error, found.offering)
            self._troubles.append(Trouble(step.pack_id, step.title, error))
        if offer.sha256.startswith(pack.digest):
            self._changes.append(Change(step.pack_id, step.title, step.before, pack.version))

    def _unless_worse(self, pack: InstalledPack, error: KioskError, offering: Offering) -> InstalledPack:
        """Return to the version before a pack that fails its self-test, unless its publisher has taken that back.

        What else fails says nothing about the pack.
        """
        is_bad = isinstance(error, SelfTestError) and pack.previous is not None
        return self._store.roll_back(pack.pack_id) if is_bad and not self._leads_to_revoked(pack, offering) else pack

    def _leads_to_revoked(self, pack: InstalledPack, offering: Offering) -> bool:
        """Whether a roll-back would bring what its publisher has taken back."""
        return any(
            (version.pack_id, version.digest) == (pack.pack_id, pack.previous_digest) and _is_revoked(version, offering)
            for version in self._store.all_versions()
        )

    def _assembled(
        self, release: Release, step: Step, origin: Origin, told: Callable[[Phase], OnProgress]
    ) -> InstalledPack:
        """Fetch what is missing and put the pack together.

        What was believed to be here may turn out to be damaged: then all of it is proved, and the rest fetched too.
        """
        name = part_name(sha256(release.data).hexdigest())
        with ExitStack() as stack:
            contents = [
                stack.enter_context(InstalledContent(version.content_db))
                for version in self._store.all_versions()
                if version.pack_id == step.pack_id
            ]
            for attempt in range(_ATTEMPTS):
                with self._fetch(name, release, contents, told(Phase.FETCH)) as blobs:
                    try:
                        return assemble(
                            release.data,
                            blobs,
                            self._store,
                            origin=origin,
                            require=partial(require_version, step.pack_id, step.before),
                            on_progress=told(Phase.INSTALL),
                            cancel=self._cancel,
                        ).pack
                    except PackIntegrityError:
                        for content in contents:
                            content.prove(release.manifest.blobs)
                        if attempt == _ATTEMPTS - 1 or not missing_blobs(release.manifest, blobs.has):
                            raise
        raise AssertionError("the last attempt returns or raises")  # pragma: no cover

    @contextmanager
    def _fetch(
        self, name: str, release: Release, contents: list[InstalledContent], on_progress: OnProgress
    ) -> Iterator[BlobReader]:
        """Give all blobs of a release, after those that were missing have come."""
        manifest, pack_id = release.manifest, release.manifest.pack.id
        with ExitStack() as stack:
            begun = read_layout(self._parts, name)
            if begun:
                here = Readers([*contents, *self._leftovers(pack_id, name, stack)])
                promised = {blob.sha256 for blob in begun.blobs}
                if any(blob.sha256 not in promised for blob in missing_blobs(manifest, here.has)):
                    set_aside(self._parts, name)
                    begun = None
            here = Readers([*contents, *self._leftovers(pack_id, name, stack)])
            layout = begun or layout_for(pack_id, in_order(missing_blobs(manifest, here.has)))
            part = stack.enter_context(PartFile.start(self._parts, name, layout))
            total = max(1, sum(blob.stored for blob in layout.blobs))
            had, started = part.length, self._clock()
            on_progress(Progress(had if layout.blobs else total, total, "", "bytes"))
            try:
                Transfer(
                    self._source,
                    manifest,
                    self._parts,
                    on_bytes=lambda length: on_progress(Progress(length, total, "", "bytes")),
                    cancel=self._cancel,
                    clock=self._clock,
                ).fill(part)
            finally:
                self._fetched += max(0, part.length - had)
                self._fetch_s += self._clock() - started
            yield Readers([part, here])

    def _leftovers(self, pack_id: str, name: str, stack: ExitStack) -> list[PartFile]:
        """Open what was fetched of other releases of a pack, or by another plan."""
        found: list[PartFile] = []
        for other in parts_of(self._parts, pack_id):
            layout = read_layout(self._parts, other)
            if other != name and layout:
                found.append(stack.enter_context(PartFile(self._parts, other, layout)))
        return found

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep a second sync of the same home out.

        Raises:
            SiteError: One is running.
        """
        self._parts.mkdir(parents=True, exist_ok=True)
        lock = os.open(self._folder / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            try:
                locks.take_if_free(lock)
            except OSError as error:
                raise SiteError("正在同步。", todo="请等它做完，再试一次。", code="M-316") from error
            yield
        finally:
            os.close(lock)

    def _is_incomplete(self, found: Look) -> bool:
        """Whether something that the repository offers is not here although it should be."""
        return bool(self._troubles) or any(step.is_hindered for step in found.plan.steps)

    def _result(self, found: Look) -> Result:
        if self._is_incomplete(found):
            return Result.PARTLY if self._changes else Result.FAILED
        return Result.DONE if self._changes else Result.NOTHING_NEW

    def _expected_speed(self) -> float:
        default = _STICK_BYTES_S if self._source.is_stick else _NETWORK_BYTES_S
        return speed_of(self._history.entries(), self._source.label, is_stick=self._source.is_stick) or default

    def _remember(self, found: Look | None, result: Result, error: KioskError | None) -> None:
        """Write the history; a disk that refuses is told about elsewhere, and nothing of the sync depends on it."""
        entry = Entry(
            ended=datetime.now(UTC),
            source=self._source.label,
            is_stick=self._source.is_stick,
            repository=found.offering.repository if found else "",
            issued=found.offering.issued.isoformat() if found else "",
            result=result,
            changes=tuple(self._changes),
            refused=tuple(
                f"《{step.title}》第 {step.version} 版：{step.why}"
                for step in (found.plan.steps if found else ())
                if step.action is Action.REFUSE
            ),
            fetched=self._fetched,
            fetch_s=round(self._fetch_s, 3),
            what=error.what if error else "",
            code=error.telephone_code if error else "",
        )
        try:
            self._history.add(entry)
        except OSError:
            return


def _is_revoked(pack: InstalledPack, offering: Offering) -> bool:
    """Whether an installed version came from this repository, which has taken it back."""
    origin = pack.origin
    if origin.kind is not OriginKind.SIGNED or origin.repository != offering.repository:
        return False
    return any(manifest.startswith(pack.digest) for manifest in offering.revoked_for(origin.region))


def _work(step: Step, found: Cost, speeds: Speeds) -> Work:
    """Return how long each phase of a step may take as a whole, what an earlier attempt has done included."""
    fetch = (found.fetch + found.here) / speeds.fetch
    return Work(step.pack_id, step.title, (fetch, found.install / speeds.install, found.text / speeds.index))


def _result_of(error: KioskError) -> Result:
    if isinstance(error, CancelledError):
        return Result.CANCELLED
    return Result.BROKEN_OFF if isinstance(error, SourceError) else Result.FAILED
