"""Everything that reads bytes of strangers, one function each: bytes in; a told error, or nothing, comes out."""

import io
import json
import random
import re
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import urllib3
from securesystemslib.exceptions import FormatError
from securesystemslib.formats import encode_canonical
from tuf.api.metadata import TargetFile
from typing_extensions import override

from content_packs.bundle import TextPacker, unpack_blob
from content_packs.database import catalogue_row, relation_rows
from content_packs.errors import KioskError, PackError
from content_packs.limits import MIB
from content_packs.manifest import MANIFEST_FILE, decode_manifest
from content_packs.model import BlobEntry
from content_packs.origin import Origin, OriginKind, decode_origin, encode_origin
from content_packs.pointer import Pointer, read_pointer, write_pointer
from content_packs.progress import CancelToken
from content_packs.reader import PackReader
from content_packs.store import PackStore
from content_packs.verification import verify_content
from kiosk.settings import settings_from_text
from sync import install
from sync.history import History
from sync.install import install_release
from sync.layout import manifest_path, target_path
from sync.manifests import ManifestSource, packed, packed_path
from sync.network import HttpSource, Line
from sync.network.wire import BrokenError, Wire
from sync.parts import PartFile, layout_for, part_name, parts_of, read_layout, tidy_parts
from sync.receipt import _DOMAIN, PackReceipt, Receipt, kiosk_key, receipt_signer, verify_receipt
from sync.sticks.bus import _plain
from sync.sticks.volumes import volumes_in
from sync.trust.anchor import read_anchor
from sync.trust.client import refresh
from sync.trust.fields import described
from sync.trust.record import Record, read_record, write_record
from tests.fakes.tuf_repository import NOW, REGION, TODAY, MemorySource, TufRepository, a_repository
from tests.torture.broken import a_release

_PLACE = "35"


@dataclass(frozen=True)
class Parser:
    """One reader of foreign bytes.

    Attributes:
        name: What it reads.
        seeds: Bytes that it reads well.
        read: Reads any bytes; raises only `KioskError`.
    """

    name: str
    seeds: tuple[bytes, ...]
    read: Callable[[bytes], object]

    def stands(self, data: bytes) -> str:
        """Return what went wrong with these bytes; empty if they were read or refused in words."""
        try:
            self.read(data)
        except KioskError as error:
            return "" if error.what else "refused without words"
        except Exception as error:  # noqa: BLE001 (that is what is looked for)
            return f"{type(error).__name__}: {error}"[:300]
        return ""


def parsers(folder: Path) -> tuple[Parser, ...]:
    """Return all of them.

    Args:
        folder: For files that some of them read; empty.
    """
    release = a_release(folder / "release", 2)
    data = (release / MANIFEST_FILE).read_bytes()
    manifest = decode_manifest(data)
    bundle = (release / manifest.bundles[0].name).read_bytes()
    blobs = {blob.sha256: bundle[blob.offset : blob.offset + blob.stored] for blob in manifest.blobs}
    items = [
        unpack_blob(blobs[blob.sha256], blob, "") for blob in manifest.blobs if blob.sha256 in manifest.items.values()
    ]
    repository = a_repository(name="cn.test.fuzz").new_root().publish()
    return (
        Parser("manifest", (data,), decode_manifest),
        Parser("item", tuple(map(_renamed, items)), partial(_item, list(manifest.media.items()))),
        Parser("stored blob", tuple(_framed(item) for item in items), _blob),
        Parser(
            "content.db", (_installed(folder / "store", release).read_bytes(),), partial(_content, folder, manifest)
        ),
        _metadata(folder / "trust", repository),
        Parser("root file", (repository.files["metadata/1.root.json"],), read_anchor),
        Parser("target's description", (_description(),), _target),
        Parser("compressed manifest", (packed(data),), partial(_packed_manifest, folder / "kept", data)),
        _receipt(folder / "identity"),
        _part(folder / "parts", manifest.blobs),
        _pointer(folder / "pointer"),
        Parser("origin", (encode_origin(Origin(OriginKind.SIGNED, "a", "0", "targets", TODAY)),), decode_origin),
        _record(folder / "record"),
        _history(folder / "history.json"),
        Parser("settings", ('village = "前村"\nregion = "350122"\nsync_kbit_s = 64\n'.encode(),), _settings),
        Parser("answer of udisks2", (json.dumps(_OBJECTS).encode(),), _udisks),
        Parser("answer of a server", _ANSWERS, _http),
    )


