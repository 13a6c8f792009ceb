"""Understands a question: what is asked, what it is called officially, which terms are looked up. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from content_packs.docno import canonical_doc_no, key_of_query
from content_packs.model import Synonym

LONGEST_CHARS = 120
"""Of a question; what comes after is not looked at."""

LONGEST_LETTERS = 4 * LONGEST_CHARS
"""Of a question that is spelled: pinyin needs several letters a character."""

OLD_NAME = "old_name"
_SHORT_NAME = 2
_LONGEST_CUT = 3
_RESTING = 3
INFERRED_WEIGHT = 0.7
"""What a term of an official name counts, where the villager's word for it was asked."""

_BLANKS = re.compile(r"[\s\u200b-\u200f\ufeff]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_HAN = re.compile(r"[\u3007\u3400-\u9fff\U00020000-\U000323ff]")
_NAME_PIECE = re.compile(r"[\u3400-\u9fff]+")
_LETTERS = re.compile(r"[a-z' ]+")
_TONE_DIGIT = re.compile(r"(?<=[a-zv])[1-5](?![0-9])")
_NUMBER_IN_TEXT = re.compile(
    r"[\u4e00-\u9fff]{0,14}\s*(?:[\[(〔【]?\s*(?:19|20)\d\d\s*[\])〕】]?\s*年?\s*-?\s*第?\s*\d{1,5}\s*号|令\s*第?\s*\d{1,5}\s*号)"
)

_SERIAL = "号"
"""Every number in a text ends with it, and few questions have one."""

_BARE = re.compile(r"令?[0-9]*-")
"""Keys that name no agency: they count only if nothing else was asked."""

ASKING = tuple(
    (
        "几点 几号 怎么办理 怎么办 怎么样 怎么做 怎么弄 怎么搞 怎么 怎样 如何 咋办 咋样 咋个 咋 什么时候 "
        "啥时候 什么样 什么 为什么 为啥 啥 多少钱 多少 多久 几天 几年 几个 在哪里 在哪儿 在哪 去哪里 去哪儿 "
        "去哪 到哪里 到哪 哪里 哪儿 哪种 几种 这种 那种 哪个 哪些 可不可以 能不能 会不会 要不要 是不是 "
        "有没有 行不行 可以 能够 需要 应该 必须 请问 问一下 我想问 我想 我要 我们 我家 我的 你们 他们 自己 "
        "现在 今天 明天 昨天 今年 去年 一下 一个 的话 的人 的事 还有 还能 没有 不能 不是 不到 不了 得到 "
        "知道 告诉 帮我 谢谢 你好 关于 意思 享受 靠谱 好处 好不好 行吗 哪 谁 的 了 吗 呢 吧 啊 呀 嘛 么 "
    ).split()
)
"""Words with which anything can be asked: they are looked up like others, but prove nothing."""

ASKING_ALONE = frozenset(
    "想要把被给让叫去来有没不在是会能都就还也和跟又再到从对个俺咱我你他她它这那得着过很太些几钱人用做说上下里好块"
)
"""Single characters that are words of asking where they belong to no longer word."""

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
        is_number: Whether it asks for nothing but a 文号.
        meanings: In the order of the text.
        renamed: A name in it that has changed.
        spelled: The letters that were typed where ``text`` is what they mean; else empty.
        has_thing: Whether it names something that villagers ask for.
        is_elsewhere: Whether it is about leisure, weather, cooking or the like.
        is_urgent: Whether it is a cry for help: what is near enough may follow the number.
        is_ours: Whether it has a word in it that something written for villagers, or a law, may be about.
    """

    text: str
    content: str
    letters: str
    numbers: tuple[str, ...]
    is_number: bool
    meanings: tuple[Meaning, ...] = ()
    renamed: Meaning | None = None
    spelled: str = ""
    is_ours: bool = True
    is_urgent: bool = False
    has_thing: bool = False
    is_elsewhere: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing was asked."""
        return not self.text

    @property
    def is_resting(self) -> bool:
        """Whether it is one letter over and over, as of a finger that rests on a key."""
        return len(self.letters) >= _RESTING and len(set(self.letters)) == 1

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
            known = self._by_word.get(word)
            self._by_word[word] = _both(known, synonym) if known else synonym
        self._longest = _longest(self._by_word)
        self._longest_old = _longest(word for word, each in self._by_word.items() if each.relation == OLD_NAME)

    @property
    def words(self) -> Mapping[str, Synonym]:
        """Folded colloquial word → its synonym."""
        return self._by_word

    def renamed(self, text: str, words: Sequence[str] = ()) -> Meaning | None:
        """Return the first and longest name in a folded text that has changed, even within a longer word.

        A name of two characters may be the end of another one, such as 大队 of 交警大队: what stands before it must be
        a single character, or a word with which anything can be asked.

        Args:
            text: Folded.
            words: The same cut into words, if that is known.
        """
        for place, first in enumerate(text):
            for size in range(min(self._longest_old.get(first, 0), len(text) - place), 1, -1):
                synonym = self._by_word.get(text[place : place + size])
                if synonym and synonym.relation == OLD_NAME and not _is_of_another(synonym, place, words):
                    return Meaning(synonym.colloquial, synonym.official, synonym.relation)
        return None

    def meanings(self, text: str, words: Sequence[str] = ()) -> tuple[Meaning, ...]:
        """Return the colloquial words of a folded text, longest first at each place, without overlap.

        Args:
            text: Folded.
            words: The same cut into words, if that is known.
        """
        starts = frozenset(accumulate(map(len, words), initial=0)) if words else frozenset()
        found: list[Meaning] = []
        place = 0
        while place < len(text):
            length = next(
                (
                    size
                    for size in range(min(self._longest.get(text[place], 0), len(text) - place), 0, -1)
                    if text[place : place + size] in self._by_word
                ),
                0,
            )
            if length:
                synonym = self._by_word[text[place : place + length]]
                if not _is_of_another(synonym, place, words) and not _is_cut_through(length, place, starts):
                    found.append(Meaning(synonym.colloquial, synonym.official, synonym.relation))
            place += length or 1
        return tuple(found)


def _both(first: Synonym, second: Synonym) -> Synonym:
    """Return what a word means that two packs explain; what it was renamed to stands first."""
    if second.relation == OLD_NAME and first.relation != OLD_NAME:
        first, second = second, first
    official = tuple(dict.fromkeys((*first.official, *second.official)))
    return Synonym(colloquial=first.colloquial, official=official, relation=first.relation)


def pieces(name: str) -> list[str]:
    """Return the Chinese parts of a name between words of asking and punctuation: what it is about."""
    return _NAME_PIECE.findall(_ASKING.sub(" ", name))


def without_accents(folded: str) -> str:
    """Return text with plain letters: tone marks taken off, ü as v."""
    if folded.isascii():
        return folded
    bare = unicodedata.normalize("NFD", folded).replace("u\u0308", "v")
    return "".join(character for character in bare if not unicodedata.combining(character)).replace("’", "'")


def clean(text: str) -> str:
    """Return what is left of an input without control characters, with single blanks, cut to what is looked at."""
    kept = _BLANKS.sub(" ", _CONTROL.sub(" ", text[: 4 * LONGEST_CHARS])).strip()
    return kept[: LONGEST_LETTERS if kept.isascii() else LONGEST_CHARS].strip()


def understand(folded: str, synonyms: SynonymTable, words: Sequence[str] = ()) -> Question:
    """Return what a question asks.

    Args:
        folded: From `clean`, folded.
        synonyms: Of the packs.
        words: The same text cut into words, if that is known.
    """
    whole = key_of_query(folded)
    numbers = _numbers(folded, whole)
    return Question(
        text=folded,
        content=_content(words) if words else _ASKING.sub(" ", folded),
        letters=_plain_letters(folded),
        numbers=numbers,
        is_number=_asks_for_number(folded, numbers),
        meanings=synonyms.meanings(folded, words),
        renamed=synonyms.renamed(folded, words),
    )


_ABOUT_PAPERS = re.compile(
    r"文件|规定|内容|全文|原文|通知|意见|条例|办法|命令|公告|中央|国家|[《》?？!！,，。.的讲说查看找在这那份个是有要\s]"
)
_ONLY_SERIAL = re.compile(r"第?[0-9]{1,5}号文?")


def _asks_for_number(folded: str, numbers: Sequence[str]) -> bool:
    """Return whether a question asks for a document by its number and for nothing else."""
    if _ONLY_SERIAL.fullmatch(folded) or canonical_doc_no(folded):
        return True
    found = _number_in(folded)
    if not found or not numbers:
        return False
    rest = folded.replace(found[0].strip(), " ")
    return not _ABOUT_PAPERS.sub("", _ASKING.sub(" ", rest)).strip()


def meant(question: Question) -> str:
    """Return what a name that has changed is called today, such as 残疾人证（原残废证）; empty if none has."""
    name = question.renamed
    return f"{name.official[0]}（原{name.said}）" if name else ""


_PERSONS_AND_PLACES = frozenset(
    (
        "公公 婆婆 老伴 丈夫 老公 老婆 媳妇 妻子 爱人 男人 女人 儿子 女儿 闺女 姑娘 孩子 小孩 小孩子 女孩子 "
        "男孩子 娃娃 侄子 侄女 外甥 孙子 孙女 叔叔 叔公 伯伯 舅舅 姑姑 姨妈 爷爷 奶奶 外公 外婆 阿公 阿婆 "
        "爸爸 妈妈 父亲 母亲 爹娘 爹妈 父母 阿爸 阿妈 老爹 老娘 老母 老父 弟兄 兄弟 姐妹 哥哥 弟弟 姐姐 "
        "妹妹 姐夫 嫂子 女婿 亲戚 有人 别人 人家 朋友 家里 我家 那边 这边 里面 上面 下面 外面 镇上 县里 "
        "县城 城里 厂里 附近 国家 政府 上头 公家 时候 时间 一样 一直 实在 直接 想要 出来 下来 进来 出去 "
        "起来 过来 看看 打来 跟着 然后 因为 所以 但是 已经 正在 马上 刚刚 以前 以后 之前 之后 原来 好几 "
        "好多 不会 每个 每年 每月 每天 去年 前年 明年 昨晚 今晚 东西 事情 问题 听说 觉得 有点 有些 一点 "
        "一些 别的 其他 全部 所有 老是 总是 经常 突然 到底 究竟 真的 假如 如果 "
    ).split()
)
"""Who, where and when: any question may have them, so they prove nothing."""

_DONE_WITH_NAMES = frozenset("申请 办理 领取 查询 取消 享受 评定 参加 缴纳 报销 补办 投诉 举报 加入".split())
"""What is done with a thing: its name follows."""

_NO_NAMES = _PERSONS_AND_PLACES | _DONE_WITH_NAMES
_OF_ASKING = frozenset("".join(ASKING))

_COUNTED = re.compile(
    r"[第约近]?[0-9零一二三四五六七八九十百千万亿两几半多]+"
    r"[年月日天号个张只条头亩斤块元口次回间份遍家分米里公多来]*"
)


def _is_cut_through(length: int, place: int, starts: frozenset[int]) -> bool:
    """Return whether a short word lies across others: 发水 is none in 洗发水. Unknown cuts cut nothing."""
    return bool(starts) and length <= _LONGEST_CUT and (place not in starts or place + length not in starts)


def _longest(words: Iterable[str]) -> Mapping[str, int]:
    """Return for every character how long the longest word is that begins with it."""
    longest: dict[str, int] = {}
    for word in words:
        longest[word[:1]] = max(longest.get(word[:1], 0), len(word))
    return longest


def _is_of_another(synonym: Synonym, place: int, words: Sequence[str]) -> bool:
    """Return whether an old name of two characters, which begins at a place, is the end of another name."""
    is_short = synonym.relation == OLD_NAME and len(synonym.colloquial) == _SHORT_NAME
    return is_short and place in _ends_of_names(words)


def _ends_of_names(words: Sequence[str]) -> frozenset[int]:
    """Return where words end that name something: what begins there may belong to them."""
    ends: list[int] = []
    place = 0
    for word in words:
        place += len(word)
        if len(word) > 1 and word.isalpha() and word not in _NO_NAMES and not _proves_nothing(word):
            ends.append(place)
    return frozenset(ends)


def _proves_nothing(word: str) -> bool:
    """Return whether a word asks or counts: any question may have it."""
    is_asking = _OF_ASKING.issuperset(word) and not _ASKING.sub("", word)
    return is_asking or bool(_COUNTED.fullmatch(word))


def _content(words: Sequence[str]) -> str:
    """Return words with blanks between those that are longer than a character, and in the place of asking."""
    parts: list[str] = []
    for word in words:
        if len(word) > 1:
            is_asking = word in _PERSONS_AND_PLACES or _proves_nothing(word)
            parts.append("  " if is_asking else f" {word} ")
        else:
            is_asking = word in ASKING_ALONE or _proves_nothing(word)
            parts.append(" " if is_asking or not word.isalnum() else word)
    return "".join(parts)


def _numbers(folded: str, whole: str) -> tuple[str, ...]:
    """Return the keys that a text may ask for: other words may stand before the agency's code and be taken for it."""
    found = _number_in(folded)
    piece = found[0] if found else ""
    starts = (key_of_query(piece[start:]) for start in range(len(piece)))
    inside = (key for key in starts if not _BARE.match(key))
    return tuple(dict.fromkeys(key for key in (whole, *inside) if key))


def _number_in(folded: str) -> re.Match[str] | None:
    return _NUMBER_IN_TEXT.search(folded) if _SERIAL in folded else None


def _plain_letters(folded: str) -> str:
    """Return pinyin without tones, if the whole text is pinyin; else nothing."""
    if _HAN.search(folded):
        return ""
    bare = _TONE_DIGIT.sub("", without_accents(folded).replace("-", " "))
    return bare.strip() if _LETTERS.fullmatch(bare) and bare.strip(" '") else ""
