"""What postings are worth, written and read back, beside the formula; and which sections share a chapter."""

import numpy as np
import pytest

from content_packs.model import Kind
from kiosk.search.chapters import NONE, Chapters
from kiosk.search.fields import Cut, Part, field_name
from kiosk.search.impacts import SCALE, ImpactsReader, ImpactsWriter, frequencies, most
from kiosk.search.postings import IndexDamageError, TermRun

FIELD = (Part.TEXT, Cut.PAIR)
TERMS = {5: ([0, 2, 3], [1, 2, 9]), 7: ([1], [1]), 90: ([0, 1, 2, 3], [1, 1, 1, 1])}
RELATIVE = np.array([0.5, 1.0, 1.0, 4.0], np.float32)


def run_of(numbers):
    ids = [ids for number in numbers for ids in TERMS[number][0]]
    counts = [count for number in numbers for count in TERMS[number][1]]
    starts = np.cumsum([0, *(len(TERMS[number][0]) for number in numbers[:-1])])
    return TermRun(
        [str(number) for number in numbers],
        starts,
        np.array(ids, np.int32),
        np.array(counts, np.float32),
        np.array(numbers, np.uint64),
    )


@pytest.fixture
def folder(tmp_path):
    with ImpactsWriter(tmp_path, FIELD, RELATIVE) as writer:
        writer.add(run_of([5]))
        writer.add(run_of([7, 90]))
    return tmp_path


@pytest.mark.parametrize("number", TERMS)
def test_what_is_written_is_read_back_within_one_step(folder, number):
    ids, counts = TERMS[number]
    (found,) = ImpactsReader(folder, FIELD).find(np.array([number], np.uint64))
    assert found.ids.tolist() == ids
    exact = frequencies(FIELD, np.array(counts, np.float32), RELATIVE[ids])
    assert np.abs(found.worths * most(FIELD) / SCALE - exact).max() <= most(FIELD) / SCALE / 2 + 1e-6


def test_terms_that_are_absent_are_nowhere(folder):
    reader = ImpactsReader(folder, FIELD)
    assert len(reader) == 3
    assert [len(found.ids) for found in reader.find(np.array([0, 5, 6, 90, 91], np.uint64))] == [0, 3, 0, 4, 0]


def test_more_of_a_term_counts_more_and_a_longer_text_less():
    ones = np.ones(3, np.float32)
    rising = frequencies(FIELD, np.array([1, 2, 50], np.float32), ones)
    falling = frequencies(FIELD, ones, np.array([0.5, 1, 2], np.float32))
    assert rising[0] == 1.0
    assert rising[0] < rising[1] < rising[2] < most(FIELD)
    assert falling[0] > falling[1] > falling[2]


def test_a_field_without_terms_can_be_asked(tmp_path):
    with ImpactsWriter(tmp_path, FIELD, RELATIVE):
        pass
    assert len(ImpactsReader(tmp_path, FIELD).find(np.array([5], np.uint64))[0].ids) == 0


def test_rare_terms_of_a_large_field_are_read_and_common_ones_mapped(tmp_path):
    """What is mapped brings its neighbours along: it is counted once, and again after a rest."""
    common, rare = np.arange(300_000, dtype=np.int32), np.array([7, 299_999], np.int32)
    ids = np.concatenate([common, rare])
    run = TermRun(["a", "b"], np.array([0, len(common)]), ids, np.ones(len(ids)), np.array([5, 7], np.uint64))
    with ImpactsWriter(tmp_path, FIELD, np.ones(300_000, np.float32)) as writer:
        writer.add(run)
    reader = ImpactsReader(tmp_path, FIELD)
    (found,) = reader.find(run.numbers[1:])
    assert found.ids.tolist() == rare.tolist()
    assert found.worths.tolist() == [116, 116]
    assert reader.used_bytes == 0
    for _ in range(2):
        assert [len(found.ids) for found in reader.find(run.numbers)] == [300_000, 2]
    assert 1_500_000 < reader.used_bytes < 1_500_000 + 3 * 65_536
    reader.rest()
    assert reader.used_bytes == 0
    reader.close()
    assert found.ids.tolist() == rare.tolist(), "what was found stays"


@pytest.mark.parametrize("damage", ["missing", "cut"])
def test_damage_is_told_apart(folder, damage):
    path = folder / f"{field_name(FIELD)}.ids"
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-4])
    with pytest.raises(IndexDamageError):
        ImpactsReader(folder, FIELD)


def law(title, kind=Kind.POLICY):
    return kind, title


def test_articles_of_one_chapter_stand_together_whatever_holds_them():
    chapters = Chapters()
    first = chapters.add(*law("某某法 第一条"), "第一章")
    assert chapters.add(*law("某某法 第二十条之一"), "第一章") == first
    assert chapters.add(*law("某某法"), "第一章") == first
    assert chapters.add(*law("某某法 第三条"), "第二章") != first
    assert chapters.add(*law("另一法 第一条"), "第一章") != first
    assert chapters.add(*law("怎么办证", Kind.GUIDE), "第一章") == NONE
    assert chapters.of_sections == [0, 0, 0, 1, 2, NONE]
    assert len(chapters) == 3


@pytest.mark.parametrize(
    ("title", "kind", "expected"),
    [
        ("民法典 第一千零四十五条", Kind.POLICY, True),
        ("刑法 第二百条之一", Kind.POLICY, True),
        ("民法典", Kind.POLICY, False),
        ("第三条是什么意思", Kind.POLICY, False),
        ("民法典 第三条", Kind.FAQ, False),
    ],
)
def test_an_article_is_known_by_its_title(title, kind, expected):
    assert Chapters.is_article(kind, title) is expected
