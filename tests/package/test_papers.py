"""The papers in the package: nothing is shipped that they do not name, and others' tools can read them."""

import fnmatch
import json
import re
import subprocess
import sys

import pytest

from tests.package.conftest import FOLDER, ROOT

pytestmark = [pytest.mark.long, pytest.mark.timeout(1800)]

VALIDATOR = "cyclonedx-python-lib[json-validation]==11.12.0"
OWN = ("content_packs", "sync", "kiosk", "ui")


@pytest.fixture(scope="module")
def unpacked(package, tmp_path_factory):
    place = tmp_path_factory.mktemp("papers") / "tree"
    subprocess.run(["dpkg-deb", "-x", str(package), str(place)], check=True)
    return place


@pytest.fixture(scope="module")
def bill(unpacked):
    return json.loads((unpacked / "usr/share/doc/cunkou/bom.cdx.json").read_text("utf-8"))


def libraries(unpacked):
    return next(unpacked.glob("opt/cunkou/*/lib/python3.11/site-packages"))


def test_every_file_has_a_paragraph_in_the_copyright_file(unpacked):
    page = (unpacked / "usr/share/doc/cunkou/copyright").read_text("utf-8")
    stanzas = re.findall(r"^Files: (.*(?:\n .*)*)", page, re.MULTILINE)
    patterns = [one for stanza in stanzas for one in stanza.split() if one != "*"]
    place = libraries(unpacked)
    shipped = [path for path in place.rglob("*") if path.is_file() and path.relative_to(place).parts[0] not in OWN]
    names = [str(path.relative_to(unpacked)) for path in shipped if "__pycache__" not in path.parts]
    assert len(names) > 1000
    unnamed = [name for name in names if not any(fnmatch.fnmatch(name, one) for one in patterns)]
    assert unnamed == []


def test_every_distribution_is_in_the_bill_of_materials(unpacked, bill):
    named = {(one["name"], one.get("version")) for one in bill["components"] if "pypi" in one.get("purl", "")}
    found = set()
    for metadata in libraries(unpacked).glob("*.dist-info/METADATA"):
        head = dict(re.findall(r"^(Name|Version): (.*)$", metadata.read_text("utf-8"), re.MULTILINE)[:2])
        found.add((re.sub(r"[-_.]+", "-", head["Name"]).lower(), head["Version"]))
    assert len(found) > 40
    assert found == named


def test_every_library_that_a_wheel_brought_along_is_told(unpacked, bill):
    """What lies in ``*.libs`` comes from others; of Qt's libraries those that hold others' code are listed."""
    told = [one["value"] for part in bill["components"] for one in part.get("properties", ())]
    place = libraries(unpacked)
    brought = [path.relative_to(place).as_posix() for path in place.glob("*.libs/*")]
    brought += [path.relative_to(place).as_posix() for path in place.glob("PySide6/Qt/lib/libicu*")]
    assert len(brought) > 15
    assert [name for name in brought if not any(fnmatch.fnmatch(name, one) for one in told)] == []


def test_the_texts_that_lgpl_and_mpl_ask_for_are_on_every_debian(unpacked, debian):
    page = (unpacked / "usr/share/doc/cunkou/copyright").read_text("utf-8")
    places = set(re.findall(r"/usr/share/common-licenses/[A-Za-z0-9.-]+[A-Za-z0-9]", page))
    assert {name.rsplit("/", 1)[1] for name in places} >= {"LGPL-3", "GPL-3", "MPL-2.0", "Apache-2.0"}
    for place in places:
        assert len(debian.ok("cat", place)) > 1000


def test_others_tools_can_read_the_bill_of_materials(unpacked):
    target = FOLDER / "cyclonedx"
    if not (target / "cyclonedx").exists():
        install = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(target), VALIDATOR]
        subprocess.run(install, check=True, cwd=ROOT)
    script = (
        "import sys\n"
        "from cyclonedx.schema import SchemaVersion\n"
        "from cyclonedx.validation.json import JsonStrictValidator\n"
        "print(JsonStrictValidator(SchemaVersion.V1_5).validate_str(open(sys.argv[1], encoding='utf-8').read()))\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", script, str(unpacked / "usr/share/doc/cunkou/bom.cdx.json")],
        check=True,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(target)},
    )
    assert told.stdout.strip() == "None"


def test_the_manual_pages_and_the_change_log_are_what_debian_expects(package):
    told = subprocess.run(
        ["lintian", "--allow-root", "--fail-on", "error,warning", str(package)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout[-4000:]
