"""The short form of ``make eval``: a slice of the statute corpus, with floors below what was measured.

A slice is easier than the whole: fewer articles stand in the way. `docs/search.md` holds the figures of the whole.
"""

import pytest

from tests.eval.answers import CLEAN
from tests.eval.bars import share_left
from tests.eval.corpus import CORPUS, slice_of, stard
from tests.eval.measures import first_places
from tests.eval.report import clean_quality
from tests.eval.run import evaluate

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.timeout(1200),
    pytest.mark.skipif(not CORPUS.exists(), reason=f"the shared corpus is not at {CORPUS}"),
]
ARTICLES = 2_500
QUESTIONS = 120


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    bench = slice_of(stard(), articles=ARTICLES, questions=QUESTIONS)
    assert len(bench.questions) == QUESTIONS
    (made,) = evaluate(bench, tmp_path_factory.mktemp("statutes"))
    return made


@pytest.fixture(scope="module")
def ours(run):
    return run.entries[0]


def test_questions_of_lay_people_find_their_articles(run, ours):
    found = clean_quality(run, ours)
    assert found.ndcg >= 0.58
    assert found.recall >= 0.5


@pytest.mark.parametrize(
    ("kind", "least"), [("traditional", 1.0), ("homophone", 0.95), ("near-homophone", 0.93), ("look-alike", 0.93)]
)
def test_mistakes_cost_little(run, ours, kind, least):
    assert len(run.changed[kind]) > QUESTIONS / 4
    _, share = share_left(run, ours, kind)
    assert share >= least


@pytest.mark.parametrize(
    ("kind", "least"), [("title pinyin", 0.97), ("title initials", 0.96), ("title, one typo", 0.99)]
)
def test_titles_are_found_by_letters_and_with_a_mistake(run, ours, kind, least):
    assert first_places(ours.answers[kind].ranked, run.right[kind]) >= least


def test_answers_come_while_somebody_looks(ours):
    """The milliseconds themselves are for ``make bench``: a busy machine must not fail what is right."""
    assert ours.answers[CLEAN].percentile(0.5) < 500  # 3 ms on a quiet machine
