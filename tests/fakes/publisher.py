"""A publisher that writes sources and releases into a folder, and can be careless or wicked on request."""

import io
import random
import struct
import zlib
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
from PIL import Image

from content_packs.build import build_release
from content_packs.manifest import MANIFEST_FILE, decode_manifest, encode_manifest
from content_packs.model import Manifest

PACK_TOML = """\
format = 1
id = "cn.test.pack"
version = 1
title = "测试包"
publisher = "测试发布单位"
issued_on = 2026-11-22

[[themes]]
id = "pension"
title = "养老金"
"""

ITEM = """\
---
id: {id}
kind: notice
title: 通知{id}
themes: [pension]
verified_on: 2026-11-22
sources:
  - title: 村委会
---

{body}
"""


def a_png(width: int = 40, height: int = 20, colour: str = "red") -> bytes:
    """Return the bytes of a small picture."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "PNG")
    return out.getvalue()


def a_noise_png(side: int, dice: random.Random) -> bytes:
    """Return the bytes of a picture that nothing makes smaller: three for each pixel."""
    out = io.BytesIO()
    Image.frombytes("RGB", (side, side), dice.randbytes(3 * side * side)).save(out, "PNG", compress_level=0)
    return out.getvalue()


def a_head_only_png(width: int, height: int) -> bytes:
    """Return a PNG of a few bytes that claims to be enormous."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@dataclass
class Publisher:
    """Writes a source below ``folder`` and builds it."""

    folder: Path
    pack_toml: str = PACK_TOML

    @property
    def source(self) -> Path:
        return self.folder / "source"

    @property
    def release(self) -> Path:
        return self.folder / "release"

    def write(self, name: str, contents: str | bytes) -> "Publisher":
        path = self.source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(contents.encode() if isinstance(contents, str) else contents)
        return self

    def item(self, name: str = "n-1", body: str = "今天开会。") -> "Publisher":
        return self.write(f"items/{name}.md", ITEM.format(id=name, body=body))

    def pack(self, **changes: Any) -> "Publisher":
        text = self.pack_toml
        for name, value in changes.items():
            lines = [line if not line.startswith(f"{name} =") else f"{name} = {value}" for line in text.split("\n")]
            text = "\n".join(lines)
        return self.write("pack.toml", text)

    def build(self) -> Manifest:
        return build_release(self.source, self.release)

    def manifest(self) -> Manifest:
        return decode_manifest((self.release / MANIFEST_FILE).read_bytes())

    def forge(self, manifest: Manifest) -> None:
        """Put another manifest beside the bundles."""
        (self.release / MANIFEST_FILE).write_bytes(encode_manifest(manifest))

    def forge_blob(self, stored: bytes, unpacked: bytes, size: int) -> None:
        """Replace the release by one whose only item is these stored bytes, claimed to unpack to ``size``."""
        name = sha256(stored).hexdigest()
        old = self.manifest()
        for bundle in old.bundles:
            (self.release / bundle.name).unlink()
        (self.release / f"{name[:16]}.bundle").write_bytes(stored)
        digest = sha256(unpacked).hexdigest()
        bundle = {"name": f"{name[:16]}.bundle", "size": len(stored), "sha256": name}
        blob = {"sha256": digest, "size": size, "stored": len(stored), "bundle": 0, "offset": 0}
        fields = msgspec.to_builtins(old) | {
            "items": {"n-1": digest},
            "media": {},
            "blobs": [blob],
            "bundles": [bundle],
        }
        self.forge(msgspec.convert(fields, Manifest))


def a_publisher(folder: Path) -> Publisher:
    """Return a publisher whose source holds one item and passes every check."""
    return Publisher(folder).pack().item()
