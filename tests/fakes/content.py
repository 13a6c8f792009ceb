"""Installed packs as files, for tests of what stands on them."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from content_packs.database import DatabaseWriter
from content_packs.model import Item, Kind, PackInfo, Paragraph, Relation, Source, Span, Theme
from content_packs.reader import PackReader

ISSUED = date(2026, 11, 22)


def an_item(name: str, kind: Kind = Kind.GUIDE, **fields: Any) -> Item:
    """Return an item with what every item has; ``relations`` may be pairs of a relation and an id."""
    fields["relations"] = tuple(
        relation if isinstance(relation, Relation) else Relation(rel=relation[0], to=relation[1])
        for relation in fields.get("relations", ())
    )
    defaults: dict[str, Any] = {
        "title": f"关于{name}的全称",
        "plain_title": f"{name}怎么办",
        "summary": "带上身份证到村里办。",
        "themes": ("pension",),
        "verified_on": date(2026, 11, 1),
        "sources": (Source(title="社会保险法", article="第二十一条"),),
        "blocks": (Paragraph(spans=(Span(text=f"{name}的正文。"),)),),
    }
    return Item(id=name, kind=kind, **(defaults | fields))


def a_pack(name: str = "cn.test.pack", **fields: Any) -> PackInfo:
    """Return what a pack says about itself."""
    defaults: dict[str, Any] = {
        "version": 1,
        "title": "测试包",
        "publisher": "测试发布单位",
        "issued_on": ISSUED,
        "themes": (Theme(id="pension", title="养老金", examples="领多少", icon="human-cane", hue=1),),
    }
    return PackInfo(id=name, **(defaults | fields))


def write_content(
    path: Path, info: PackInfo, items: Iterable[Item], media: Iterable[tuple[str, str, bytes]] = ()
) -> Path:
    """Write the file of an installed pack, as an installation does; media are hash, media type and bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with DatabaseWriter(path) as writer:
        writer.add_items((item, msgspec.json.encode(item, order="deterministic")) for item in items)
        for sha256, media_type, data in media:
            writer.add_media(sha256, media_type, data)
        writer.finish(info, "0" * 64)
    return path


def a_reader(folder: Path, items: Iterable[Item], info: PackInfo | None = None) -> PackReader:
    """Return the open reader of a new pack in a folder."""
    about = info or a_pack()
    return PackReader(write_content(folder / f"{about.id}-{about.version}.db", about, items))


def rot_the_catalogue(content_db: Path) -> None:
    """Let the page rot that names the tables, so that SQLite's own words about it are no text."""
    data = content_db.read_bytes()
    rotten = data.replace(b"tableaboutabout", b"tableab\xa7utabout", 1).replace(b"CREATE TABLE", b"CREATE TABLX")
    assert rotten != data
    content_db.write_bytes(rotten)
