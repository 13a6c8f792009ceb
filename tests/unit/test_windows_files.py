"""What would pack the kiosk for Windows: it cannot run here, but what it names must be there."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
HERE = ROOT / "packaging/windows"
MADE_BY_BUILDING = ("kiosk/tables/data", "build/starter")


def test_the_spec_is_python_and_names_what_is_there():
    text = (HERE / "cunkou.spec").read_text("utf-8")
    compile(text, "cunkou.spec", "exec")
    named = re.findall(r'ROOT / "([^"]+)"', text) + re.findall(r'"((?:kiosk|ui)/[a-z_/]+\.py)"', text)
    assert len(named) == 7
    assert [name for name in named if name not in MADE_BY_BUILDING and not (ROOT / name).exists()] == []
    modules = re.findall(r'"((?:kiosk|ui)(?:\.[a-z_]+)+)"', text)
    assert len(modules) == 3
    assert [name for name in modules if not (ROOT / (name.replace(".", "/") + ".py")).exists()] == []


def test_the_installers_files_and_version_are_the_projects():
    text = (HERE / "cunkou.iss").read_text("utf-8")
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert f"AppVersion={version}\n" in text
    assert f"cunkou-{version}-setup" in text
    sources = [name.replace("\\", "/") for name in re.findall(r'(?:Source: "|LicenseFile=)([^"\n]+)', text)]
    assert sources[1:] == ["../../dist/cunkou/*", "../../docs/windows.md"]
    assert (HERE / sources[0]).exists()
    assert (HERE / sources[2]).exists()


def test_all_of_it_says_that_it_was_not_run():
    for place in (HERE / "cunkou.spec", HERE / "cunkou.iss", ROOT / "docs/windows.md"):
        assert "not yet run on windows" in place.read_text("utf-8").lower()
