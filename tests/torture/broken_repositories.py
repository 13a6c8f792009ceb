"""Repositories broken by hand, by somebody without keys and by somebody who holds all of them: names and harms."""

import json
import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

from securesystemslib.formats import encode_canonical
from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import TargetFile

from content_packs.limits import MIB
from content_packs.manifest import MANIFEST_FILE, decode_manifest
from sync.layout import manifest_path, target_path
from tests.fakes.tuf_repository import TODAY, TufRepository

NAME = "cn.test.broken"
REGION = "350122"


def shelve(repository: TufRepository, release: Path) -> None:
    """Put a release into a repository, for every kiosk; to be published."""
    data = (release / MANIFEST_FILE).read_bytes()
    manifest = decode_manifest(data)
    path = target_path("0", manifest.pack.id)
    target = TargetFile.from_data(path, data)
    about = {
        "version": manifest.pack.version,
        "title": manifest.pack.title,
        "publisher": manifest.pack.publisher,
        "issued_on": TODAY.isoformat(),
        "items": len(manifest.items),
        "size": sum(blob.size for blob in manifest.blobs),
    }
    target.unrecognized_fields["custom"] = {"x-cunkou": about}
    repository.change("targets").targets[path] = target
    repository.files[manifest_path(path, sha256(data).hexdigest())] = data
    for bundle in manifest.bundles:
        repository.files[f"bundles/{bundle.name}"] = (release / bundle.name).read_bytes()


class Shelf:
    """A stick with a newer release that is about to be broken.

    Args:
        repository: Holds all keys.
        files: On the stick.
        before: The files of the state before.
        pack: Which pack is new.
    """

    def __init__(self, repository: TufRepository, files: dict[str, bytes], before: dict[str, bytes], pack: str) -> None:
        self.repository, self.before = repository, before
        self.files = dict(files)
        self.target = target_path("0", pack)
        self._links: dict[str, Callable[[Path], object]] = {}

    def named(self, role: str) -> str:
        """Return the newest file of a role."""
        if role == "timestamp":
            return "metadata/timestamp.json"
        found = [name for name in self.files if name.startswith("metadata/") and name.endswith(f".{role}.json")]
        return max(found, key=lambda name: int(name.split("/")[1].split(".")[0]))

    @property
    def bundle(self) -> str:
        """The bundle that is new."""
        return next(name for name in self.files if name.startswith("bundles/") and name not in self.before)

    @property
    def manifest(self) -> str:
        """The manifest that is new."""
        return next(name for name in self.files if name.startswith("targets/") and name not in self.before)

    def resign(self, role: str, change: Callable[[dict[str, Any]], object], *keys: CryptoSigner) -> None:
        """Change what a role says and sign it, with its own keys or with others."""
        signed = json.loads(self.files[self.named(role)])["signed"]
        change(signed)
        payload = (encode_canonical(signed) or "").encode()
        signatures = [key.sign(payload).to_dict() for key in keys or self.repository.keys[role]]
        self.files[self.named(role)] = json.dumps({"signatures": signatures, "signed": signed}).encode()

    def retarget(self, change: Callable[[dict[str, Any]], object]) -> None:
        """Change what the top role says of the pack, and sign it."""
        self.resign("targets", lambda signed: change(signed["targets"][self.target]))

    def describe(self, **facts: Any) -> None:
        """Change the description of the pack, and sign it."""
        self.retarget(lambda target: target["custom"]["x-cunkou"].update(facts))

    def put_manifest(self, data: bytes) -> None:
        """Sign for other bytes as the pack's manifest."""
        digest = sha256(data).hexdigest()
        self.retarget(lambda target: target.update(length=len(data), hashes={"sha256": digest}))
        self.files[manifest_path(self.target, digest)] = data

    def instead(self, name: str, make: Callable[[Path], object]) -> None:
        """Put something else than a file there."""
        del self.files[name]
        self._links[name] = make

    def write_to(self, folder: Path) -> Path:
        """Write all of it."""
        for name, data in self.files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        for name, make in self._links.items():
            make(folder / name)
        return folder


Harm = Callable[[Shelf], object]
ROLES = ("timestamp", "snapshot", "targets")

HARMS: dict[str, Harm] = {}


def _cut(role: str) -> Harm:
    return lambda shelf: shelf.files.update({shelf.named(role): shelf.files[shelf.named(role)][:-40]})


def _gone(role: str) -> Harm:
    return lambda shelf: shelf.files.pop(shelf.named(role))


def _holds(role: str, data: bytes) -> Harm:
    return lambda shelf: shelf.files.update({shelf.named(role): data})


def _forged(role: str, **facts: Any) -> Harm:
    """Change what a role says and keep its signatures."""

    def harm(shelf: Shelf) -> None:
        whole = json.loads(shelf.files[shelf.named(role)])
        shelf.files[shelf.named(role)] = json.dumps(whole | {"signed": whole["signed"] | facts}).encode()

    return harm


def _unsigned(role: str) -> Harm:
    def harm(shelf: Shelf) -> None:
        whole = json.loads(shelf.files[shelf.named(role)])
        shelf.files[shelf.named(role)] = json.dumps(whole | {"signatures": []}).encode()

    return harm


def _says(role: str, **facts: Any) -> Harm:
    return lambda shelf: shelf.resign(role, lambda signed: signed.update(facts))


def _describes(**facts: Any) -> Harm:
    return lambda shelf: shelf.describe(**facts)


def _instead(which: str, make: Callable[[Path], object]) -> Harm:
    return lambda shelf: shelf.instead(getattr(shelf, which), make)


