"""Releases broken by hand, each in its own way: a table of names and of what is done to a good one."""

import json
import os
import struct
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import zstandard

from content_packs.limits import BUNDLE_BYTES, BUNDLES, ITEM_BLOB_BYTES, ITEMS, MANIFEST_BYTES, MIB

ITEM, PICTURE, SOUND = "n-1", "image/png", "audio/ogg"


class Shelf:
    """A release in a folder that is about to be broken.

    Args:
        folder: Holds the release.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_bytes())

    @property
    def pack(self) -> dict[str, Any]:
        """What the pack says about itself."""
        return self.manifest["pack"]

    @property
    def bundle(self) -> Path:
        """The only bundle."""
        return self.folder / self.manifest["bundles"][0]["name"]

    def blob(self, sha: str) -> dict[str, Any]:
        """Return an entry of the manifest."""
        return next(blob for blob in self.manifest["blobs"] if blob["sha256"] == sha)

    def of_item(self, name: str = ITEM) -> dict[str, Any]:
        """Return the entry of an item."""
        return self.blob(self.manifest["items"][name])

    def of_media(self, kind: str = PICTURE) -> dict[str, Any]:
        """Return the entry of the picture or the recording."""
        return self.blob(next(sha for sha, found in self.manifest["media"].items() if found == kind))

    def item(self, name: str = ITEM) -> dict[str, Any]:
        """Return an item's fields."""
        entry = self.of_item(name)
        stored = self.bundle.read_bytes()[entry["offset"] : entry["offset"] + entry["stored"]]
        data = zstandard.decompress(stored) if entry["stored"] < entry["size"] else stored
        return json.loads(data)

    def put_item(self, data: bytes, *, stored: bytes | None = None, size: int | None = None) -> None:
        """Make the item these bytes, rightly hashed and named."""
        old = self.of_item()
        size = len(data) if size is None else size
        entry = {"sha256": sha256(data).hexdigest(), "size": size, "offset": self.bundle.stat().st_size, "bundle": 0}
        put = data if stored is None else stored
        self.append(put)
        self.manifest["items"][ITEM] = entry["sha256"]
        blobs = [blob for blob in self.manifest["blobs"] if blob != old] + [entry | {"stored": len(put)}]
        self.manifest["blobs"] = sorted(blobs, key=lambda blob: blob["sha256"])

    def change_item(self, **fields: Any) -> None:
        """Change fields of the item; its hash follows."""
        self.put_item(json.dumps(self.item() | fields, ensure_ascii=False).encode())

    def append(self, data: bytes) -> None:
        """Make the bundle longer; its name and hash follow."""
        whole = self.bundle.read_bytes() + data
        self.bundle.unlink()
        digest = sha256(whole).hexdigest()
        self.manifest["bundles"][0] = {"name": f"{digest[:16]}.bundle", "size": len(whole), "sha256": digest}
        self.bundle.write_bytes(whole)

    def flip(self, place: int) -> None:
        """Change one bit of the bundle."""
        data = bytearray(self.bundle.read_bytes())
        data[place] ^= 1
        self.bundle.write_bytes(data)

    def write(self) -> None:
        """Write the manifest as it is now."""
        (self.folder / "manifest.json").write_text(json.dumps(self.manifest, ensure_ascii=False))


Harm = Callable[[Shelf], None]

HARMS: dict[str, Harm] = {}
"""What is done to a release whose manifest is written afterwards."""

RAW_HARMS: dict[str, Callable[[Path], None]] = {}
"""What is done to the files of a release, after its manifest was written."""


def _harm(name: str) -> Callable[[Harm], Harm]:
    def noted(harm: Harm) -> Harm:
        HARMS[name] = harm
        return harm

    return noted


def _set(*path: str | int, to: Any) -> Harm:
    def harm(shelf: Shelf) -> None:
        inner: Any = shelf.manifest
        for key in path[:-1]:
            inner = inner[key]
        inner[path[-1]] = to

    return harm


def _without(*path: str) -> Harm:
    def harm(shelf: Shelf) -> None:
        inner: Any = shelf.manifest
        for key in path[:-1]:
            inner = inner[key]
        del inner[path[-1]]

    return harm


