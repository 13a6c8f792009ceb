"""The scores of the best items beside sums made one by one, without any of the short cuts."""

import math
import random
from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content_packs.model import Heading, Kind, Paragraph, Span
from content_packs.reader import PackReader
from kiosk.search.analysis import Analyser
from kiosk.search.board import PROOF_WEIGHTS
from kiosk.search.build import index_pack
from kiosk.search.fields import Cut, Part
from kiosk.search.impacts import SCALE, frequencies, most
from kiosk.search.index import PackIndex, PostingsCache
from kiosk.search.layout import KINDS
from kiosk.search.ranking import FIELD_WEIGHTS, KIND_FACTORS, Asked, Ranking
from kiosk.tables.read import Tables
from tests.fakes.content import a_pack, an_item, write_content

CHARACTERS = "养老金怎么领取办法高龄津贴申请残疾补助"
KIND_NAMES = (Kind.GUIDE, Kind.FAQ, Kind.POLICY, Kind.NOTICE)
LEAST, MOST = 0.25, 7


def words(dice, shortest, longest):
    return "".join(dice.choices(CHARACTERS, k=dice.randint(shortest, longest)))


def an_article(number, dice):
    """One section, as articles of laws have."""
    title = f"{words(dice, 3, 4)}法 第{number + 1}条"
    blocks = (Paragraph(spans=(Span(text=words(dice, 5, 60)),)),)
    return an_item(f"a{number}", Kind.POLICY, title=title, plain_title="", summary="", blocks=blocks)


def a_text(number, dice):
    """Some sections under headings, some with keywords."""
    blocks = []
    for _ in range(dice.randint(1, 6)):
        blocks.append(Heading(level=2, text=words(dice, 2, 4)))
        blocks.append(Paragraph(spans=(Span(text=f"{words(dice, 5, 80)} A{dice.randint(1, 9)}号"),)))
    names = {"title": words(dice, 4, 12), "plain_title": words(dice, 3, 6), "summary": words(dice, 4, 20)}
    keywords = (words(dice, 2, 4), words(dice, 2, 4)) if dice.random() < 0.5 else ()
    return an_item(f"t{number}", dice.choice(KIND_NAMES), blocks=tuple(blocks), keywords=keywords, **names)


@pytest.fixture(scope="module")
def indexes(tmp_path_factory):
    dice, folder, opened = random.Random(7), tmp_path_factory.mktemp("scores"), []
    for name, maker, count in (("cn.test.articles", an_article, 90), ("cn.test.texts", a_text, 60)):
        content = write_content(folder / f"{name}.db", a_pack(name), [maker(place, dice) for place in range(count)])
        index_pack(content, folder / name)
        with PackReader(content) as reader:
            assert reader.item_count == count
        opened.append(PackIndex(folder / name, PostingsCache(1 << 20)))
    yield opened
    for index in opened:
        index.close()


@pytest.fixture(scope="module")
def analyser():
    return Analyser(Tables())


@pytest.fixture(scope="module")
def ranking(indexes, analyser):
    return Ranking(indexes, analyser, [np.zeros(index.about.items, np.bool_) for index in indexes])


def asked_for(text, proving, analyser):
    """Ask for all terms of a text; pairs, sounds and words prove as bits of a number say."""
    asked = {
        cut: [
            Asked(term, weight=1.0 if place % 3 else 0.7, counts=bool(proving >> place & 1), is_inferred=place % 4 == 3)
            for place, term in enumerate(analyser.terms(text, cut))
        ]
        for cut in (Cut.PAIR, Cut.SOUND, Cut.WORD)
    }
    return asked | {Cut.CHAR: [Asked(term) for term in analyser.terms(text, Cut.CHAR)]}


def postings_of(index, field, term, analyser):
    """Give the documents of a term, and what its frequency is worth there."""
    if field[1] is Cut.WORD:
        found = index.postings(field, term)
        return found.ids.tolist(), frequencies(field, found.weights, np.ones(1, np.float32)).tolist()
    (found,) = index.impacts(field, np.array([analyser.number(term, field[1])], np.uint64))
    return found.ids.tolist(), [worth * most(field) / SCALE for worth in found.worths.tolist()]


