"""Where things lie in a repository, and which region may sign what."""

import fnmatch

import pytest

from sync.layout import (
    delegated_patterns,
    is_region,
    manifest_path,
    parse_target_path,
    region_chain,
    serves,
    target_path,
)


def _covered(path: str, region: str) -> bool:
    """As TUF matches: part by part, because a star does not cross a slash."""
    parts = path.split("/")
    return any(
        len(pattern.split("/")) == len(parts)
        and all(fnmatch.fnmatchcase(part, wild) for part, wild in zip(parts, pattern.split("/"), strict=True))
        for pattern in delegated_patterns(region)
    )


def test_a_path_leads_down_the_region_tree() -> None:
    assert region_chain("350122") == ("0", "35", "3501", "350122")
    assert region_chain("0") == ("0",)
    assert target_path("0", "cn-starter") == "packs/cn-starter.json"
    assert target_path("350122", "lianjiang") == "packs/35/3501/350122/lianjiang.json"
    assert manifest_path("packs/35/a1.json", "ab") == "targets/packs/35/ab.a1.json"


@pytest.mark.parametrize("region", ["0", "35", "3501", "350122", "350122001", "350122001201"])
def test_a_path_can_be_read_back(region: str) -> None:
    assert parse_target_path(target_path(region, "some-pack")) == (region, "some-pack")


@pytest.mark.parametrize(
    "path",
    [
        "",
        "packs",
        "packs/.json",
        "other/a1.json",
        "packs/35/../a1.json",
        "packs/350122/a1.json",
        "packs/0/a1.json",
        "packs/35/3601/a1.json",
        "packs/35/a1.txt",
        "/packs/a1.json",
        "packs//a1.json",
        "packs/３５/a1.json",
    ],
)
def test_a_foreign_path_is_none(path: str) -> None:
    assert parse_target_path(path) is None


def test_a_county_may_sign_for_itself_and_its_townships_only() -> None:
    assert _covered(target_path("350122", "news"), "350122")
    assert _covered(target_path("350122001", "news"), "350122")
    assert _covered(target_path("350122001201", "news"), "350122")
    assert not _covered(target_path("3501", "news"), "350122")
    assert not _covered(target_path("350123", "news"), "350122")
    assert not _covered(target_path("0", "news"), "35")


def test_a_village_may_sign_for_itself_only() -> None:
    assert delegated_patterns("350122001201") == ("packs/35/3501/350122/350122001/350122001201/*.json",)


def test_a_pack_serves_all_within_its_region() -> None:
    assert serves("0", "350122001201")
    assert serves("35", "350122001201")
    assert not serves("350123", "350122001201")
    assert not serves("350122001201", "350122")


def test_a_code_has_the_digits_of_its_level() -> None:
    assert is_region("0")
    assert is_region("350122001")
    for wrong in ("", "3", "00", "012345", "35012", "35a1", "350122\n"):
        assert not is_region(wrong)
