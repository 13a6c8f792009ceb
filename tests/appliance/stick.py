"""A stick of a county: a real FAT file system in a file."""

import random
import subprocess
from pathlib import Path

from sync.publish.export import export
from tests.fakes.county import REGION, County
from tests.fakes.publisher import PACK_TOML, Publisher, a_noise_png

NEEDED = ("mkfs.vfat", "mcopy", "mdir", "mtype")
STICK_BYTES = 256 << 20


def publish(county: County, folder: Path, pack_id: str, title: str, *, version: int = 1, pictures: int = 0) -> None:
    """Publish a pack whose size comes from pictures, which nobody has to index."""
    words = PACK_TOML.replace("cn.test.pack", pack_id).replace("测试包", title)
    publisher = Publisher(folder / f"{pack_id}-{version}", words).pack(version=version)
    publisher.item("n-0", f"这是第{version}版。")
    for number in range(pictures):
        publisher.write(f"pictures/p{number}.png", a_noise_png(900, random.Random(f"{pack_id} {version} {number}")))
        publisher.item(f"p-{number}", f"![图](pictures/p{number}.png)")
    publisher.build()
    county.publish(publisher.release)


def a_stick(county: County, folder: Path) -> Path:
    """Export what the county has onto a stick."""
    content, stick = folder / "content", folder / "stick.img"
    content.mkdir(parents=True, exist_ok=True)
    export(county.repository(), content, REGION)
    stick.unlink(missing_ok=True)
    with stick.open("wb") as empty:
        empty.truncate(STICK_BYTES)
    subprocess.run(["mkfs.vfat", "-F", "32", "-n", "COUNTY", str(stick)], check=True, capture_output=True)
    subprocess.run(["mcopy", "-s", "-i", str(stick), *map(str, content.iterdir()), "::/"], check=True)
    return stick


def receipts(stick: Path) -> str:
    """Return what kiosks have left on it."""
    told = subprocess.run(["mdir", "-b", "-i", str(stick), "::/cunkou-receipts"], check=True, capture_output=True)
    names = [name for name in told.stdout.decode().split() if name.endswith(".txt")]
    return "".join(
        subprocess.run(["mtype", "-i", str(stick), name], check=True, capture_output=True).stdout.decode()
        for name in names
    )
