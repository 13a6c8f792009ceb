"""The contract with whoosh3: every private name that we use does what we rely on, both ways."""

import numpy as np
import pytest
import whoosh
from whoosh import fields, index, query, scoring
from whoosh.formats import Existence
from whoosh.matching import ListMatcher

from kiosk.search.postings import (
    INDEX_NAME,
    NOWHERE,
    IndexDamageError,
    PostingsReader,
    PostingsWriter,
    TermRun,
    quantised_lengths,
)

DOCUMENTS = 4_000
FREQUENCIES = {"甲": 1, "乙": 3, "丙": 4, "丁": 23, "戊": 24, "己": 700, "庚": DOCUMENTS}


@pytest.fixture(scope="module")
def postings():
    chance = np.random.default_rng(7)
    found = {}
    for term, frequency in sorted(FREQUENCIES.items()):
        ids = np.sort(chance.choice(DOCUMENTS, frequency, replace=False)).astype(np.int32)
        weights = chance.integers(1, 6, frequency).astype(np.float32)
        found[term] = (ids, weights if term != "丁" else np.ones(frequency, np.float32))
    return found


@pytest.fixture(scope="module")
def lengths(postings):
    counted = np.zeros(DOCUMENTS, np.int64)
    for ids, weights in postings.values():
        counted[ids] += weights.astype(np.int64)
    return counted


@pytest.fixture(scope="module")
def folder(tmp_path_factory, postings, lengths):
    path = tmp_path_factory.mktemp("postings")
    terms = list(postings)
    halves = [terms[:3], terms[3:]]
    runs = [
        TermRun(
            part,
            np.cumsum([0, *(len(postings[term][0]) for term in part[:-1])]),
            np.concatenate([postings[term][0] for term in part]),
            np.concatenate([postings[term][1] for term in part]),
        )
        for part in halves
    ]
    with PostingsWriter(path, ["text_pair", "void"], DOCUMENTS) as writer:
        writer.lengths({"text_pair": lengths, "void": np.zeros(DOCUMENTS, np.int64)})
        writer.field("text_pair", runs, quantised_lengths(lengths))
        writer.field("void", [], np.zeros(DOCUMENTS, np.float32))
    return path


@pytest.fixture(scope="module")
def stock(folder):
    opened = index.open_dir(str(folder), indexname=INDEX_NAME)
    yield opened
    opened.close()


def test_the_pinned_version_is_installed():
    assert whoosh.__version__ == (3, 54, 0)


@pytest.mark.parametrize("term", FREQUENCIES)
def test_what_is_written_is_read_back(folder, postings, term):
    reader = PostingsReader(folder)
    try:
        found = reader.read("text_pair", term)
    finally:
        reader.close()
    assert found.ids.dtype == np.int32
    assert found.ids.tolist() == postings[term][0].tolist()
    assert found.weights.tolist() == postings[term][1].tolist()
    assert found.nbytes == 8 * FREQUENCIES[term]


@pytest.mark.parametrize("term", FREQUENCIES)
def test_stock_whoosh_reads_the_same(stock, postings, term):
    reader = stock.reader()
    matcher = reader.postings("text_pair", term)
    ids, weights = [], []
    while matcher.is_active():
        ids.append(matcher.id())
        weights.append(matcher.weight())
        matcher.next()
    assert ids == postings[term][0].tolist()
    assert weights == postings[term][1].tolist()
    assert reader.doc_frequency("text_pair", term) == FREQUENCIES[term]
    assert reader.frequency("text_pair", term) == postings[term][1].sum()
    reader.close()


def test_stock_whoosh_scores_what_the_formula_says(stock, postings, lengths):
    """Single field, float weights: at least 99 % of the top ten agree."""
    ids, weights = postings["己"]
    with stock.searcher(weighting=scoring.BM25F()) as searcher:
        hits = searcher.search(query.Term("text_pair", "己"), limit=10)
        theirs = [(hit.docnum, hit.score) for hit in hits]
        average = searcher.avg_field_length("text_pair")
    relative = quantised_lengths(lengths)[ids] / average
    idf = np.log(DOCUMENTS / (len(ids) + 1)) + 1
    scores = idf * weights * 2.2 / (weights + 1.2 * (0.25 + 0.75 * relative))
    ours = dict(zip(ids.tolist(), scores.tolist(), strict=True))
    assert len(theirs) == 10
    assert all(abs(ours[document] - score) < 1e-4 for document, score in theirs)
    assert min(score for _, score in theirs) >= np.sort(scores)[-10] - 1e-4


def test_totals_and_absent_terms(folder, lengths):
    reader = PostingsReader(folder)
    assert reader.documents == DOCUMENTS
    assert reader.total_length("text_pair") == lengths.sum()
    assert reader.total_length("void") == 0
    assert reader.read("text_pair", "无") is NOWHERE
    assert reader.read("void", "甲") is NOWHERE
    reader.close()


def test_what_stock_whoosh_writes_is_read_too(tmp_path):
    """Blocks of 128 postings, weights left out where all are 1, one weight where all are alike."""
    kind = fields.KEYWORD(scorable=True)
    kind.format = Existence()
    made = index.create_in(str(tmp_path), fields.Schema(text=kind), indexname=INDEX_NAME)
    writer = made.writer()
    for number in range(300):
        writer.add_document(text="甲 甲 乙" if number % 2 else "乙")
    writer.commit()
    made.close()
    reader = PostingsReader(tmp_path)
    assert reader.read("text", "乙").ids.tolist() == list(range(300))
    assert set(reader.read("text", "乙").weights.tolist()) == {1.0}
    assert reader.read("text", "甲").ids.tolist() == list(range(1, 300, 2))
    reader.close()


def test_rare_terms_stand_in_the_term_table(stock):
    """`TermInfo.set_inlined` is what keeps half of all terms out of the postings file."""
    reader = stock.reader()
    assert isinstance(reader.postings("text_pair", "甲"), ListMatcher)
    assert not isinstance(reader.postings("text_pair", "丙"), ListMatcher)
    reader.close()


def test_lengths_are_remembered_as_whoosh_does(stock, lengths):
    reader = stock.reader()
    kept = quantised_lengths(lengths)
    assert all(reader.doc_field_length(number, "text_pair") == kept[number] for number in range(0, DOCUMENTS, 97))
    assert quantised_lengths(np.zeros(0, np.int64)).tolist() == []
    reader.close()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Whoosh leaves a bad toc open
@pytest.mark.parametrize("damage", ["empty", "toc", "two"])
def test_damage_is_one_kind_of_error(tmp_path, damage):
    if damage == "toc":
        (tmp_path / f"_{INDEX_NAME}_1.toc").write_bytes(b"\x04\x08\x04 no toc at all")
    if damage == "two":
        made = index.create_in(str(tmp_path), fields.Schema(text=fields.TEXT), indexname=INDEX_NAME)
        for text in ("甲", "乙"):
            writer = made.writer()
            writer.add_document(text=text)
            writer.commit(merge=False)
        made.close()
    with pytest.raises(IndexDamageError):
        PostingsReader(tmp_path)


def break_off(folder):
    with PostingsWriter(folder, ["text_pair"], 1) as writer:
        writer.lengths({"text_pair": np.ones(1, np.int64)})
        raise ZeroDivisionError


def test_an_index_that_broke_off_cannot_be_opened(tmp_path):
    with pytest.raises(ZeroDivisionError):
        break_off(tmp_path)
    with pytest.raises(IndexDamageError):
        PostingsReader(tmp_path)
