"""A kiosk that looks at repositories, for stories about whom it believes."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from content_packs.errors import TrustError
from sync.source import PackSource
from sync.trust.client import Refreshed, refresh
from tests.fakes.tuf_repository import (
    NOW,
    REGION,
    TODAY,
    MemorySource,
    TufRepository,
)

DAY = timedelta(days=1)

ALL = ["nation 1", "pack-35 1", "pack-350122 1", f"pack-{REGION} 1"]
"""What `tests.fakes.tuf_repository.a_repository` offers."""


class Kiosk:
    """A kiosk in a township that trusts one repository."""

    def __init__(self, home: Path, repository: TufRepository, *, built: date = TODAY) -> None:
        self.home = home
        self.store = repository.trusted_by(home, built=built)

    def look(self, source: PackSource, *, now: datetime = NOW) -> Refreshed:
        return refresh(self.store, source, REGION, now)

    def sync(self, source: PackSource, *, now: datetime = NOW) -> list[str]:
        """Take over what a source offers; return ids with versions."""
        refreshed = self.look(source, now=now)
        for offer in refreshed.offers:
            refreshed.manifest(offer)
        refreshed.promote()
        return [f"{offer.pack_id} {offer.version}" for offer in refreshed.offers]

    def refuses(self, source: PackSource, code: str, *, now: datetime = NOW) -> TrustError:
        """Assert that a source is refused with a code and changes nothing on the disk."""
        before = self.disk()
        with pytest.raises(TrustError) as caught:
            self.look(source, now=now)
        assert caught.value.telephone_code == code, caught.value
        assert caught.value.what
        assert caught.value.todo
        assert self.disk() == before
        return caught.value

    def disk(self) -> dict[str, bytes]:
        return {str(path.relative_to(self.home)): path.read_bytes() for path in self.home.rglob("*") if path.is_file()}


def both(repository: TufRepository) -> tuple[MemorySource, MemorySource]:
    """Return the same files on a stick and on a server."""
    return repository.stick(), repository.server()
