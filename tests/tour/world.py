"""A kiosk's home for the tour: the starter pack beside a small pack that holds what the starter pack should not."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from content_packs.build import build_release
from content_packs.origin import BUILT_IN
from content_packs.store import PackStore
from kiosk.home import Home
from kiosk.search.build import index_pack
from kiosk.search.layout import index_folder
from kiosk.settings import Settings
from sync.install import install_release

ROOT = Path(__file__).parents[2]
STARTER = ROOT / "content_packs" / "starter"
CORNERS = ROOT / "tests" / "fixtures" / "tour_pack"
STARTER_ID = "cn.cunkou.starter"
CORNERS_ID = "cn.cunkou.tour"

TODAY = date(2026, 11, 22)
"""The pictures must not change with the day on which they are taken."""

SITE = Settings(
    village="云溪村便民服务点",
    sound="null",
    printer="escpos",
    escpos_device="/dev/null",
)


def furnish(root: Path, sources: Sequence[Path] = (STARTER, CORNERS)) -> Home:
    """Build and install packs in a new home, as if they had come with the program, and return it."""
    home = Home(root / "home")
    home.create()
    store = PackStore(home.root)
    for source in sources:
        release = root / "releases" / source.name
        build_release(source, release)
        pack = install_release(release, store, origin=BUILT_IN).pack
        index_pack(pack.content_db, index_folder(home.indexes, pack.pack_id, pack.version, pack.digest))
    return home