def _manifest(data: bytes) -> Harm:
    return lambda shelf: shelf.put_manifest(data)


def _manifest_says(**facts: Any) -> Harm:
    def harm(shelf: Shelf) -> None:
        shelf.put_manifest(json.dumps(json.loads(shelf.files[shelf.manifest]) | facts).encode())

    return harm


def _pack_says(**facts: Any) -> Harm:
    def harm(shelf: Shelf) -> None:
        manifest = json.loads(shelf.files[shelf.manifest])
        shelf.put_manifest(json.dumps(manifest | {"pack": manifest["pack"] | facts}).encode())

    return harm


def _bundle(change: Callable[[bytes], bytes]) -> Harm:
    return lambda shelf: shelf.files.update({shelf.bundle: change(shelf.files[shelf.bundle])})


for _role in ROLES:
    HARMS |= {
        f"no {_role}": _gone(_role),
        f"an empty {_role}": _holds(_role, b""),
        f"half a {_role}": _cut(_role),
        f"a {_role} that is a web page": _holds(_role, b"<!doctype html><title>wifi</title>"),
        f"a {_role} without end": _holds(_role, b" " * (33 * MIB)),
        f"a {_role} of zeros": _holds(_role, bytes(2000)),
        f"a {_role} that nobody has signed": _unsigned(_role),
        f"a {_role} signed with another key": lambda shelf, role=_role: shelf.resign(
            role, lambda signed: signed, CryptoSigner.generate_ed25519()
        ),
        f"a {_role} of another spec": _says(_role, spec_version="9.0.0"),
        f"a {_role} of version nought": _says(_role, version=0),
    }

HARMS |= {
    "a timestamp changed by hand": _forged("timestamp", expires="2027-01-01T00:00:00Z"),
    "a snapshot changed by hand": _forged("snapshot", expires="2027-01-01T00:00:00Z"),
    "targets changed by hand": _forged("targets", targets={}),
    "a timestamp without its day": _says("timestamp", **{"x-cunkou-issued": "bald"}),
    "a timestamp from 2099": _says("timestamp", **{"x-cunkou-issued": "2099-01-01"}, expires="2099-06-01T00:00:00Z"),
    "a timestamp issued after its end": _says("timestamp", **{"x-cunkou-issued": "2027-11-01"}),
    "targets that have ended": _says("targets", expires="2020-01-01T00:00:00Z"),
    "a snapshot of another version": _says("snapshot", version=77),
    "targets of another version": _says("targets", version=77),
    "a description without a version": lambda shelf: shelf.retarget(
        lambda target: target["custom"]["x-cunkou"].pop("version")
    ),
    "a description of version nought": _describes(version=0),
    "a description of another version": _describes(version=4),
    "a description whose version is a text": _describes(version="2"),
    "a description with a day that is none": _describes(issued_on="gestern"),
    "a description of negative size": _describes(size=-1),
    "a description of fewer items than none": _describes(items=-5),
    "a description without end": _describes(title="长" * 9999),
    "no description": lambda shelf: shelf.retarget(lambda target: target.pop("custom")),
    "a target without a hash": lambda shelf: shelf.retarget(lambda target: target.update(hashes={"md5": "00"})),
    "a target whose hash climbs out": lambda shelf: shelf.retarget(
        lambda target: target.update(hashes={"sha256": "../../../etc/passwd"})
    ),
    "a target of negative length": lambda shelf: shelf.retarget(lambda target: target.update(length=-1)),
    "a target of another length": lambda shelf: shelf.retarget(
        lambda target: target.update(length=target["length"] - 1)
    ),
    "a target without end": lambda shelf: shelf.retarget(lambda target: target.update(length=2**60)),
    "no manifest": lambda shelf: shelf.files.pop(shelf.manifest),
    "a changed manifest": lambda shelf: shelf.files.update(
        {shelf.manifest: shelf.files[shelf.manifest].replace(b"n-1", b"n-9")}
    ),
    "a manifest that is a folder": _instead("manifest", Path.mkdir),
    "a manifest that is a link": _instead("manifest", lambda path: path.symlink_to("/etc/passwd")),
    "a manifest that is a pipe": _instead("manifest", os.mkfifo),
    "a signed manifest that is empty": _manifest(b""),
    "a signed manifest that is a web page": _manifest(b"<html>"),
    "a signed manifest nested without end": _manifest(b'{"format":1,"pack":' + b"[" * 100_000),
    "a signed manifest of a newer format": _manifest_says(format=2),
    "a signed manifest of another pack": _pack_says(id="cn.test.other"),
    "a signed manifest of another version": _pack_says(version=9),
    "a signed manifest whose pack climbs out": _pack_says(id="../../../evil"),
    "a signed manifest without blobs": _manifest_says(blobs=[]),
    "a signed manifest with strange media": _manifest_says(media={"a" * 64: "text/html"}),
    "a signed manifest with strange items": _manifest_says(items={"../x": "a" * 64}),
    "no bundle": lambda shelf: shelf.files.pop(shelf.bundle),
    "an empty bundle": _bundle(lambda data: b""),
    "half a bundle": _bundle(lambda data: data[: len(data) // 2]),
    "a bundle of zeros": _bundle(lambda data: bytes(len(data))),
    "a bundle of noise": _bundle(lambda data: bytes(byte ^ 0x55 for byte in data)),
    "a bundle that is a folder": _instead("bundle", Path.mkdir),
    "a bundle that is a link": _instead("bundle", lambda path: path.symlink_to("/etc/passwd")),
    "a bundle that is a pipe": _instead("bundle", os.mkfifo),
}