class PlainBoard:
    """The sums of one pack, one by one."""

    def __init__(self, index):
        self.index = index
        self.sections, self.chapters, self.items = defaultdict(float), defaultdict(float), defaultdict(float)
        self.held = defaultdict(dict)

    def add(self, part, term, place, value):
        if part is Part.CHAPTER:
            self.chapters[place] += value
            return
        owner = int(self.index.item_of[place])
        if part in {Part.TEXT, Part.BODY}:
            self.sections[place] += value
        else:
            self.items[owner] += value * (float(self.index.title_factors[owner]) if part is Part.TITLE else 1.0)
        if term.counts:
            share = float(self.index.text_proof[owner]) if part is Part.TEXT else PROOF_WEIGHTS[part]
            self.held[term.term][owner] = max(share, self.held[term.term].get(owner, 0.0))

    def proof(self, rarities):
        proof = defaultdict(float)
        for term, shares in self.held.items():
            for owner, share in shares.items():
                proof[owner] += share * rarities[term]
        return proof

    def score(self, item):
        """Return the score of an item, and its best sections: all that come as near as rounding."""
        own = range(int(self.index.firsts[item]), int(self.index.firsts[item + 1]))
        sums = [self.sections[place] + self.chapters[int(self.index.chapters[place])] for place in own]
        factor = KIND_FACTORS.get(KINDS[int(self.index.kinds[item])], 1.0)
        best = [own[at] for at, each in enumerate(sums) if each >= max(sums) * (1 - 1e-5)]
        return (self.items[item] + max(sums)) * factor, best


def rarity_of(field, holding, documents):
    if field[1] is Cut.CHAR:
        return math.log1p((documents - holding + 0.5) / (holding + 0.5))
    return max(0.1, math.log(documents / (holding + 1)) + 1)


def plainly(indexes, asked, analyser):
    """Return for every pack what each item that proves something scores, and its best section; and the best proof."""
    boards = [PlainBoard(index) for index in indexes]
    for field, weight in FIELD_WEIGHTS.items():
        documents = max(1, sum(index.documents(field[0]) for index in indexes))
        for term in asked.get(field[1], ()):
            found = [postings_of(index, field, term.term, analyser) for index in indexes]
            rarity = rarity_of(field, sum(len(ids) for ids, _ in found), documents)
            for board, (ids, worths) in zip(boards, found, strict=True):
                for place, worth in zip(ids, worths, strict=True):
                    board.add(field[0], term, place, weight * term.weight * rarity * worth)
    total = sum(index.about.items for index in indexes)
    terms = {term for board in boards for term in board.held}
    holders = {term: sum(len(board.held.get(term, ())) for board in boards) for term in terms}
    rarities = {term: max(0.1, math.log((total + 1) / (count + 1)) + 1) for term, count in holders.items()}
    proofs = [board.proof(rarities) for board in boards]
    scores = [{item: board.score(item) for item in proof} for board, proof in zip(boards, proofs, strict=True)]
    return scores, [max(proof.values(), default=0.0) for proof in proofs]


QUESTIONS = st.text(alphabet=f"{CHARACTERS} A3号", min_size=1, max_size=24)


@given(text=QUESTIONS, proving=st.integers(0, 2**24 - 1))
@settings(max_examples=150, deadline=None)
def test_the_best_are_those_of_a_plain_sum(indexes, analyser, ranking, text, proving):
    asked = asked_for(text, proving, analyser)
    scores, best_proofs = plainly(indexes, asked, analyser)
    scored = ranking.score(asked, least=LEAST, most=MOST)
    highest = max((score for pack in scores for score, _ in pack.values()), default=0.0)
    for pack, expected, best_proof in zip(scored.packs, scores, best_proofs, strict=True):
        assert max(pack.best_proof, pack.law_proof) == pytest.approx(best_proof, rel=1e-4)
        found = dict(zip(pack.items.tolist(), pack.scores.tolist(), strict=True))
        for item, section in zip(pack.items.tolist(), pack.sections.tolist(), strict=True):
            score, sections = expected[item]
            assert found[item] == pytest.approx(score, rel=1e-4)
            assert section in sections
        wanted = sorted((score for score, _ in expected.values() if score > LEAST * highest * 1.0001), reverse=True)
        count = min(MOST, len(wanted))
        assert sorted(found.values(), reverse=True)[:count] == pytest.approx(wanted[:count], rel=1e-4)


def test_a_question_leaves_nothing_for_the_next(analyser, ranking):
    first, second = (asked_for(text, 2**24 - 1, analyser) for text in ("养老金怎么领", "残疾补助申请办法"))
    before = ranking.score(first, least=LEAST, most=MOST)
    ranking.score(second, least=LEAST, most=MOST)
    after = ranking.score(first, least=LEAST, most=MOST)
    for one, other in zip(before.packs, after.packs, strict=True):
        assert one.items.tolist() == other.items.tolist()
        assert one.scores.tolist() == other.scores.tolist()


def test_few_wanted_are_found_without_putting_all_in_order(analyser, ranking):
    asked = asked_for("养老金怎么领取办法", 2**24 - 1, analyser)
    few, all_of_them = (ranking.score(asked, least=LEAST, most=most_wanted) for most_wanted in (2, 1000))
    assert sum(len(pack.items) for pack in few.packs) < sum(len(pack.items) for pack in all_of_them.packs)
    for some, every in zip(few.packs, all_of_them.packs, strict=True):
        lowest = min(some.scores.tolist())
        left_out = set(every.items.tolist()) - set(some.items.tolist())
        scores = dict(zip(every.items.tolist(), every.scores.tolist(), strict=True))
        assert all(scores[item] <= lowest for item in left_out)
