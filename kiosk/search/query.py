"""Understands a question: what is asked, what it is called officially, which terms are looked up. Pure."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from content_packs.docno import key_of_query
from content_packs.model import Synonym

LONGEST_CHARS = 120
"""Of a question; what comes after is not looked at."""

OLD_NAME = "old_name"
INFERRED_WEIGHT = 0.7
"""What a term of an official name counts, where the villager's word for it was asked."""

_BLANKS = re.compile(r"[\s\u200b-\u200f\ufeff]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_HAN = re.compile(r"[\u3007\u3400-\u9fff\U00020000-\U000323ff]")
_LETTERS = re.compile(r"[a-z' ]+")
_TONE_DIGIT = re.compile(r"(?<=[a-zv])[1-5](?![0-9])")
_NUMBER_IN_TEXT = re.compile(
    r"[\u4e00-\u9fff]{0,14}\s*(?:[\[(〔【]?\s*(?:19|20)\d\d\s*[\])〕】]?\s*年?\s*-?\s*第?\s*\d{1,5}\s*号|令\s*第?\s*\d{1,5}\s*号)"
)

_BARE = re.compile(r"令?[0-9]*-")
"""Keys that name no agency: they count only if nothing else was asked."""

ASKING = tuple(
    (
        "怎么办理 怎么办 怎么样 怎么做 怎么弄 怎么搞 怎么 怎样 如何 咋办 咋样 咋个 咋 什么时候 啥时候 什么样 什么 "
        "为什么 为啥 啥 多少钱 多少 多久 几天 几年 几个 在哪里 在哪儿 在哪 去哪里 去哪儿 去哪 到哪里 到哪 哪里 "
        "哪儿 哪个 哪些 可不可以 能不能 会不会 要不要 是不是 有没有 行不行 可以 能够 需要 应该 必须 请问 问一下 "
        "我想问 我想 我要 我们 我家 我的 你们 他们 自己 现在 今天 明天 昨天 今年 去年 一下 一个 的话 的人 的事 "
        "还有 还能 没有 不能 不是 不到 不了 得到 知道 告诉 帮我 谢谢 你好 关于 的 了 吗 呢 吧 啊 呀 嘛 么 "
    ).split()
)
"""Words with which anything can be asked: they are looked up like others, but prove nothing."""

_ASKING = re.compile("|".join(sorted(map(re.escape, ASKING), key=len, reverse=True)))


@dataclass(frozen=True, slots=True)
class Meaning:
    """A villager's word found in a question, and what the documents call it."""

    said: str
    official: tuple[str, ...]
    relation: str


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked.

    Attributes:
        text: Folded, without control characters, at most `LONGEST_CHARS`.
        content: The same with a blank in the place of `ASKING` words.
        letters: The question as plain letters and separators, if it is nothing else; else empty.
        numbers: Keys of the 文号 it is or holds, most exact first; empty if none.
        is_number: Whether it may be nothing but a 文号.
        meanings: In the order of the text.
    """

    text: str
    content: str
    letters: str
    numbers: tuple[str, ...]
    is_number: bool
    meanings: tuple[Meaning, ...] = ()

    @property
    def is_blank(self) -> bool:
        """Whether nothing was asked."""
        return not self.text

    @property
    def has_han(self) -> bool:
        """Whether there is a Chinese character in it."""
        return bool(_HAN.search(self.text))


class SynonymTable:
    """What villagers say for what the documents say.

    Args:
        synonyms: Of all packs, those of the first pack first.
        folded: Each colloquial word, folded, in the same order.
    """

    def __init__(self, synonyms: Sequence[Synonym], folded: Sequence[str]) -> None:
        self._by_word: dict[str, Synonym] = {}
        for word, synonym in zip(folded, synonyms, strict=True):
            self._by_word.setdefault(word, synonym)
        self._longest = max(map(len, self._by_word), default=0)

    @property
    def words(self) -> Mapping[str, Synonym]:
        """Folded colloquial word → its synonym."""
        return self._by_word

    def meanings(self, text: str) -> tuple[Meaning, ...]:
        """Return the colloquial words of a folded text, longest first at each place, without overlap."""
        found: list[Meaning] = []
        place = 0
        while place < len(text):
            length = next(
                (
                    size
                    for size in range(min(self._longest, len(text) - place), 0, -1)
                    if text[place : place + size] in self._by_word
                ),
                0,
            )
            if length:
                synonym = self._by_word[text[place : place + length]]
                found.append(Meaning(synonym.colloquial, synonym.official, synonym.relation))
            place += length or 1
        return tuple(found)


def clean(text: str) -> str:
    """Return what is left of an input without control characters, with single blanks, at most `LONGEST_CHARS` long."""
    return _BLANKS.sub(" ", _CONTROL.sub(" ", text[: 4 * LONGEST_CHARS])).strip()[:LONGEST_CHARS].strip()


def understand(folded: str, synonyms: SynonymTable) -> Question:
    """Return what a question asks.

    Args:
        folded: From `clean`, folded.
        synonyms: Of the packs.
    """
    whole = key_of_query(folded)
    return Question(
        text=folded,
        content=_ASKING.sub(" ", folded),
        letters=_plain_letters(folded),
        numbers=_numbers(folded, whole),
        is_number=bool(whole),
        meanings=synonyms.meanings(folded),
    )


def meant(question: Question) -> str:
    """Return what a name that has changed is called today, such as 残疾人证（原残废证）; empty if none has."""
    changed = (meaning for meaning in question.meanings if meaning.relation == OLD_NAME)
    return next((f"{meaning.official[0]}（原{meaning.said}）" for meaning in changed), "")


def _numbers(folded: str, whole: str) -> tuple[str, ...]:
    """Return the keys that a text may ask for: other words may stand before the agency's code and be taken for it."""
    found = _NUMBER_IN_TEXT.search(folded)
    piece = found[0] if found else ""
    starts = (key_of_query(piece[start:]) for start in range(len(piece)))
    inside = (key for key in starts if not _BARE.match(key))
    return tuple(dict.fromkeys(key for key in (whole, *inside) if key))


def _plain_letters(folded: str) -> str:
    """Return pinyin without tones, if the whole text is pinyin; else nothing."""
    if _HAN.search(folded):
        return ""
    bare = unicodedata.normalize("NFD", folded).replace("u\u0308", "v")
    bare = "".join(character for character in bare if not unicodedata.combining(character))
    bare = _TONE_DIGIT.sub("", bare.replace("’", "'").replace("-", " "))
    return bare.strip() if _LETTERS.fullmatch(bare) and bare.strip(" '") else ""
