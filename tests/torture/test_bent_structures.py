"""Well-formed JSON that says something else: any part of what a parser reads, replaced by anything."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.torture.parsers import Parser, parsers

NAMES = ("manifest", "item", "root file", "target's description", "list of a part", "pointer", "origin",
         "record of trust", "history", "answer of udisks2")  # fmt: skip
ODD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | st.sampled_from(["", "..", "../../etc", "2099-01-01", "0001-01-01", "\x00", "0" * 64, "a" * 64, "1-" + "a" * 16]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
PLACES = st.lists(st.integers(0, 50), max_size=7)


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Parser]:
    return {parser.name: parser for parser in parsers(tmp_path_factory.mktemp("parsers"))}


@pytest.mark.parametrize("name", NAMES)
@given(bends=st.lists(st.tuples(PLACES, ODD), min_size=1, max_size=3))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_part_is_something_else(known: dict[str, Parser], name: str, bends: list[tuple[list[int], Any]]) -> None:
    parser = known[name]
    for seed in parser.seeds:
        value = json.loads(seed)
        for path, odd in bends:
            value = bent(value, path, copy.deepcopy(odd))
        data = json.dumps(value).encode()
        assert parser.stands(data) == "", data


def bent(value: Any, path: list[int], odd: Any) -> Any:
    """Replace what a path of choices leads to; each number picks a member at its level."""
    keys = list(value) if isinstance(value, dict) else list(range(len(value))) if isinstance(value, list) else []
    if not path or not keys:
        return odd
    key = keys[path[0] % len(keys)]
    value[key] = bent(value[key], path[1:], odd)
    return value


def test_examples_are_read_well(tmp_path: Path) -> None:
    """Or nothing would be bent but what is refused at the first byte."""
    well = {parser.name for parser in parsers(tmp_path) for seed in parser.seeds if _is_read(parser, seed)}
    assert well >= {*NAMES, "TUF metadata", "receipt", "settings", "content.db", "answer of a server"}


def _is_read(parser: Parser, seed: bytes) -> bool:
    try:
        parser.read(seed)
    except Exception:  # noqa: BLE001 (any will do)
        return False
    return True
