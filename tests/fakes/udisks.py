"""A private message bus with something on it that answers like udisks2: tests plug sticks in and pull them."""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jeepney import DBusAddress, HeaderFields, MessageType, message_bus, new_error, new_method_return, new_signal
from jeepney.io.blocking import open_dbus_connection

SERVICE = "org.freedesktop.UDisks2"
BLOCK, DRIVE, FILESYSTEM = (f"{SERVICE}.{name}" for name in ("Block", "Drive", "Filesystem"))
MANAGER = DBusAddress("/org/freedesktop/UDisks2", SERVICE, "org.freedesktop.DBus.ObjectManager")
CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><listen>unix:path={path}</listen><auth>EXTERNAL</auth>
<policy context="default">
 <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
</policy>
</busconfig>
"""


def block_path(name: str) -> str:
    return f"/org/freedesktop/UDisks2/block_devices/{name}"


def a_stick(name: str = "sdb1", label: str = "", kind: str = "vfat", **changes: Any) -> dict[str, dict[str, Any]]:
    """Return the objects that udisks2 has for one stick with one file system."""
    drive = f"/org/freedesktop/UDisks2/drives/{name}"
    block = {
        "Device": ("ay", f"/dev/{name}\0".encode()),
        "Drive": ("o", drive),
        "IdLabel": ("s", label),
        "IdType": ("s", kind),
        "IdUUID": ("s", "1234-ABCD"),
        "IdUsage": ("s", "filesystem" if kind else ""),
        "Size": ("t", 8_000_000_000),
        "HintSystem": ("b", False),
        "HintIgnore": ("b", False),
        "ReadOnly": ("b", False),
    }
    interfaces: dict[str, Any] = {BLOCK: block | changes.pop("block", {})}
    if kind:
        interfaces[FILESYSTEM] = {"MountPoints": ("aay", [])}
    about = {
        "Removable": ("b", True),
        "ConnectionBus": ("s", "usb"),
        "Vendor": ("s", "Kingston"),
        "Model": ("s", "DataTraveler"),
        "MediaAvailable": ("b", True),
    }
    return {block_path(name): interfaces, drive: {DRIVE: about | changes.pop("drive", {})}}


@dataclass
class Udisks:
    """The service: what is plugged in, where it would be mounted, and what it was asked."""

    address: str
    objects: dict[str, Any] = field(default_factory=dict)
    folders: dict[str, Path] = field(default_factory=dict)
    calls: list[tuple[str, str]] = field(default_factory=list)
    fail: dict[str, str] = field(default_factory=dict)
    ready: threading.Event = field(default_factory=threading.Event)
    stop: threading.Event = field(default_factory=threading.Event)
    _signals: list[Any] = field(default_factory=list)

    def plug(self, folder: Path, name: str = "sdb1", **stick: Any) -> None:
        """Plug in a stick whose contents are a folder."""
        made = a_stick(name, **stick)
        self.folders[block_path(name)] = folder
        self.objects |= made
        for path, interfaces in made.items():
            self._signals.append(new_signal(MANAGER, "InterfacesAdded", "oa{sa{sv}}", (path, interfaces)))

    def pull(self, name: str = "sdb1") -> None:
        path = block_path(name)
        self.objects.pop(path, None)
        self._signals.append(new_signal(MANAGER, "InterfacesRemoved", "oas", (path, [FILESYSTEM, BLOCK])))

    def run(self) -> None:
        """Answer until the test is over."""
        bus = open_dbus_connection(bus=self.address)
        bus.send_and_get_reply(message_bus.RequestName(SERVICE))
        self.ready.set()
        while not self.stop.is_set():
            while self._signals:
                bus.send(self._signals.pop(0))
            try:
                message = bus.receive(timeout=0.02)
            except TimeoutError:
                continue
            if message.header.message_type is MessageType.method_call:
                bus.send(self._answer(message))
        bus.close()

    def _answer(self, message: Any) -> Any:
        fields = message.header.fields
        method, path = fields[HeaderFields.member], fields[HeaderFields.path]
        if method in self.fail:
            return new_error(message, self.fail[method], "s", ("it went wrong",))
        if method == "GetManagedObjects":
            return new_method_return(message, "a{oa{sa{sv}}}", (self.objects,))
        if path not in self.objects:
            return new_error(message, "org.freedesktop.DBus.Error.UnknownObject", "s", ("no such object",))
        self.calls.append((method, message.body[0].get("options", ("s", ""))[1]))
        return self._mount(message, path) if method == "Mount" else self._unmount(message, path)

    def _mount(self, message: Any, path: str) -> Any:
        if self.objects[path][FILESYSTEM]["MountPoints"][1]:
            return new_error(message, f"{SERVICE}.Error.AlreadyMounted", "s", ("already",))
        self._mounts(path, [f"{self.folders[path]}\0".encode()])
        return new_method_return(message, "s", (str(self.folders[path]),))

    def _unmount(self, message: Any, path: str) -> Any:
        if not self.objects[path][FILESYSTEM]["MountPoints"][1]:
            return new_error(message, f"{SERVICE}.Error.NotMounted", "s", ("not mounted",))
        self._mounts(path, [])
        return new_method_return(message)

    def _mounts(self, path: str, points: list[bytes]) -> None:
        self.objects[path][FILESYSTEM]["MountPoints"] = ("aay", points)


@contextmanager
def running_udisks(folder: Path) -> Iterator[Udisks]:
    """Start a bus of the test's own and the service on it."""
    config, socket = folder / "bus.conf", folder / "bus"
    config.write_text(CONFIG.format(path=socket))
    daemon = subprocess.Popen(
        ["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address=1"], stdout=subprocess.PIPE, text=True
    )
    try:
        assert daemon.stdout
        service = Udisks(daemon.stdout.readline().strip())
        thread = threading.Thread(target=service.run, daemon=True)
        thread.start()
        assert service.ready.wait(60)
        yield service
        service.stop.set()
        thread.join(60)
    finally:
        daemon.terminate()
        daemon.wait(60)
        if daemon.stdout:
            daemon.stdout.close()
