"""A repository's bundles, without its signatures: what a transfer needs."""

from pathlib import Path

from content_packs.build import build_release
from content_packs.manifest import MANIFEST_FILE, decode_manifest
from content_packs.model import Manifest
from tests.fakes.publisher import PACK_TOML, Publisher, a_png

ID = "cn.test.pack"


def a_release(
    folder: Path, *, items: int = 30, pictures: int = 6, version: int = 1, changed: int = 0, pack_id: str = ID
) -> Publisher:
    """Build a release whose first ``changed`` items and pictures differ from those of the others."""
    publisher = Publisher(folder, PACK_TOML.replace(ID, pack_id)).pack(version=version)
    for number in range(items):
        body = f"第{number}条。" + "办事的材料要带齐。" * (5 + number % 40)
        if number < changed:
            body = f"改过的第{version}版。" + body
        if number < pictures:
            body += f"\n\n![图](pictures/p{number}.png)"
            green = (version if number < changed else 0) * 90 % 256
            publisher.write(
                f"pictures/p{number}.png", a_png(200 + number, 100 + number, f"rgb({number * 9},{green},80)")
            )
        publisher.item(f"n-{number:04}", body)
    build_release(publisher.source, publisher.release)
    return publisher


def shelve(release: Path, repository: Path) -> Manifest:
    """Put a release's bundles where a repository has them; return its manifest."""
    (repository / "bundles").mkdir(parents=True, exist_ok=True)
    for bundle in release.glob("*.bundle"):
        (repository / "bundles" / bundle.name).write_bytes(bundle.read_bytes())
    return decode_manifest((release / MANIFEST_FILE).read_bytes())
