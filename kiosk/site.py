"""What has been set for a kiosk: what was touched on its own screen, overridden by the administrator's site file.

Of both files the last good copy is kept. A file that breaks or vanishes must neither keep a village from reading nor
change what it sees: then the copy is used, and the clerk is told. An empty file counts as vanished, because a power cut
in the middle of saving leaves one; whoever wants the defaults writes a comment into it.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zlib import crc32

from content_packs.durable import write_in_place
from content_packs.errors import SettingsError
from kiosk.home import Home
from kiosk.settings import Settings, refusal, said_in

SITE_FILE_LIMIT_BYTES = 65_536
KEPT = "M-322"
"""Code of the trouble with a file whose last good copy is in use."""


@dataclass(frozen=True, slots=True)
class Site:
    """What has been set.

    Attributes:
        settings: To be used.
        trouble: Why a file cannot be used as it is, so that its last good copy is in use, or nothing of it where none
            was kept; None if all is well.
        is_kept: Whether all that is in trouble comes from good copies.
        is_silent: Whether the administrator's file sets nothing, and no good copy says that it ever did.
    """

    settings: Settings
    trouble: SettingsError | None = None
    is_kept: bool = True
    is_silent: bool = False


@dataclass(frozen=True, slots=True)
class _Layer:
    """One file: what it says, its good bytes, and why these are not its own."""

    said: Mapping[str, Any] = field(default_factory=dict)
    good: bytes | None = None
    trouble: SettingsError | None = None


def site_of(home: Home) -> Site:
    """Return what has been set for a kiosk; reads, and never fails."""
    screen, file = _layer(home, home.screen_file), _layer(home, home.site_file)
    trouble = file.trouble or screen.trouble
    is_kept = all(layer.good is not None for layer in (screen, file) if layer.trouble)
    said = {**screen.said, **file.said}
    return Site(Settings(**said), trouble, is_kept=is_kept, is_silent=not file.said and file.trouble is None)


def usable_settings(home: Home) -> tuple[Settings, SettingsError | None]:
    """Return the settings of a kiosk, and why a file of them cannot be used as it is: then its last good copy counts.

    Where no good copy was kept, what that file should have said has its defaults.
    """
    site = site_of(home)
    return site.settings, site.trouble


def sets_nothing(home: Home) -> bool:
    """Return whether the administrator's file, as it lies there, sets nothing; never fails. No copy counts."""
    try:
        return not _said(_read(home.site_file), home.site_file)
    except FileNotFoundError:
        return True
    except SettingsError:
        return False


def load_settings(home: Home) -> Settings:
    """Return the settings of a kiosk, from its files or their last good copies.

    Raises:
        SettingsError: A file cannot be read, is no TOML, or holds an unknown key or a wrong value, and no good copy of
            it was kept.
    """
    site = site_of(home)
    if site.trouble and not site.is_kept:
        raise site.trouble
    return site.settings


def keep_good_copies(home: Home) -> None:
    """Keep what the files say now where they are good; on a disk that refuses, what was kept before stays."""
    for file in (home.screen_file, home.site_file):
        layer = _layer(home, file)
        if layer.trouble or not layer.good or layer.good == _kept(home, file):
            continue
        with suppress(OSError):
            home.kept_settings.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_in_place(home.kept_settings / file.name, f"{crc32(layer.good):08x}\n".encode() + layer.good)


def write_screen_settings(home: Home, text: str) -> None:
    """Write what was touched on the kiosk's own screen, in one durable step.

    Args:
        home: Must exist.
        text: TOML.

    Raises:
        SettingsError: It may not stand; nothing is written.
        OSError: The disk refused; what was there stays.
    """
    said_in(text, home.screen_file)
    write_in_place(home.screen_file, text.encode())


def _layer(home: Home, file: Path) -> _Layer:
    kept = _kept(home, file)
    trouble: SettingsError
    try:
        data = _read(file)
        if data.strip() or not kept:
            return _Layer(_said(data, file), data)
        trouble = refusal(file, 0, "文件是空的，像是存到一半断了电")
    except FileNotFoundError:
        if kept is None:
            return _Layer()
        trouble = refusal(file, 0, "文件不见了")
    except SettingsError as error:
        trouble = error
    if kept is None:
        return _Layer(trouble=trouble)
    return _Layer(_said(kept, file), kept, _with_copy(trouble))


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            data = opened.read(SITE_FILE_LIMIT_BYTES + 1)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise refusal(file, 0, f"读不出来：{error.strerror or error}") from error
    if len(data) > SITE_FILE_LIMIT_BYTES:
        raise refusal(file, 0, f"超过 {SITE_FILE_LIMIT_BYTES // 1024} KiB，不像设置文件")
    return data


def _said(data: bytes, file: Path) -> dict[str, Any]:
    try:
        return said_in(data.decode("utf-8-sig"), file)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise refusal(file, line, "不是 UTF-8 文字，请另存为 UTF-8") from error


def _kept(home: Home, file: Path) -> bytes | None:
    """Return the last good copy of a file; None if there is none, or if it is damaged itself."""
    try:
        with (home.kept_settings / file.name).open("rb") as opened:
            checksum, _, data = opened.read(SITE_FILE_LIMIT_BYTES + 16).partition(b"\n")
        if int(checksum, 16) != crc32(data):
            return None
        _said(data, file)
    except (OSError, ValueError, SettingsError):  # a newer or older program may have another idea of what may stand
        return None
    return data or None


def _with_copy(trouble: SettingsError) -> SettingsError:
    return SettingsError(
        "设置文件不能用，先照上一份好的设置运行。",
        why=trouble.why,
        todo="请照 cunkou settings 列出的写法改好；真想全用默认值，就在文件里只写一行 # 开头的说明。",
        code=KEPT,
    )
