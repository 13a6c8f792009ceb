"""A villager never sees an error: a plain sentence, and what to do."""

import re

import pytest

from content_packs import errors
from content_packs.errors import KioskError, PackError, PrinterError, VoiceError
from ui.messages import plain_words


def _family(base: type[KioskError]) -> list[type[KioskError]]:
    return [base, *(kind for child in base.__subclasses__() for kind in _family(child))]


@pytest.mark.parametrize("kind", _family(KioskError), ids=lambda kind: kind.__name__)
def test_every_error_has_plain_words_without_code_or_latin_letters(kind):
    words = plain_words(kind("发生了什么", why="E_IO 5", todo="…"))
    assert words.sentence
    assert words.todo
    assert not re.search(r"[A-Za-z]|-\d", words.sentence + words.todo)


def test_the_words_fit_the_trouble():
    assert "打印" in plain_words(PrinterError("x")).sentence
    assert "念" in plain_words(VoiceError("x")).sentence
    assert "打不开" in plain_words(PackError("x", code="P-103")).sentence


def test_a_bug_is_told_as_something_to_try_again():
    assert "再试" in plain_words(ValueError("x")).todo


def test_the_tree_was_really_walked():
    assert len(_family(KioskError)) >= 12
    assert errors.DiskFullError in _family(KioskError)
