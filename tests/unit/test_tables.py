"""Tables of characters, sounds and words: what the builder writes is what the reader finds."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from content_packs.errors import SiteError
from kiosk.tables import build
from kiosk.tables.layout import WORD_CHARS, initials_key, syllables_key
from kiosk.tables.read import Tables, default_folder


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("tables")
    build.main([str(out)])
    return out


@pytest.fixture(scope="module")
def tables(built: Path) -> Tables:
    return Tables(built)


def test_the_same_sources_give_the_same_bytes(built: Path, tmp_path: Path) -> None:
    build.build_tables(tmp_path)
    names = sorted(path.name for path in built.iterdir())
    assert len(names) == 13
    assert names == sorted(path.name for path in tmp_path.iterdir())
    assert all((built / name).read_bytes() == (tmp_path / name).read_bytes() for name in names)


def test_the_tables_of_this_tree_are_those_that_the_builder_makes_now(built: Path) -> None:
    assert (default_folder() / "tables.json").read_bytes() == (built / "tables.json").read_bytes()


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("養老保險", "养老保险"),
        ("ＡＢＣ１２３", "abc123"),
        ("（一）", "(一)"),
        ("國辦發［2017］47號", "国办发[2017]47号"),
        ("HPV疫苗", "hpv疫苗"),
        ("養老\u3000金", "养老 金"),
        ("㎡ 和 😀", "㎡ 和 😀"),
        ("", ""),
    ],
)
def test_folding_keeps_the_number_of_code_points(tables: Tables, written: str, compared: str) -> None:
    assert tables.fold(written) == compared
    assert len(tables.fold(written)) == len(written)


@pytest.mark.parametrize(
    ("character", "readings"),
    [("养", ("yang",)), ("行", ("xing", "hang", "heng")), ("女", ("nv", "ru")), ("a", ()), ("，", ()), ("😀", ())],
)
def test_readings_come_most_common_first(tables: Tables, character: str, readings: tuple[str, ...]) -> None:
    assert tables.readings(character) == readings


def test_every_common_character_has_a_reading(tables: Tables) -> None:
    common = [bytes([high, low]).decode("gb2312") for high in range(0xB0, 0xD7) for low in range(0xA1, 0xFA)]
    assert len(common) > 3_000
    assert [character for character in common if not tables.readings(character)] == []


def test_words_with_the_same_initials_stand_together(tables: Tables) -> None:
    places = tables.group("ylj")
    words = [tables.word(place) for place in places]
    assert "养老金" in words
    assert all(
        "".join(tables.syllables[number - 1][0] for number in tables.word_numbers(place)) == "ylj" for place in places
    )
    assert next(tables.heaviest(places, 1)) == places.start + words.index("养老金")


def test_words_are_found_by_their_first_syllables(tables: Tables) -> None:
    numbers = [tables.syllable_numbers["yang"]]
    found = tables.sounding(tables.group("yl"), numbers, tables.syllable_range("la"))
    assert {"养老"} <= {tables.word(place) for place in found}
    assert all(tables.word_numbers(place)[0] == numbers[0] for place in found)


@pytest.mark.parametrize("initials", ["", "vvvv", "ylbxj"])
def test_no_words_for_initials_that_do_not_occur(tables: Tables, initials: str) -> None:
    assert not tables.group(initials)


def test_the_last_group_ends_with_the_last_word(tables: Tables) -> None:
    last = max(tables.group(first + second).stop for first in "yz" for second in "abcdefghjklmnopqrstwxyz")
    assert tables.word(last - 1)


def test_a_syllable_range_is_what_begins_so(tables: Tables) -> None:
    assert {tables.syllables[number - 1] for number in tables.syllable_range("zhu")} == {
        "zhu", "zhua", "zhuai", "zhuan", "zhuang", "zhui", "zhun", "zhuo",
    }  # fmt: skip
    assert not tables.syllable_range("vv")


def test_village_words_outweigh_others(tables: Tables) -> None:
    assert "养老金" in tables.village
    weight = {tables.word(place): tables.weight(place) for place in tables.group("dbh")}
    assert weight["低保户"] == build.VILLAGE_WEIGHT


def test_keys_order_like_strings() -> None:
    initials = ["a", "ab", "abz", "b", "zz"]
    assert sorted(initials, key=initials_key) == initials
    assert syllables_key((1,)) < syllables_key((1, 1)) < syllables_key((2,))
    assert syllables_key((1, 2, 3, 4)).bit_length() <= 16 * WORD_CHARS


def test_missing_tables_are_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(SiteError) as caught:
        Tables(tmp_path).fold("养老")
    assert caught.value.telephone_code == "M-350"
    assert caught.value.todo


def test_tables_of_another_version_are_refused(built: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(built, other)
    about = json.loads((other / "tables.json").read_bytes())
    (other / "tables.json").write_text(json.dumps(about | {"version": 999}), "utf-8")
    with pytest.raises(SiteError, match="999"):
        Tables(other).group("yl")


def test_a_missing_file_is_named(built: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(built, other)
    (other / "keys.bin").unlink()
    with pytest.raises(SiteError, match=r"keys\.bin"):
        Tables(other).group("yl")


def test_reading_needs_none_of_the_libraries_that_made_the_tables() -> None:
    code = (
        "import sys; from kiosk.tables.read import Tables; from kiosk.typing import Keyboard;"
        "Keyboard(Tables()).candidates('yanglaojin');"
        "print([m for m in ('jieba', 'rjieba', 'pypinyin', 'opencc', 'numpy', 'whoosh') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