# --- packs -----------------------------------------------------------------------------------------------------------


def _renamed(item: bytes) -> bytes:
    return re.sub(rb'"id":"n-[123]"', b'"id":"n-1"', item)


def _item(media: list[tuple[str, str]], data: bytes) -> None:
    """Read it as an installation does, up to the rows of the database."""
    digest = sha256(data).hexdigest()
    blobs = [{"sha256": name, "size": 0, "stored": 0, "bundle": 0, "offset": 0} for name, _ in media]
    blobs.append({"sha256": digest, "size": len(data), "stored": len(data), "bundle": 0, "offset": 0})
    fields = {
        "format": 1,
        "pack": {"id": "cn.a", "version": 1, "title": "t", "publisher": "p", "issued_on": "2026-11-22"},
        "items": {"n-1": digest},
        "media": dict(media),
        "blobs": sorted(blobs, key=lambda blob: str(blob["sha256"])),
        "bundles": [{"name": "0" * 16 + ".bundle", "size": len(data), "sha256": digest}],
    }
    manifest = decode_manifest(json.dumps(fields).encode())
    steps = install._Steps(manifest, lambda progress: None, install.CancelToken())
    entries = {blob.sha256: blob for blob in manifest.blobs}
    for item, _ in install._items(manifest, entries, _One(data), steps):
        catalogue_row(1, item)
        relation_rows(item)