HARMS |= {
    "a newer format": _set("format", to=2),
    "a format from the far future": _set("format", to=10**9),
    "format nought": _set("format", to=0),
    "a negative format": _set("format", to=-7),
    "a format in words": _set("format", to="1"),
    "no format": _without("format"),
    "no pack": _without("pack"),
    "a pack that is a list": _set("pack", to=[]),
    "no items": _without("items"),
    "items as a list": _set("items", to=[]),
    "an unknown field": _set("colour", to="red"),
    "a pack without an id": _without("pack", "id"),
    "a pack id that climbs out": _set("pack", "id", to="../../etc"),
    "a pack id that is absolute": _set("pack", "id", to="/etc/passwd"),
    "a pack id of one dot": _set("pack", "id", to=".staging"),
    "a pack id with a zero byte": _set("pack", "id", to="cn.a\0b"),
    "a pack id with a line end": _set("pack", "id", to="cn.test.pack\n"),
    "a pack id of a thousand letters": _set("pack", "id", to="a" * 1000),
    "an empty pack id": _set("pack", "id", to=""),
    "no version": _without("pack", "version"),
    "version nought": _set("pack", "version", to=0),
    "a version in words": _set("pack", "version", to="二"),
    "a version with a fraction": _set("pack", "version", to=2.5),
    "an older version": _set("pack", "version", to=1),
    "an empty title": _set("pack", "title", to=""),
    "a title that is a number": _set("pack", "title", to=7),
    "a title without end": _set("pack", "title", to="长" * 5000),
    "no publisher": _without("pack", "publisher"),
    "an empty publisher": _set("pack", "publisher", to=""),
    "no date": _without("pack", "issued_on"),
    "the thirtieth of February": _set("pack", "issued_on", to="2026-02-30"),
    "a region with letters": _set("pack", "regions", to=["35x"]),
    "a theme without a name": _set("pack", "themes", to=[{"id": "a", "title": ""}]),
    "a theme of hue 99": _set("pack", "themes", to=[{"id": "a", "title": "甲乙", "hue": 99}]),
    "a theme id with capitals": _set("pack", "themes", to=[{"id": "A B", "title": "甲乙"}]),
    "hosts as a text": _set("pack", "allowed_hosts", to="gov.cn"),
    "blobs as numbers": _set("blobs", to=[1, 2]),
    "no blobs at all": _set("blobs", to=[]),
    "a bundle whose name climbs out": _set("bundles", 0, "name", to="../../0123456789.bundle"),
    "a bundle called as a device": _set("bundles", 0, "name", to="/dev/zero"),
    "a bundle without a size": _without("bundles", 0, "size"),  # type: ignore[arg-type]
    "a bundle of negative size": _set("bundles", 0, "size", to=-1),
    "a bundle that is said to be longer": _set("bundles", 0, "size", to=123_456),
    "a bundle above the limit": _set("bundles", 0, "size", to=BUNDLE_BYTES + 1),
    "a bundle hash too short": _set("bundles", 0, "sha256", to="ab"),
    "a blob hash with capitals": _set("blobs", 0, "sha256", to="AB" * 32),
    "a blob of negative offset": _set("blobs", 0, "offset", to=-1),
    "a blob of negative length": _set("blobs", 1, "stored", to=-5),
    "a blob beyond 64 bits": _set("blobs", 0, "offset", to=2**70),
    "a blob behind the end": _set("blobs", 2, "offset", to=10**9),
    "a blob in a bundle that is not there": _set("blobs", 3, "bundle", to=4),
    "an item id that climbs out": _set("items", "../../n-1", to="0" * 64),
    "an item whose hash is no hash": _set("items", "n-1", to="none"),
    "an item that no blob holds": _set("items", "n-9", to="0" * 64),
    "a medium that no blob holds": _set("media", "f" * 64, to=PICTURE),
    "a medium of a kind that nobody shows": _set("media", "e" * 64, to="text/html"),
    "a medium whose hash is no hash": _set("media", "x", to=7),
}


@_harm("too many bundles")
def _(shelf: Shelf) -> None:
    shelf.manifest["bundles"] *= BUNDLES + 1


@_harm("a bundle named twice")
def _(shelf: Shelf) -> None:
    shelf.manifest["bundles"] *= 2


