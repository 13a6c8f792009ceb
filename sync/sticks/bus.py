"""Talking to udisks2 on the system bus: which sticks there are, mounting them, letting go of them.

A stick is mounted read-only, and nothing on it can be run, be a device or change who somebody is. Only for the receipt,
when everything has been read, it is mounted anew so that one file can be written.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from jeepney import DBusAddress, MatchRule, Message, MessageType, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from content_packs.errors import SiteError, SourceError
from sync.sticks.volumes import FILESYSTEM, Objects, volumes_in
from sync.sticks.words import LeftOut, Volume

READ_OPTIONS: Final = "ro,noexec,nosuid,nodev"
WRITE_OPTIONS: Final = "rw,noexec,nosuid,nodev"

_SERVICE = "org.freedesktop.UDisks2"
_MANAGER = DBusAddress("/org/freedesktop/UDisks2", _SERVICE, "org.freedesktop.DBus.ObjectManager")
_PATHS = "/org/freedesktop/UDisks2"
_CALL_S = 30.0
"""A worn stick takes long to mount, and to write back what is left when it is let go."""

_SETTLE_S = 0.15
"""Signals come in bursts: a stick, its partitions, their file systems."""

_GONE = ("org.freedesktop.DBus.Error.UnknownObject", "org.freedesktop.DBus.Error.UnknownMethod")
_NOT_MOUNTED = "org.freedesktop.UDisks2.Error.NotMounted"
_REFUSED = ("org.freedesktop.UDisks2.Error.NotAuthorized", "org.freedesktop.DBus.Error.AccessDenied")


class Sticks:
    """A connection to udisks2; a context manager that closes it.

    Args:
        address: Of the bus: ``SYSTEM``, or an address for tests.

    Raises:
        SiteError: There is no bus.
    """

    def __init__(self, address: str = "SYSTEM") -> None:
        try:
            self._bus: DBusConnection = open_dbus_connection(bus=address)
            self._bus.send_and_get_reply(
                message_bus.AddMatch(MatchRule(type="signal", sender=_SERVICE, path_namespace=_PATHS)), timeout=_CALL_S
            )
        except (OSError, KeyError, TimeoutError) as error:
            raise _no_bus(str(error)) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bus.close()

    def present(self) -> tuple[tuple[Volume, ...], tuple[LeftOut, ...]]:
        """Return the sticks that are plugged in, and what else is and cannot be used.

        Raises:
            SiteError: udisks2 does not answer.
        """
        reply = self._call(new_method_call(_MANAGER, "GetManagedObjects"))
        return volumes_in(_plain(reply.body[0]))

    def wait(self, seconds: float) -> bool:
        """Wait until something was plugged in, pulled out or mounted; whether something was.

        Raises:
            SiteError: The bus is gone.
        """
        deadline = time.monotonic() + seconds
        seen = False
        while (left := deadline - time.monotonic()) > 0:
            try:
                message = self._bus.receive(timeout=left)
            except TimeoutError:
                break
            except OSError as error:
                raise _no_bus(str(error)) from error
            if message.header.message_type is MessageType.signal and not seen:
                seen = True
                deadline = min(deadline, time.monotonic() + _SETTLE_S)
        return seen

    def mount(self, volume: Volume, *, writable: bool = False) -> Path:
        """Mount a stick and return where; one that is mounted already in another way is mounted anew.

        Raises:
            SourceError: It is gone or cannot be read.
            SiteError: We may not mount it.
        """
        if volume.mounted_at:
            self.let_go(volume)
        options = WRITE_OPTIONS if writable else READ_OPTIONS
        reply = self._on(volume, "Mount", {"options": ("s", options), "auth.no_user_interaction": ("b", True)})
        return Path(str(reply.body[0]))

    def let_go(self, volume: Volume) -> None:
        """Write back what is left and unmount; afterwards it may be pulled out. Nothing to do if it is not mounted.

        Raises:
            SourceError: It is in use, or has been pulled out before everything was written.
            SiteError: We may not unmount it.
        """
        with suppress(_NotMountedError):
            self._on(volume, "Unmount", {"auth.no_user_interaction": ("b", True)})

    @contextmanager
    def mounted(self, volume: Volume, *, writable: bool = False) -> Iterator[Path]:
        """Give the folder of a stick, mounted while the block runs; raises like `mount` and `let_go`."""
        folder = self.mount(volume, writable=writable)
        try:
            yield folder
        except BaseException:
            with suppress(SourceError, SiteError):
                self.let_go(volume)
            raise
        self.let_go(volume)

    def _on(self, volume: Volume, method: str, options: dict[str, tuple[str, object]]) -> Message:
        target = DBusAddress(volume.path, _SERVICE, FILESYSTEM)
        return self._call(new_method_call(target, method, "a{sv}", (options,)), volume)

    def _call(self, message: Message, volume: Volume | None = None) -> Message:
        try:
            reply: Message = self._bus.send_and_get_reply(message, timeout=_CALL_S)
        except TimeoutError as error:
            raise _silent(volume) from error
        except OSError as error:
            raise _no_bus(str(error)) from error
        if reply.header.message_type is MessageType.error:
            raise _told(reply, volume)
        return reply


class _NotMountedError(SourceError):
    """It was not mounted."""


def _plain(value: object) -> Objects:
    """Return the objects with the types of the variants taken off; anything of another shape is left out."""
    found: dict[str, dict[str, dict[str, object]]] = {}
    for path, interfaces in value.items() if isinstance(value, dict) else ():
        found[str(path)] = {
            str(interface): {str(name): variant[1] for name, variant in properties.items()}
            for interface, properties in interfaces.items()
        }
    return found


def _told(reply: Message, volume: Volume | None) -> SourceError | SiteError:
    name = str(reply.header.fields.get(4, ""))
    words = str(reply.body[0]) if reply.body else name
    label = volume.name if volume else ""
    if name == _NOT_MOUNTED:
        return _NotMountedError("没有挂载。", why=words)
    if name in _REFUSED:
        todo = "请管理员重新安装程序包，它会给这个账户使用U盘的权限。"
        return SiteError("本机不让这个程序使用U盘。", why=f"{label}：{words}", todo=todo, code="M-365")
    if volume is None:
        return _no_bus(words)
    if name in _GONE:
        return SourceError("U盘已经拔出。", why=label, todo="插回去就会接着做。", code="S-220")
    return SourceError(
        "U盘打不开。", why=f"{label}：{words}", todo="请拔出再插一次；还不行，请换一个U盘。", code="S-221"
    )


def _silent(volume: Volume | None) -> SourceError | SiteError:
    if volume is None:
        return _no_bus("没有回答")
    return SourceError("U盘没有反应。", why=volume.name, todo="请拔出再插一次；还不行，请换一个U盘。", code="S-222")


def _no_bus(why: str) -> SiteError:
    return SiteError(
        "本机没有管理U盘的服务。",
        why=why,
        todo="请管理员安装 udisks2；也可以把内容复制到本机的文件夹再同步。",
        code="M-366",
    )
