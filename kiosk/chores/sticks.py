"""Sticks from the clerk's side: what was plugged in and what it would bring, and bringing it.

A stick is mounted while it is looked at and while it is read, and at no other time: whoever pulls it in between loses
nothing. The receipt comes last, on sticks of ours only; that it could not be written changes nothing about the rest.
Processes take turns: who looks and who brings would let go of a stick under each other's feet.
"""

from datetime import UTC, datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from content_packs.errors import KioskError, SourceError
from content_packs.progress import CancelToken, OnProgress, ignore_progress
from content_packs.store import PackStore
from kiosk.chores.stick_turn import turn_at_the_sticks
from kiosk.chores.syncing import Syncing
from kiosk.clock import BUILT_ON
from kiosk.home import Home
from kiosk.settings import Settings
from sync.folder import FolderSource
from sync.look import Look
from sync.plan import Action, Step
from sync.receipt import PackReceipt, Receipt, kiosk_key
from sync.run import Outcome
from sync.sticks.bus import Sticks
from sync.sticks.contents import repositories_on
from sync.sticks.receipt_file import write_receipt
from sync.sticks.words import LeftOut, Volume
from sync.trust.record import FOLDER, read_record

_RESULTS = {Action.ADD: "added", Action.REPLACE: "replaced", Action.WITHDRAW: "withdrawn", Action.REFUSE: "refused"}


class Seen(Struct, frozen=True):
    """One stick that was looked at.

    Attributes:
        volume: The stick.
        looks: What each repository of ours on it would bring; empty if it is none of ours.
        troubles: Why a repository on it is not believed, or why the stick could not be read.
    """

    volume: Volume
    looks: tuple[Look, ...]
    troubles: tuple[KioskError, ...] = ()

    @property
    def is_ours(self) -> bool:
        """Whether there is a repository of ours on it, believed or not."""
        return bool(self.looks or self.troubles)


class Brought(Struct, frozen=True):
    """What a stick has brought.

    Attributes:
        done: Each repository, with what came of it.
        troubles: Repositories from which nothing could be had.
        receipt: Why there is no receipt on the stick; None if there is one.
    """

    done: tuple[tuple[Look, Outcome], ...]
    troubles: tuple[KioskError, ...]
    receipt: KioskError | None