@_harm("too many items")
def _(shelf: Shelf) -> None:
    sha = shelf.manifest["items"][ITEM]
    shelf.manifest["items"] |= {f"x-{number}": sha for number in range(ITEMS)}


@_harm("a blob named twice")
def _(shelf: Shelf) -> None:
    shelf.manifest["blobs"] = sorted(shelf.manifest["blobs"] * 2, key=lambda blob: blob["sha256"])


@_harm("a blob that takes more than it gives")
def _(shelf: Shelf) -> None:
    entry = shelf.of_item()
    entry["size"] = entry["stored"] - 1


@_harm("an item above the limit")
def _(shelf: Shelf) -> None:
    shelf.of_item()["size"] = ITEM_BLOB_BYTES + 1


@_harm("a picture above the limit")
def _(shelf: Shelf) -> None:
    shelf.of_media()["size"] = 2**40


@_harm("a recording above the limit")
def _(shelf: Shelf) -> None:
    shelf.of_media(SOUND)["size"] = 21 * MIB


@_harm("an item moved by one byte")
def _(shelf: Shelf) -> None:
    shelf.of_item()["offset"] += 1


@_harm("a picture moved by one byte")
def _(shelf: Shelf) -> None:
    shelf.of_media()["offset"] -= 1


@_harm("a changed bit in an item")
def _(shelf: Shelf) -> None:
    entry = shelf.of_item("n-2")
    shelf.flip(entry["offset"] + entry["stored"] - 2)


