"""A county that fills a stick, and a kiosk that believes it and has a bus on which sticks are plugged in and pulled."""

from datetime import UTC, datetime
from pathlib import Path

from content_packs.store import PackStore
from kiosk.home import Home
from sync.publish.export import export
from tests.fakes.county import REGION, County
from tests.fakes.udisks import Udisks


class StickVillage:
    """Keeps everything below ``folder``: the county, the folder that is the stick, the kiosk's home.

    Args:
        folder: For all of it; exists.
        udisks: The bus.
        site: What the site file says beside village and region.
        region: Where the kiosk stands.
    """

    def __init__(self, folder: Path, udisks: Udisks, *, site: str = "", region: str = REGION) -> None:
        self.folder, self.udisks, self.region = folder, udisks, region
        self.stick = folder / "stick"
        self.stick.mkdir()
        self.county = County(folder / "county", now=datetime.now(UTC))
        self.home = Home(folder / "home")
        self.home.create()
        self.home.site_file.write_text(f'village = "前村"\nregion = "{region}"\n{site}')
        self.county.is_trusted_by(self.home.root)

    def fill(self, release: Path, region: str = "0") -> None:
        """Publish a release and bring the stick up to date."""
        self.county.publish(release, region)
        export(self.county.repository(), self.stick, self.region)

    def version(self, pack_id: str) -> int | None:
        """Return which version of a pack the kiosk has."""
        pack = PackStore(self.home.root).current(pack_id)
        return pack.version if pack else None

    def plug(self) -> None:
        """Plug the stick in."""
        away = self._away
        if away.exists():
            away.rename(self.stick)
        self.udisks.plug(self.stick, label="县里的U盘")

    def pull(self) -> None:
        """Pull the stick out: its files are gone with it."""
        self.stick.rename(self._away)
        self.udisks.pull()

    @property
    def _away(self) -> Path:
        return self.folder / "in the clerk's hand"