class StickDesk:
    """Looks at sticks and brings what is on them.

    Args:
        home: Receives the packs.
        settings: Of this kiosk.
        sticks: The connection to udisks2.
    """

    def __init__(self, home: Home, settings: Settings, sticks: Sticks) -> None:
        self._home = home
        self._settings = settings
        self._sticks = sticks

    def look(self) -> tuple[tuple[Seen, ...], tuple[LeftOut, ...]]:
        """Look at every stick that is plugged in; none is mounted afterwards. Waits for whoever is at a stick.

        Raises:
            SiteError: udisks2 does not answer.
        """
        with turn_at_the_sticks(self._home, patient=True):
            volumes, left_out = self._sticks.present()
            return tuple(map(self._look_at, volumes)), left_out

    def bring(
        self, volume: Volume, *, on_progress: OnProgress = ignore_progress, cancel: CancelToken | None = None
    ) -> Brought:
        """Sync from every repository of ours on a stick, write a receipt, and let go of it.

        On return it may be pulled out. Waits for whoever is at a stick, and nobody looks at one meanwhile.

        Raises:
            SourceError: It is none of ours, or has been pulled out; what came stays, and the next try goes on there.
            KioskError: Nothing could be had from it: why the first of its repositories was refused.
            CancelledError: Somebody asked to stop.
        """
        with turn_at_the_sticks(self._home, patient=True):
            return self._bring(volume, on_progress, cancel or CancelToken())

    def look_in_turn(self, volume: Volume, *, again: bool) -> Seen | None:
        """Look at one stick unless another process is at a stick.

        Args:
            volume: The stick. It is not mounted afterwards, unless ``again`` finds it mounted.
            again: It was looked at before. Then one that somebody keeps mounted is read where it is mounted, and is
                not let go of under whoever works with it.

        Returns:
            What was seen; None while another process is at a stick, or while somebody keeps it where it cannot be read.
        """
        with turn_at_the_sticks(self._home, patient=False) as is_ours:
            if not is_ours:
                return None
            if again and volume.mounted_at:
                return self._look_in_place(volume, volume.mounted_at)
            return self._look_at(volume)

    def _look_at(self, volume: Volume) -> Seen:
        """Look at one stick; it is not mounted afterwards."""
        seen = Seen(volume, ())
        try:
            with self._sticks.mounted(volume) as folder:
                seen = self._seen(volume, repositories_on(folder))
        except KioskError as error:
            return msgspec.structs.replace(seen, troubles=(*seen.troubles, error))
        return seen

    def _look_in_place(self, volume: Volume, folder: Path) -> Seen | None:
        """Look at a stick of ours that somebody has mounted; None if that cannot be read."""
        try:
            repositories = repositories_on(folder)
        except SourceError:
            return None
        return self._seen(volume, repositories) if repositories else None

    def _seen(self, volume: Volume, repositories: tuple[Path, ...]) -> Seen:
        job = Syncing(self._home, self._settings, on_progress=ignore_progress, cancel=CancelToken())
        looks: list[Look] = []
        troubles: list[KioskError] = []
        for repository in repositories:
            try:
                looks.append(job.look(FolderSource(repository, label=volume.name), before=looks))
            except KioskError as error:
                troubles.append(error)
        return Seen(volume, tuple(looks), tuple(troubles))

    def _bring(self, volume: Volume, on_progress: OnProgress, cancel: CancelToken) -> Brought:
        job = Syncing(self._home, self._settings, on_progress=on_progress, cancel=cancel)
        done: list[tuple[Look, Outcome]] = []
        troubles: list[KioskError] = []
        with self._sticks.mounted(volume) as folder:
            found = repositories_on(folder)
            if not found:
                raise SourceError("这不是村口的U盘。", why=volume.name, todo="请插发布单位给的U盘。", code="S-224")
            for number, repository in enumerate(found):
                try:
                    source = FolderSource(repository, label=volume.name)
                    done.append(job.sync(source, number=number, of=len(found)))
                except SourceError:
                    raise
                except KioskError as error:
                    troubles.append(error)
        if done:
            job.tidy()
        if troubles and not done:
            raise troubles[0]
        return Brought(tuple(done), tuple(troubles), self._leave_receipts(volume, done))

    def _leave_receipts(self, volume: Volume, done: list[tuple[Look, Outcome]]) -> KioskError | None:
        """Mount the stick anew so that it can be written, leave word of what came, and let go of it."""
        try:
            key = kiosk_key(self._home.root)
            with self._sticks.mounted(volume, writable=True) as folder:
                for found, outcome in done:
                    name = f"{key.id.fingerprint[:16]}-{found.offering.repository}.txt"
                    write_receipt(folder, name, key.sign(self._receipt(key.id.fingerprint, found, outcome)))
        except KioskError as error:
            return error
        return None

    def _receipt(self, kiosk: str, found: Look, outcome: Outcome) -> Receipt:
        codes = {trouble.pack_id: trouble.error.telephone_code for trouble in outcome.troubles}
        store = PackStore(self._home.root)
        lines = [_line(step, store, codes.get(step.pack_id, "")) for step in outcome.steps]
        lines.sort(key=lambda line: (not line.code, line.result == "kept"))
        return Receipt(
            kiosk=kiosk,
            village=self._settings.village,
            region=self._settings.region,
            repository=found.offering.repository,
            issued_on=found.offering.issued,
            synced_on=datetime.now(UTC).astimezone().date(),
            proven_on=read_record(self._home.root / FOLDER, built=BUILT_ON).floor,
            result=outcome.result.value,
            packs=tuple(lines),
        )


def find_volume(sticks: Sticks, device: str) -> Volume:
    """Return the stick of a device; the only one that is plugged in where no device is named.

    Raises:
        SourceError: There is none, or there are several and none was named.
        SiteError: udisks2 does not answer.
    """
    volumes, left_out = sticks.present()
    found = [volume for volume in volumes if device in {"", volume.device}]
    if len(found) == 1:
        return found[0]
    if found:
        names = "、".join(f"{volume.device}（{volume.name}）" for volume in found)
        raise SourceError("插了好几个U盘。", why=names, todo="请只留一个，或写明是哪一个。", code="S-225")
    why = "；".join(f"{other.name}：{other.why}" for other in left_out)
    raise SourceError("没有看到U盘。", why=why, todo="请插好，等几秒再试。", code="S-226")


def _line(step: Step, store: PackStore, code: str) -> PackReceipt:
    now = store.current(step.pack_id)
    return PackReceipt(
        id=step.pack_id,
        version=now.version if now else 0,
        result="failed" if code else _RESULTS.get(step.action, "kept"),
        code=code,
    )