@_harm("a changed bit in a picture")
def _(shelf: Shelf) -> None:
    entry = shelf.of_media()
    shelf.flip(entry["offset"] + entry["stored"] // 2)


@_harm("a changed bit in a recording")
def _(shelf: Shelf) -> None:
    shelf.flip(shelf.of_media(SOUND)["offset"])


@_harm("an item's frame that is cut")
def _(shelf: Shelf) -> None:
    shelf.of_item()["stored"] -= 3


@_harm("an item that says another size")
def _(shelf: Shelf) -> None:
    shelf.of_item()["size"] += 1


@_harm("an item that is no frame")
def _(shelf: Shelf) -> None:
    shelf.put_item(b"x" * 500, stored=b"y" * 100)


@_harm("a bomb that says its size")
def _(shelf: Shelf) -> None:
    bomb = _bomb(1024 * MIB)
    shelf.put_item(b"", stored=bomb, size=1024 * MIB)


@_harm("a bomb that says another size")
def _(shelf: Shelf) -> None:
    shelf.put_item(b"", stored=_bomb(64 * MIB), size=1_000_000)


@_harm("a bomb that lies in its frame")
def _(shelf: Shelf) -> None:
    honest = zstandard.ZstdCompressor(write_content_size=True).compress(bytes(4 * MIB))
    lying = honest[:6] + struct.pack("<I", 500_000) + honest[10:]
    shelf.put_item(bytes(500_000), stored=lying)


@_harm("a frame that wants a window of gigabytes")
def _(shelf: Shelf) -> None:
    settings = zstandard.ZstdCompressionParameters.from_level(3, window_log=27, write_content_size=True)
    chunk = zstandard.ZstdCompressor(compression_params=settings).compressobj(size=15 * MIB)
    frame = b"".join(chunk.compress(bytes(MIB)) for _ in range(15)) + chunk.flush()
    shelf.put_item(b"other", stored=frame, size=15 * MIB)


@_harm("an item that is no JSON")
def _(shelf: Shelf) -> None:
    shelf.put_item(b"<html>")


@_harm("an item nested without end")
def _(shelf: Shelf) -> None:
    shelf.put_item(b'{"id":"n-1","blocks":' + b"[" * 100_000)


@_harm("an item that is no UTF-8")
def _(shelf: Shelf) -> None:
    shelf.put_item(b'{"id":"n-1","kind":"notice","title":"\xff\xfe"}')


@_harm("an item of half a character")
def _(shelf: Shelf) -> None:
    shelf.put_item(b'{"id":"n-1","kind":"notice","title":"\\ud800"}')


@_harm("an empty item")
def _(shelf: Shelf) -> None:
    shelf.put_item(b"")


@_harm("an item of a kind that nobody knows")
def _(shelf: Shelf) -> None:
    shelf.change_item(kind="poem")


@_harm("an item under another name")
def _(shelf: Shelf) -> None:
    shelf.change_item(id="other")


@_harm("an item with a telephone number of letters")
def _(shelf: Shelf) -> None:
    shelf.change_item(phones=[{"name": "村委会", "number": "call me"}])


@_harm("an item with a block that nobody knows")
def _(shelf: Shelf) -> None:
    shelf.change_item(blocks=[{"type": "script", "text": "alert(1)"}])


@_harm("an item whose picture is not there")
def _(shelf: Shelf) -> None:
    blocks = json.loads(json.dumps(shelf.item()["blocks"]))
    for block in blocks:
        if "sha256" in block:
            block["sha256"] = "d" * 64
    shelf.change_item(blocks=blocks)


@_harm("an item whose recording is not there")
def _(shelf: Shelf) -> None:
    shelf.change_item(recording="c" * 64, id=ITEM)
    shelf.manifest["items"] = {ITEM: shelf.manifest["items"][ITEM]}


@_harm("an item with a title without end")
def _(shelf: Shelf) -> None:
    shelf.change_item(title="长" * 1000)


@_harm("an item with an unknown field")
def _(shelf: Shelf) -> None:
    shelf.change_item(onclick="alert(1)")


def _bomb(size: int) -> bytes:
    compressor = zstandard.ZstdCompressor(level=1).compressobj(size=size)
    zeros = bytes(MIB)
    return b"".join(compressor.compress(zeros) for _ in range(size // MIB)) + compressor.flush()


def _bundle(folder: Path) -> Path:
    return next(folder.glob("*.bundle"))


def _replaced(name: str, make: Callable[[Path], object]) -> Callable[[Path], None]:
    def harm(folder: Path) -> None:
        path = folder / "manifest.json" if name else _bundle(folder)
        path.unlink()
        make(path)

    return harm


RAW_HARMS |= {
    "no manifest": lambda folder: (folder / "manifest.json").unlink(),
    "an empty manifest": lambda folder: _put(folder / "manifest.json", b""),
    "half a manifest": lambda folder: _put(folder / "manifest.json", (folder / "manifest.json").read_bytes()[:300]),
    "a manifest of zeros": lambda folder: _put(folder / "manifest.json", bytes(4096)),
    "a manifest that is a web page": lambda folder: _put(folder / "manifest.json", b"<!doctype html><title>x"),
    "a manifest that is a number": lambda folder: _put(folder / "manifest.json", b"7"),
    "a manifest nested without end": lambda folder: _put(folder / "manifest.json", b"[" * 200_000),
    "a manifest with bytes that are no text": lambda folder: _put(
        folder / "manifest.json", b'{"format":1,"pack":"\xff"}'
    ),
    "a manifest without end": lambda folder: os.truncate(folder / "manifest.json", MANIFEST_BYTES + 1),
    "a manifest that is a folder": _replaced("manifest", Path.mkdir),
    "a manifest that is a link": _replaced("manifest", lambda path: path.symlink_to("/etc/passwd")),
    "a manifest that is a pipe": _replaced("manifest", os.mkfifo),
    "no bundle": lambda folder: _bundle(folder).unlink(),
    "an empty bundle": lambda folder: os.truncate(_bundle(folder), 0),
    "half a bundle": lambda folder: os.truncate(_bundle(folder), 700),
    "a bundle without its last byte": lambda folder: os.truncate(_bundle(folder), _bundle(folder).stat().st_size - 1),
    "a bundle with one byte more": lambda folder: _put(_bundle(folder), _bundle(folder).read_bytes() + b"x"),
    "a bundle of zeros": lambda folder: _put(_bundle(folder), bytes(_bundle(folder).stat().st_size)),
    "a bundle that is a link": _replaced("", lambda path: path.symlink_to("/etc/passwd")),
    "a bundle that is a folder": _replaced("", Path.mkdir),
    "a bundle that is a pipe": _replaced("", os.mkfifo),
    "a bundle that is a device": _replaced("", lambda path: path.symlink_to("/dev/zero")),
}


def _put(path: Path, data: bytes) -> None:
    path.write_bytes(data)
