"""Where blobs may lie that are already here."""

from pathlib import Path

from content_packs.model import BlobEntry
from sync.blobs import InstalledContent
from tests.fakes.content import a_pack, an_item, rot_the_catalogue, write_content


def test_a_version_that_cannot_be_opened_holds_nothing(tmp_path: Path) -> None:
    """The disk may fail just then: the blobs come from elsewhere, and nothing crashes."""
    entry = BlobEntry(sha256="a" * 64, size=1, stored=1, bundle=0, offset=0)
    (tmp_path / "a folder").mkdir()
    for nothing in ("not there", "a folder"):
        with InstalledContent(tmp_path / nothing) as content:
            assert not content.has(entry.sha256)
            content.prove([entry])


def test_a_version_whose_catalogue_has_rotted_holds_nothing(tmp_path: Path) -> None:
    """What it held is fetched again, by a sync that goes on."""
    made = write_content(tmp_path / "content.db", a_pack(), [an_item("a")], [])
    rot_the_catalogue(made)
    with InstalledContent(made) as content:
        assert not content.has("a" * 64)
