"""Which matter a question means as a whole, learnt from what people say."""

import pytest

from kiosk.search.guess import NOTHING
from kiosk.search.guesses import Guesser
from kiosk.tables.learning import Matter, learnt_files, read_matters, strange_words
from kiosk.tables.matters import pieces_of
from kiosk.tables.read import Tables

FELLING, MARRYING = ("林木采伐许可证办理", "砍树要办什么证"), ("结婚登记",)
TOLD = """# a remark
= 林木采伐许可证办理|砍树要办什么证
砍树 伐木 山上的树 卖木头，要不要批
杉木

= 结婚登记
领证 扯证 要娶媳妇
结婚 两个人一起过
=
天气 下雨 红烧肉 怎么做菜
"""


class LearntTables(Tables):
    """The tables of the program, with other matters."""

    def __init__(self, files):
        super().__init__()
        self._files = files

    @property
    def matters(self):
        return self._files["matters.json"].decode()

    def matter(self, part):
        return memoryview(self._files[f"matter_{part}.bin"])


@pytest.fixture(scope="module")
def learnt():
    return LearntTables(learnt_files(read_matters(TOLD)))


def test_matters_are_read_with_their_names_and_what_is_said():
    felling, marrying, other = read_matters(TOLD)
    assert felling == Matter(FELLING, ("砍树", "伐木", "山上的树", "卖木头，要不要批", "杉木"))
    assert marrying.names == MARRYING
    assert len(marrying.said) == 5
    assert (other.names, len(other.said)) == ((), 4)


def test_pieces_overlap_and_come_once_whatever_stands_between():
    assert len(pieces_of("砍树")) == 3
    assert pieces_of("砍，树？") == pieces_of("砍树")
    assert len(pieces_of("树树树")) == 3
    assert pieces_of("") == []


def test_a_question_that_nobody_asked_yet_means_what_its_pieces_speak_for(learnt):
    guesser = Guesser(learnt, {FELLING[0], MARRYING[0]})
    (names, likely), *_ = guesser.guess("山上的木头想卖").matters
    assert names == FELLING
    assert likely > 0.5
    assert guesser.guess("娶个媳妇要领啥证").matters[0][0] == MARRYING
    assert guesser.guess("明天下雨做什么菜").elsewhere > 0.5


def test_only_what_the_packs_hold_is_guessed(learnt):
    guess = Guesser(learnt, {MARRYING[0]}).guess("山上的木头想卖")
    assert all(names == MARRYING for names, _ in guess.matters)
    assert Guesser(learnt, {"别的"}).guess("砍树") is NOTHING


def test_what_is_no_chinese_means_nothing(learnt):
    guesser = Guesser(learnt, {FELLING[0]})
    assert [guesser.guess(text) for text in ("", "12348", "kan shu", "😀")] == [NOTHING] * 4


def test_pieces_that_nobody_has_said_make_it_less_certain(learnt):
    guesser = Guesser(learnt, {FELLING[0], MARRYING[0]})
    assert guesser.guess("砍树").matters[0][1] > guesser.guess("砍树龘靐齉龖").matters[0][1]
    assert guesser.guess("龘靐齉龖").elsewhere < 0.9


def test_words_that_nobody_says_about_anything_are_about_nothing():
    matters = read_matters(TOLD)
    strange = strange_words(("木头", "头", "木星", "木偶戏", "木已成舟"), matters)
    assert sorted(strange) == sorted(("木星", "木偶戏", "木已成舟"))
    before, after = (
        Guesser(LearntTables(learnt_files(matters, words)), {FELLING[0]}).guess("木偶") for words in ((), strange)
    )
    assert after.elsewhere > before.elsewhere
