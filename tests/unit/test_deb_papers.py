"""The papers and the lists of the Debian package: pure, so they are tested without building it."""

import importlib.metadata
import importlib.util
import json
import re
import sys
import tomllib
from pathlib import Path

import pytest

HERE = Path("packaging/deb")
EPOCH = 1_795_305_600


def module(name):
    spec = importlib.util.spec_from_file_location(f"deb_{name}", HERE / f"{name}.py")
    made = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = made
    spec.loader.exec_module(made)
    return made


papers, payload = module("papers"), module("payload")
PLAN = tomllib.loads((HERE / "package.toml").read_text("utf-8"))


def library(name, licence="MIT", text="Copyright (c) 2020 Somebody\n\nDo as you like.\n"):
    return papers.Library(name, "1.0", licence, (f"{name}/*",), "", (text,) if text else (), ("ab" * 32,))


@pytest.mark.parametrize(
    ("pattern", "path", "meant"),
    [
        ("**/tests/**", "numpy/_core/tests/data/a.csv", True),
        ("**/tests/**", "tests/a.py", True),
        ("**/tests/**", "numpy/tests.py", False),
        ("**/*.pyi", "a.pyi", True),
        ("**/*.pyi", "a/b/c.pyi", True),
        ("PySide6/qml*", "PySide6/qmlls", True),
        ("PySide6/qml*", "PySide6/Qt/qml/qmldir", False),
        ("PySide6/Qt/lib/**", "PySide6/Qt/lib/libQt6Core.so.6", True),
        ("a.so", "axso", False),
    ],
)
def test_a_pattern_means_what_it_says(pattern, path, meant):
    assert payload.matches(path, pattern) is meant


def test_what_stays_wins_over_what_is_left_out():
    rule = payload.Rule(("Qt/plugins/**",), ("Qt/plugins/platforms/libqxcb.so",))
    assert rule.leaves_out("Qt/plugins/platforms/libqvnc.so")
    assert not rule.leaves_out("Qt/plugins/platforms/libqxcb.so")


def test_everything_that_is_left_out_has_a_reason():
    assert len(PLAN["leave_out"]) > 10
    assert all(len(rule["why"]) > 10 for rule in PLAN["leave_out"])


def test_the_package_needs_from_debian_what_the_source_tree_needs():
    """The same list, but for what package.toml says is otherwise, with its reason."""
    listed = {line.split("#")[0].strip() for line in Path("packaging/debian-run.txt").read_text().splitlines()} - {""}
    depends = {line.split()[0] for line in PLAN["control"]["depends"]}
    otherwise = PLAN["control"]["unlike_the_source_tree"]
    assert listed - depends == set(otherwise)
    assert all(otherwise.values())
    assert not depends & {"cups", "cage"}, "recommended: a kiosk may do without"


def test_the_copyright_file_names_every_library_and_tells_each_text_once():
    page = papers.copyright_page(
        [library("one"), library("two"), library("three", "LGPL-3.0-only", "")], "opt/x", "the maintainers"
    )
    assert "Files: opt/x/one/*\nCopyright: Copyright (c) 2020 Somebody\nLicense: MIT-" in page
    assert page.count("Do as you like.") == 1
    assert "/usr/share/common-licenses/LGPL-3 " in page
    assert "/usr/share/common-licenses/GPL-3 " in page, "the LGPL is an addition to it"
    assert "/usr/share/common-licenses/Apache-2.0 " in page
    stanzas = page.split("\n\n")
    named = {line[9:] for part in stanzas for line in part.splitlines() if line.startswith("License: ")}
    texts = {part.splitlines()[0][9:] for part in stanzas if part.startswith("License: ")}
    assert named == texts, "a licence that is named is told, and none is told that is not"


def test_a_licence_without_its_text_stops_the_build():
    with pytest.raises(ValueError, match="one: MIT"):
        papers.copyright_page([library("one", text="")], "opt/x", "the maintainers")


def test_an_empty_line_of_a_licence_is_a_dot_as_debian_wants_it():
    page = papers.copyright_page([library("one")], "opt/x", "the maintainers")
    assert " Copyright (c) 2020 Somebody\n .\n Do as you like." in page


