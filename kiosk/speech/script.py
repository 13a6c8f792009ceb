"""What is read aloud of a page, sentence by sentence: pure."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from kiosk.speech.sentences import sentence_spans
from kiosk.speech.spoken import spoken
from kiosk.words import Sentence

SPOKEN_LANGUAGES = frozenset({"zh"})
"""Primary language tags that the engine's voice speaks well enough to be listened to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a page: a block, a heading, a row.

    Attributes:
        text: As shown; code points count from its beginning.
        lang: BCP 47 tag.
        recording: Hash of a recording of the item it belongs to; empty if none. Parts in a row with the same recording
            are one item.
        pack: Pack that holds the recording; empty if none.
    """

    text: str
    lang: str = "zh-Hans-CN"
    recording: str = ""
    pack: str = ""


def sentences(parts: Iterable[Part], *, languages: Collection[str] = SPOKEN_LANGUAGES) -> tuple[Sentence, ...]:
    """Return the sentences of a page in reading order.

    A recorded item is one sentence, which stands for its first part with text. What has no recording and no voice is
    left out.

    Args:
        parts: In reading order; a sentence names its part by its place in them, from 0.
        languages: Primary tags of the languages that have a voice.
    """
    numbered = ((number, part) for number, part in enumerate(parts) if part.text.strip())
    found: list[Sentence] = []
    for (_, recording), group in groupby(numbered, key=lambda entry: (entry[1].pack, entry[1].recording)):
        if recording:
            found.append(_recorded(*next(group)))
        else:
            found += (sentence for number, part in group for sentence in _voiced(number, part, languages))
    return tuple(found)


def _recorded(number: int, part: Part) -> Sentence:
    text = part.text.rstrip()
    start = len(text) - len(text.lstrip())
    return Sentence(
        part=number,
        start=start,
        end=len(text),
        spoken=text[start:],
        lang=part.lang,
        recording=part.recording,
        pack=part.pack,
    )


def _voiced(number: int, part: Part, languages: Collection[str]) -> Iterator[Sentence]:
    if part.lang.split("-")[0].lower() not in languages:
        return
    for start, end in sentence_spans(part.text):
        if words := spoken(part.text[start:end]):
            yield Sentence(part=number, start=start, end=end, spoken=words, lang=part.lang)
