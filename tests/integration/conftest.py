"""A county whose first release is out, and kiosks that believe it; ``releases`` is what a file says they are."""

from pathlib import Path

import pytest

from tests.fakes.county import REGION, County, Village


@pytest.fixture
def county(tmp_path: Path, releases: dict[int, Path]) -> County:
    made = County(tmp_path / "county")
    made.publish(releases[1])
    return made


@pytest.fixture
def village(tmp_path: Path, county: County) -> Village:
    return Village(tmp_path / "home", county)


@pytest.fixture
def home(tmp_path: Path, county: County) -> Path:
    """For commands, where `village` is for calls."""
    folder = tmp_path / "home"
    county.is_trusted_by(folder)
    (folder / "site.toml").write_text(f'region = "{REGION}"\n')
    return folder
