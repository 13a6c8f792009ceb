"""What the whole application needs around it."""

from pathlib import Path

import pytest

from tests.screen.homes import STARTER, install


@pytest.fixture(scope="session")
def starter_home(tmp_path_factory) -> Path:
    """A home with the starter pack, built from its source; copy it before anything is set in it."""
    folder = tmp_path_factory.mktemp("starter")
    install(STARTER, folder / "home", folder / "release")
    return folder / "home"