def test_the_change_log_is_the_newest_chapter_in_debians_form():
    text = "# Log\n\n## 0.2\n\nFor villagers\n- Read\n  aloud.\n\nFor publishers\n- Sign.\n\n## 0.1\n\n- Old.\n"
    log = papers.changelog(text, "0.2.0", "A B <a@b.c>", EPOCH)
    assert log.startswith("cunkou (0.2.0) stable; urgency=medium\n")
    assert "  [ For villagers ]\n  * Read aloud.\n\n  [ For publishers ]\n  * Sign.\n" in log
    assert "Old" not in log
    assert log.endswith("\n -- A B <a@b.c>  Sun, 22 Nov 2026 00:00:00 +0000\n")


def test_the_bill_of_materials_is_the_same_each_time_and_names_everything():
    bill = papers.bill_of_materials([library("one")], "0.1.0", ["python3.11", "libc6 (>= 2.34)"], EPOCH)
    assert bill == papers.bill_of_materials([library("one")], "0.1.0", ["python3.11", "libc6 (>= 2.34)"], EPOCH)
    told = json.loads(bill)
    assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.5")
    assert [part["purl"] for part in told["components"]] == [
        "pkg:pypi/one@1.0",
        "pkg:deb/debian/python3.11",
        "pkg:deb/debian/libc6",
    ]
    assert told["components"][0]["externalReferences"][0]["hashes"][0]["content"] == "ab" * 32
    other = papers.bill_of_materials([library("two")], "0.1.0", [], EPOCH)
    assert json.loads(other)["serialNumber"] != told["serialNumber"]


def test_the_manual_lists_every_command():
    page = papers.manual_page(
        (HERE / "man/cunkou.1").read_text("utf-8"), "0.1.0", EPOCH, {"kiosk-id": "本机的公钥。", "sync": "取新内容。"}
    )
    assert ".B kiosk\\-id\n本机的公钥。\n.TP\n.B sync\n" in page
    assert '"2026-11-22" "cunkou 0.1.0"' in page
    assert "@" not in page


INSIDE = tomllib.loads((HERE / "inside.toml").read_text("utf-8"))


def part(licence="MIT", text="Do as you like.\n", file="one/libx.so"):
    return papers.Part(file, "libx", "2.0", licence, "X People", text)


def test_what_is_compiled_into_a_library_is_told_with_its_holders_and_licence():
    page = papers.copyright_page([library("one")], "opt/x", "the maintainers", [part(), part("CC0-1.0", "")])
    stanza = next(one for one in page.split("\n\n") if one.startswith("Files: opt/x/one/libx.so\n"))
    assert "Copyright: Copyright (c) 2020 Somebody\n X People\n" in stanza
    assert re.search(r"^License: MIT-[0-9a-f]{8} and MIT and CC0-1\.0$", stanza, re.MULTILINE)
    assert "Comment: holds libx 2.0" in stanza
    assert "\n\nLicense: MIT\n Do as you like.\n" in page
    assert "/usr/share/common-licenses/CC0-1.0 " in page


def test_the_bill_of_materials_names_what_is_compiled_in():
    bill = json.loads(papers.bill_of_materials([], "0.1.0", [], EPOCH, [part(), part("public-domain")]))
    one, other = bill["components"]
    assert (one["name"], one["version"], one["licenses"]) == ("libx", "2.0", [{"expression": "MIT"}])
    assert one["properties"] == [{"name": "cunkou:file", "value": "one/libx.so"}]
    assert other["licenses"] == [{"license": {"name": "public domain"}}]


def test_every_licence_of_what_is_compiled_in_has_its_text():
    licences = {one["licence"] for file in INSIDE["file"] for one in file["holds"]}
    written = {path.stem for path in (HERE / "licences").glob("*.txt")}
    assert licences == (licences & written) | set(INSIDE["texts"]) | (licences & set(papers.COMMON_LICENCES))
    assert written <= licences
    assert all(one["holders"] for file in INSIDE["file"] for one in file["holds"])


def words(text):
    return " ".join(re.findall(r"\w+", text.lower()))


@pytest.mark.parametrize("licence", ["0BSD", "BSD-2-Clause", "BSD-3-Clause", "MIT"])
def test_a_licence_is_word_for_word_the_one_that_libraries_bring(licence):
    ours = words((HERE / "licences" / f"{licence}.txt").read_text("utf-8"))
    brought = [
        Path(file.locate())
        for one in importlib.metadata.distributions()
        for file in one.files or ()
        if ".dist-info" in file.parts[0] and re.match("licen|copying", file.name.lower())
    ]
    assert any(ours in words(path.read_text("utf-8", errors="replace")) for path in brought)
