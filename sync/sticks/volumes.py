"""What udisks2 says about all block devices → the sticks among them, and why the others are none: pure.

The names of interfaces and properties are those of the udisks2 D-Bus API, version 2.9.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from content_packs.harmless import harmless
from sync.sticks.words import LeftOut, Volume

BLOCK: Final = "org.freedesktop.UDisks2.Block"
DRIVE: Final = "org.freedesktop.UDisks2.Drive"
FILESYSTEM: Final = "org.freedesktop.UDisks2.Filesystem"
PARTITION_TABLE: Final = "org.freedesktop.UDisks2.PartitionTable"

Properties = Mapping[str, object]
Objects = Mapping[str, Mapping[str, Properties]]
"""Object → interface → property → value, the variants' types taken off."""


def volumes_in(objects: Objects) -> tuple[tuple[Volume, ...], tuple[LeftOut, ...]]:
    """Return the file systems on removable media, and what was plugged in but cannot be read; both by device.

    Args:
        objects: What ``GetManagedObjects`` answers.
    """
    found: list[Volume] = []
    left_out: list[LeftOut] = []
    for path, interfaces in sorted(objects.items()):
        block = interfaces.get(BLOCK)
        drive = objects.get(_text(block, "Drive"), {}).get(DRIVE) if block else None
        if block is None or drive is None or not _is_plugged_in(block, drive):
            continue
        volume = _volume(path, block, drive, interfaces.get(FILESYSTEM))
        if FILESYSTEM in interfaces:
            found.append(volume)
        elif PARTITION_TABLE not in interfaces and (why := _why_not(block, drive)):
            left_out.append(LeftOut(volume.device, volume.name, why))
    return tuple(found), tuple(left_out)


def _is_plugged_in(block: Properties, drive: Properties) -> bool:
    """Whether it is something that a person has plugged in: never the disk that the machine runs from."""
    if block.get("HintSystem") is True or block.get("HintIgnore") is True:
        return False
    return drive.get("Removable") is True or drive.get("ConnectionBus") in {"usb", "sdio"}


def _why_not(block: Properties, drive: Properties) -> str:
    if drive.get("MediaAvailable") is False:
        return ""
    if _text(block, "IdUsage") == "crypto":
        return "它是加密的。请用没有加密的U盘。"
    if _number(block, "Size") == 0:
        return "它没有容量，可能坏了。请换一个U盘。"
    return "它没有格式化，或者格式不认识。请用 FAT32 或 exFAT 格式的U盘。"


def _volume(path: str, block: Properties, drive: Properties, file_system: Properties | None) -> Volume:
    mounted = file_system.get("MountPoints") if file_system else None
    points = [_bytes_text(point) for point in mounted] if isinstance(mounted, list) else []
    return Volume(
        path=path,
        device=_bytes_text(block.get("Device")),
        label=_text(block, "IdLabel"),
        uuid=_text(block, "IdUUID"),
        file_system=_text(block, "IdType"),
        size=_number(block, "Size"),
        vendor=" ".join(part for part in (_text(drive, "Vendor"), _text(drive, "Model")) if part),
        mounted_at=next((Path(point) for point in points if point), None),
        is_read_only=block.get("ReadOnly") is True,
    )


def _text(properties: Properties | None, name: str) -> str:
    value = properties.get(name) if properties else None
    return harmless(value.strip()) if isinstance(value, str) else ""


def _number(properties: Properties, name: str) -> int:
    value = properties.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def _bytes_text(value: object) -> str:
    """Return a path, which udisks2 sends as bytes that end with a zero."""
    if isinstance(value, list):
        value = bytes(part for part in value if isinstance(part, int) and 0 <= part < 256)  # noqa: PLR2004 (a byte)
    return value.rstrip(b"\0").decode("utf-8", "surrogateescape") if isinstance(value, bytes) else ""