class _One:
    """A reader that has one blob."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def has(self, sha256: str) -> bool:
        return True

    def read(self, entry: BlobEntry) -> bytes:
        return self._data


def _framed(data: bytes) -> bytes:
    """Return a blob after the three bytes of the size that a manifest claims for it."""
    return len(data).to_bytes(3, "big") + bytes(TextPacker().pack(data).stored)


def _blob(data: bytes) -> None:
    size, stored = int.from_bytes(data[:3], "big") % (4 * MIB), data[3:]
    unpack_blob(stored, BlobEntry(sha256="0" * 64, size=size, stored=len(stored), bundle=0, offset=0), "b")


def _installed(home: Path, release: Path) -> Path:
    return install_release(release, PackStore(home)).pack.content_db


def _content(folder: Path, manifest: Any, data: bytes) -> None:
    """Compare a file with its manifest, which never raises, and open it as a page does."""
    path = folder / "content.db"
    path.write_bytes(data)
    verify_content(path, manifest)
    with suppress(PackError), PackReader(path) as reader:
        for item_id in manifest.items:
            with suppress(PackError):
                reader.item(item_id)
        for media in manifest.media:
            with suppress(PackError):
                reader.media(media)


# --- trust -----------------------------------------------------------------------------------------------------------


def _metadata(folder: Path, repository: TufRepository) -> Parser:
    """Put the bytes in the place of one file of a repository; the first byte says which."""
    names = sorted(name for name in repository.files if name.startswith("metadata/"))
    store = repository.trusted_by(folder)

    def read(data: bytes) -> None:
        files = repository.files | {names[data[0] % len(names)] if data else names[0]: data[1:]}
        refresh(store, MemorySource(files), REGION, NOW)

    return Parser("TUF metadata", tuple(bytes([n]) + repository.files[name] for n, name in enumerate(names)), read)


def _description() -> bytes:
    about = {"version": 1, "title": "t", "publisher": "p", "issued_on": "2026-11-22", "items": 3, "size": 9}
    target = {"length": 9, "hashes": {"sha256": "0" * 64}, "custom": {"x-cunkou": about}}
    return json.dumps(target).encode()


def _target(data: bytes) -> None:
    path = target_path(_PLACE, "cn.test.pack")
    try:
        encode_canonical(json.loads(data)).encode()  # what cannot be signed never gets this far
        target = TargetFile.from_dict(json.loads(data), path)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, FormatError):
        return  # refused with the whole file, which `TUF metadata` tries
    described(target, repository="fujian", signer=_PLACE)


def _packed_manifest(folder: Path, plain: bytes, data: bytes) -> None:
    path = manifest_path(target_path("0", "cn.test.pack"), sha256(plain).hexdigest())
    source = ManifestSource(MemorySource({packed_path(path): data}, is_stick=False), folder)
    with suppress(OSError):
        for kept in folder.iterdir():
            kept.unlink()
    source.fetch(path, len(plain))


# --- what lies beside ------------------------------------------------------------------------------------------------


def _receipt(folder: Path) -> Parser:
    """Read a receipt as it is, and one that says the same and is rightly signed."""
    key = kiosk_key(folder)
    told = Receipt(
        kiosk=key.id.fingerprint,
        village="前村",
        region="350122",
        repository="fujian",
        issued_on=TODAY,
        synced_on=TODAY,
        proven_on=TODAY,
        result="done",
        packs=(PackReceipt("cn.test.pack", 2, "added"),),
    )

    def read(data: bytes) -> None:
        with suppress(KioskError):
            receipt_signer(data)
        with suppress(KioskError):
            verify_receipt(data, key.id.public)
        body = data.split(b"\n")[0]
        signature = key._private.sign(_DOMAIN + body).hex()
        verify_receipt(body + f"\ned25519 {key.id.public} {signature}\n".encode(), key.id.public)

    return Parser("receipt", (key.sign(told),), read)


def _part(folder: Path, blobs: tuple[BlobEntry, ...]) -> Parser:
    folder.mkdir()
    name = part_name("ab" * 32)

    def read(data: bytes) -> None:
        (folder / f"{name}.json").write_bytes(data)
        (folder / f"{name}.part").write_bytes(data * 3)
        parts_of(folder, "cn.test.pack")
        layout = read_layout(folder, name)
        if layout:
            with PartFile(folder, name, layout) as part:
                assert part.length <= 3 * len(data)
                for blob in layout.blobs[:8]:
                    if part.has(blob.sha256):
                        part.read(blob)
        tidy_parts(folder)

    return Parser("list of a part", (msgspec.json.encode(layout_for("cn.test.pack", blobs)),), read)


def _pointer(folder: Path) -> Parser:
    folder.mkdir()
    write_pointer(folder, Pointer("1-" + "a" * 16))
    seed = (folder / "pointer.a").read_bytes()

    def read(data: bytes) -> None:
        (folder / "pointer.b").write_bytes(data)
        assert read_pointer(folder) is not None

    return Parser("pointer", (seed,), read)


def _record(folder: Path) -> Parser:
    folder.mkdir()
    write_record(folder, Record(TODAY, {"fujian": {"root": 1}}))
    seed = (folder / "floor.a.json").read_bytes()

    def read(data: bytes) -> None:
        (folder / "floor.b.json").write_bytes(data)
        assert read_record(folder, built=TODAY).floor >= TODAY

    return Parser("record of trust", (seed,), read)


def _history(path: Path) -> Parser:
    def read(data: bytes) -> None:
        path.write_bytes(data)
        History(path).entries()

    entry = {"ended": "2026-11-22T03:00:00Z", "source": "s", "is_stick": True, "result": "done", "changes": []}
    return Parser("history", (json.dumps([entry]).encode(), json.dumps({"entries": [entry]}).encode()), read)


def _settings(data: bytes) -> None:
    with suppress(UnicodeDecodeError):
        settings_from_text(data.decode(), Path("site.toml"))


_FILE_SYSTEM = "org.freedesktop.UDisks2.Filesystem"
_OBJECTS: dict[str, dict[str, dict[str, tuple[str, Any]]]] = {
    "/org/freedesktop/UDisks2/block_devices/sdb1": {
        "org.freedesktop.UDisks2.Block": {
            "Device": ("ay", [47, 100, 101, 118, 0]),
            "Drive": ("o", "/org/freedesktop/UDisks2/drives/a"),
            "IdType": ("s", "vfat"),
            "IdLabel": ("s", "县里的U盘"),
            "Size": ("t", 8_000_000_000),
            "HintIgnore": ("b", False),
        },
        _FILE_SYSTEM: {"MountPoints": ("aay", [[47, 109, 0]])},
    },
    "/org/freedesktop/UDisks2/drives/a": {
        "org.freedesktop.UDisks2.Drive": {"Removable": ("b", True), "ConnectionBus": ("s", "usb"), "Model": ("s", "m")}
    },
}


def _udisks(data: bytes) -> None:
    """Read an answer of the signature that the bus guarantees, with anything in its variants."""
    try:
        told = msgspec.json.decode(data, type=dict[str, dict[str, dict[str, tuple[str, Any]]]])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return
    volumes_in(_plain(told))


# --- the network -----------------------------------------------------------------------------------------------------

_ANSWERS = (
    b'206\nContent-Range: bytes 5-9/20\nETag: "abc"\nContent-Length: 5\n\nhello',
    b'200\nETag: W/"abc"\nContent-Length: 10\nContent-Type: text/plain\n\n0123456789',
    b"503\nRetry-After: 120\n\n",
    b"302\nLocation: http://portal/\nContent-Encoding: gzip\n\n<html>",
    b"416\nContent-Range: bytes */20\n\n",
)


class _Canned(Wire):
    """A server whose every answer is the same."""

    def __init__(self, data: bytes) -> None:
        super().__init__("http://server.example/", Line(), CancelToken(), time.monotonic, random.random)
        head, _, self._body = data.partition(b"\n\n")
        status, *lines = head.decode("latin-1").split("\n")
        digits = "".join(letter for letter in status[:3] if letter in "0123456789")
        self._status = int(digits or "200")
        self._headers = urllib3.HTTPHeaderDict(
            [(name, value.strip()) for name, found, value in (line.partition(":") for line in lines) if found and name]
        )
        self.asked = 0

    @override
    def ask(self, path: str, headers: Any, silence_s: float) -> urllib3.BaseHTTPResponse:
        self.asked += 1
        assert self.asked < 100, "asks for ever"
        try:
            return urllib3.HTTPResponse(
                io.BytesIO(self._body),
                headers=self._headers,
                status=self._status,
                preload_content=False,
                decode_content=False,
            )
        except urllib3.exceptions.HTTPError as error:  # as the real one, which meets it in the same place
            raise BrokenError(str(error)) from error

    @override
    def wait(self, pause_s: float | None, why: str, asked_s: float = 0) -> None:
        super().wait(None if pause_s is None or self.asked > 20 else 0.0, why, asked_s)


def _server(data: bytes) -> HttpSource:
    source = HttpSource("http://server.example/")
    source._wire = _Canned(data)
    return source


def _http(data: bytes) -> None:
    with suppress(KioskError):
        _server(data).fetch("metadata/timestamp.json", 1000)
    with suppress(KioskError), _server(data).open_range("bundles/a.bundle", 5, 5, '"abc"') as reply:
        total = sum(len(chunk) for chunk in reply.chunks())
        assert total <= 10, "more than was asked for"
    with suppress(KioskError), _server(data).open_range("bundles/a.bundle", 5, 5, None) as stretch:
        assert sum(len(chunk) for chunk in stretch.chunks()) <= 5, "more than was asked for"
