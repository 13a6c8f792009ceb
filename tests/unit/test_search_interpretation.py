"""From what was typed to what is asked of the packs."""

import pytest

from content_packs.model import Synonym
from kiosk.search.findings import Findings, Found
from kiosk.search.guess import NOTHING, Guess
from kiosk.search.interpretation import Interpreter, conversions
from kiosk.search.query import SynonymTable
from kiosk.search.spelling import Speller
from kiosk.search.vocabulary import Vocabulary
from kiosk.search.wordlist import word_counts
from kiosk.tables.look_alikes import LookAlikes
from kiosk.tables.read import Tables
from kiosk.typing import Keyboard

TABLES = Tables()
NAMES = ("养老金", "医保", "低保", "砍树", "结婚证", "居住证", "假种子", "宅基地")
SYNONYMS = (
    Synonym(colloquial="新农合", official=("城乡居民基本医疗保险",), relation="old_name"),
    Synonym(colloquial="砍树", official=("林木采伐",)),
)
HIT = Findings((Found(0, 0, 0, 1.0),))


class Packs:
    """Packs that answer what they are told to, and remember what they were asked."""

    def __init__(self, answers=()):
        self.answers = dict(answers)
        self.asked = []

    def find(self, question, conversions=()):
        self.asked.append((question, tuple(conversions)))
        return self.answers.get(question.text, Findings())


class Guesses:
    """Guesses that were made before; some of single texts."""

    def __init__(self, guess=NOTHING, of=(), names=()):
        self._guess = guess
        self._of = dict(of)
        self._names = names

    def guess(self, text):
        return self._of.get(text, self._guess)

    def is_name(self, text):
        return text in self._names


def interpreter(packs, guess=NOTHING, of=(), names=(), **about):
    table = SynonymTable(SYNONYMS, [synonym.colloquial for synonym in SYNONYMS])
    words = word_counts([(name, True) for name in NAMES * 6], SYNONYMS, (), ())
    speller = Speller(Vocabulary(words.counts, words.things, TABLES), TABLES, LookAlikes())
    return Interpreter(packs, table, speller, Keyboard(TABLES), guesser=Guesses(guess, of, names), **about)


def test_a_misspelt_question_is_asked_as_it_was_meant_first():
    packs = Packs({"养老金": HIT})
    answered = interpreter(packs).answer("养老今")
    assert answered.question.text == "养老金"
    assert answered.heard == ("养老今", "养老金")
    assert len(packs.asked) == 1


def test_what_was_written_is_asked_where_what_was_meant_finds_nothing():
    packs = Packs({"养老今": HIT})
    answered = interpreter(packs).answer("养老今")
    assert answered.question.text == "养老今"
    assert answered.findings is HIT
    assert [question.text for question, _ in packs.asked] == ["养老金", "养老今"]


def test_letters_rank_like_the_word_they_spell():
    packs = Packs({"医保": HIT})
    question = interpreter(packs).answer("yibao").question
    assert (question.text, question.letters, question.spelled) == ("医保", "", "yibao")
    typed = Packs({"医保": HIT})
    interpreter(typed).answer("医保")
    assert typed.asked[0][0].content == packs.asked[0][0].content


def test_letters_that_spell_words_of_no_pack_are_not_guessed_at():
    packs = Packs()
    answered = interpreter(packs).answer("tianqiyubao")
    assert [question.text for question, _ in packs.asked] == ["天气预报"]
    assert not answered.findings.found
    assert answered.question.is_elsewhere


def test_letters_of_several_meanings_are_left_to_the_names():
    packs = Packs()
    interpreter(packs).answer("jzz")
    assert [question.letters for question, _ in packs.asked] == ["jzz"]


def test_a_known_word_that_finds_nothing_is_looked_for_by_its_sound():
    packs = Packs()
    interpreter(packs).answer("yanglaojin")
    assert [(question.text, question.letters) for question, _ in packs.asked] == [
        ("养老金", ""),
        ("yanglaojin", "yanglaojin"),
    ]
    assert packs.asked[-1][1][0] == "养老金"


def test_a_document_number_is_never_misspelt():
    packs = Packs()
    answered = interpreter(packs).answer("国发〔2014〕8号")
    assert answered.heard == ("国发〔2014〕8号",)
    assert answered.question.is_number


