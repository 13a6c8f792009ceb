"""Our arithmetic over Whoosh's postings, with weights that are not rounded, beside Whoosh's own scorer: the same order.

On articles of real laws and real questions, one field at a time. Entries whose scores differ by less than `ALIKE` are
equal: which of two equal ones stands first is nobody's promise.
"""

import numpy as np
import pytest
from whoosh import index, query, scoring

from content_packs.model import Heading, Kind, Paragraph, Span
from kiosk.search.analysis import Analyser
from kiosk.search.build import index_pack
from kiosk.search.fields import Cut, Part, field_name
from kiosk.search.postings import INDEX_NAME, PostingsReader
from kiosk.tables.read import Tables
from tests.eval.corpus import CORPUS, slice_of, stard
from tests.fakes.content import a_pack, an_item, write_content

ARTICLES, QUESTIONS, TOP = 4_000, 120, 10
ALIKE = 1e-4
LEAST = 0.99
K, B = 1.2, 0.75

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not (CORPUS / "stard").exists(), reason=f"no corpus in {CORPUS}; CUNKOU_CORPUS names another"),
]


@pytest.fixture(scope="module")
def bench():
    return slice_of(stard(), articles=ARTICLES, questions=QUESTIONS)


@pytest.fixture(scope="module")
def folder(bench, tmp_path_factory):
    """An index of the articles, built as every index is."""
    place = tmp_path_factory.mktemp("agreement")
    items = [
        an_item(
            f"a{number}",
            Kind.POLICY,
            title=article.title,
            plain_title="",
            summary="",
            blocks=(Heading(level=2, text=article.heading or "正文"), Paragraph(spans=(Span(text=article.text),))),
        )
        for number, article in enumerate(bench.articles)
    ]
    index_pack(write_content(place / "content.db", a_pack(), items), place / "index" / "1")
    return place / "index" / "1" / "0"


@pytest.fixture(scope="module")
def analyser():
    return Analyser(Tables())


class Ours:
    """Whoosh's formula, worked out with numpy over the postings that Whoosh keeps."""

    def __init__(self, folder, name):
        self._reader = PostingsReader(folder)
        self._name = name
        with index.open_dir(str(folder), indexname=INDEX_NAME).reader() as reader:
            self._count = reader.doc_count_all()
            lengths = [reader.doc_field_length(number, name, 0) or 0 for number in range(self._count)]
            average = reader.field_length(name) / self._count
        self._relative = np.array(lengths, np.float64) / average

    def scores(self, terms):
        scores = np.zeros(self._count)
        for term in terms:
            found = self._reader.read(self._name, term)
            if not len(found.ids):
                continue
            rarity = np.log(self._count / (len(found.ids) + 1)) + 1
            weights, relative = found.weights.astype(np.float64), self._relative[found.ids]
            scores[found.ids] += rarity * weights * (K + 1) / (weights + K * (1 - B + B * relative))
        return scores

    def close(self):
        self._reader.close()


def agreeing(theirs, scores):
    """Return how many of Whoosh's entries are right by our scores: worth the same, and worthy of their place."""
    best = np.sort(scores)[::-1]
    return sum(
        abs(scores[document] - score) < ALIKE and abs(best[place] - score) < ALIKE
        for place, (document, score) in enumerate(theirs)
    )


@pytest.mark.parametrize(
    "field", [(Part.TEXT, Cut.PAIR), (Part.TEXT, Cut.SOUND), (Part.BODY, Cut.CHAR)], ids=field_name
)
def test_whoosh_agrees(folder, bench, analyser, field):
    name = field_name(field)
    ours = Ours(folder, name)
    right = entries = 0
    with index.open_dir(str(folder), indexname=INDEX_NAME).searcher(weighting=scoring.BM25F(B=B, K1=K)) as searcher:
        for question in bench.questions.values():
            terms = analyser.terms(question, field[1])
            asked = query.Or([query.Term(name, term) for term in terms])
            theirs = [(hit.docnum, hit.score) for hit in searcher.search(asked, limit=TOP)]
            entries += len(theirs)
            right += agreeing(theirs, ours.scores(terms))
    ours.close()
    assert entries > 0.95 * TOP * len(bench.questions)
    assert right >= LEAST * entries, f"{right} of {entries}"


def test_the_measure_can_fail(folder, bench, analyser):
    ours = Ours(folder, "text_pair")
    scores = ours.scores(analyser.terms(next(iter(bench.questions.values())), Cut.PAIR))
    ours.close()
    best = np.argsort(-scores)[:TOP]
    assert agreeing([(int(document), scores[document]) for document in best], scores) == TOP
    assert agreeing([(int(document), scores[document] + 0.01) for document in best], scores) == 0
    assert agreeing([(int(document), scores[document]) for document in best[1:]], scores) < TOP - 1
