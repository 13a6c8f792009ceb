"""Words about sticks."""

from pathlib import Path

from msgspec import Struct


class Volume(Struct, frozen=True):
    """One file system on something that was plugged in.

    Attributes:
        path: Name of its object on the bus.
        device: Of the kernel, such as ``/dev/sdb1``.
        label: What people called it; empty if they did not.
        uuid: Of the file system; empty if it has none.
        file_system: Such as ``vfat`` or ``exfat``; empty if it is not known.
        size: Of the volume, in bytes.
        vendor: Who made the stick, and what it is called; for people.
        mounted_at: Where it is mounted; None if it is not.
        is_read_only: Whether the device itself cannot be written.
    """

    path: str
    device: str
    label: str
    uuid: str
    file_system: str
    size: int
    vendor: str = ""
    mounted_at: Path | None = None
    is_read_only: bool = False

    @property
    def name(self) -> str:
        """What people would call it."""
        return self.label or self.vendor or self.device.rpartition("/")[2]


class LeftOut(Struct, frozen=True):
    """Something that was plugged in and is no stick for us, and why; shown to the clerk, who wonders.

    Attributes:
        device: Of the kernel.
        name: What people would call it.
        why: One sentence.
    """

    device: str
    name: str
    why: str