@pytest.mark.parametrize(
    ("typed", "has_thing", "is_elsewhere", "is_ours"),
    [
        ("养老金", True, False, True),
        ("新农合", True, False, True),
        ("工地干活", True, False, True),
        ("打官司", True, False, True),
        ("红烧肉", False, True, False),
        ("天花板", False, False, False),
        ("明星离婚", False, True, False),
        ("动漫", False, True, False),
        ("新农合动漫", True, False, True),
        ("养鸡场怎么消毒", False, True, False),
        ("新房子装修用什么瓷砖", False, True, False),
    ],
)
def test_what_a_question_is_about(typed, has_thing, is_elsewhere, is_ours):
    packs = Packs()
    question = interpreter(packs).answer(typed).question
    assert (question.has_thing, question.is_elsewhere, question.is_ours) == (has_thing, is_elsewhere, is_ours)


def test_a_verb_apart_from_its_object_means_the_word():
    packs = Packs()
    question = interpreter(packs).answer("砍自家门口的树").question
    assert [(meaning.said, meaning.official) for meaning in question.meanings] == [("砍树", ("林木采伐",))]


def test_a_cry_for_help_is_urgent_however_it_is_spelled():
    packs = Packs()
    assert interpreter(packs).answer("房子着火了").question.is_urgent
    assert not interpreter(packs).answer("养老金").question.is_urgent


FELLING = ("林木采伐许可证办理", "砍树要办什么证")


@pytest.mark.parametrize(
    ("typed", "guess", "asked_for", "is_elsewhere"),
    [
        ("山上那片杉木想处理掉", Guess(((FELLING, 0.5),)), True, False),
        ("山上那片杉木想处理掉", Guess(((FELLING, 0.1),)), False, False),
        ("山上那片杉木想处理掉", Guess(((FELLING, 0.5),), elsewhere=0.4), False, False),
        ("山上那片杉木想处理掉", Guess((), elsewhere=0.9), False, True),
        ("红烧肉", Guess(((FELLING, 0.6),)), False, True),
        ("红烧肉", Guess(((FELLING, 0.9),)), True, False),
        ("养鸡场怎么消毒", Guess(((FELLING, 0.6),)), False, True),
        ("养鸡场怎么消毒", Guess(((FELLING, 0.9),)), True, False),
    ],
)
def test_what_a_question_may_mean_as_a_whole_is_asked_for(typed, guess, asked_for, is_elsewhere):
    packs = Packs()
    question = interpreter(packs, guess).answer(typed).question
    assert (FELLING in [meaning.official for meaning in question.meanings]) is asked_for
    assert question.has_thing is asked_for
    assert question.is_elsewhere is is_elsewhere


def test_a_question_of_law_is_never_about_something_else_where_laws_are_installed():
    guess = Guess((), elsewhere=0.9)
    asked = [
        interpreter(Packs(), guess, has_laws=has_laws).answer("公司注册资本").question for has_laws in (False, True)
    ]
    assert [question.is_elsewhere for question in asked] == [True, False]


def test_a_cry_for_help_is_never_about_something_else():
    question = interpreter(Packs(), Guess((), elsewhere=1.0)).answer("房子着火了").question
    assert (question.is_urgent, question.is_elsewhere) == (True, False)


def test_no_letters_mean_nothing():
    assert conversions(Keyboard(TABLES), "") == ()


PETITION = Guess(((("信访",), 0.95),), 0.01)
COOKING = Guess((), 0.9)


def test_the_words_of_asking_do_not_make_a_matter_a_strange_one():
    asked = interpreter(Packs(), COOKING, {"上访": PETITION}).answer("怎么上访").question
    assert not asked.is_elsewhere
    assert [meaning.said for meaning in asked.meanings] == ["信访"]


def test_what_is_strange_in_any_words_stays_strange():
    assert (
        interpreter(Packs(), COOKING, {"腌咸菜": Guess(PETITION.matters, 0.8)})
        .answer("怎么腌咸菜咋弄")
        .question.is_elsewhere
    )


def test_the_words_of_asking_do_not_tell_which_matter_is_meant():
    papers = Guess(((("残疾人证",), 0.85),), 0.02)
    asked = (
        interpreter(Packs(), papers, {"土地证": Guess(((("不动产登记",), 0.6),), 0.0)})
        .answer("土地证要什么材料")
        .question
    )
    assert [meaning.said for meaning in asked.meanings] == ["不动产登记"]


def test_who_names_what_an_item_is_called_is_asked_about_that_alone():
    asked = interpreter(Packs(), COOKING, names={"停电"}).answer("停电有什么条件").question
    assert (asked.text, asked.is_elsewhere, asked.has_thing) == ("停电", False, True)
