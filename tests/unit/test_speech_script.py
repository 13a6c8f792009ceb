"""What is read aloud of a page."""

from kiosk.speech.script import Part, sentences
from kiosk.words import Sentence


def test_sentences_name_their_part_and_place():
    page = [Part(text="要带什么"), Part(text=""), Part(text=" 身份证/户口簿。银行卡。")]
    assert sentences(page) == (
        Sentence(part=0, start=0, end=4, spoken="要带什么"),
        Sentence(part=2, start=1, end=9, spoken="身份证或户口簿。"),
        Sentence(part=2, start=9, end=13, spoken="银行{háng}卡。"),
    )


def test_offsets_count_code_points():
    (found,) = sentences([Part(text="😀村口")])
    assert (found.start, found.end, found.spoken) == (0, 3, "村口")


def test_what_cannot_be_said_is_left_out():
    assert sentences([Part(text="★\n——\n。"), Part(text="好。")]) == (Sentence(part=1, start=0, end=2, spoken="好。"),)


def test_a_language_without_a_voice_is_left_out():
    page = [Part(text="ياخشىمۇسىز", lang="ug"), Part(text="བཀྲ་ཤིས།", lang="bo-CN"), Part(text="你好", lang="ZH-hans")]
    assert [found.part for found in sentences(page)] == [2]
    assert [found.part for found in sentences(page, languages={"ug"})] == [0]


def test_a_recorded_item_is_one_sentence_in_any_language():
    recorded = {"lang": "ug", "recording": "a" * 64, "pack": "p"}
    page = [Part(text=" ياخشى \n", **recorded), Part(text="مۇسىز", **recorded), Part(text="你好。再见。")]
    first, second, third = sentences(page)
    assert first == Sentence(part=0, start=1, end=6, spoken="ياخشى", lang="ug", recording="a" * 64, pack="p")
    assert (second.spoken, third.spoken) == ("你好。", "再见。")


def test_two_recorded_items_in_a_row_are_two():
    page = [Part(text="甲", recording="a" * 64, pack="p"), Part(text="乙", recording="b" * 64, pack="p")]
    assert [(found.part, found.recording[0]) for found in sentences(page)] == [(0, "a"), (1, "b")]
