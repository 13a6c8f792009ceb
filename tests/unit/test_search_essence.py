"""What is asked about, without the words of asking."""

import pytest

from kiosk.search.essence import essence


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("怎么上访", "上访"),
        ("请问离婚有什么条件", "离婚"),
        ("领证要什么材料", "领证"),
        ("土地证在哪里办", "土地证"),
        ("改厕咋弄?", "改厕"),
        ("考驾照多少钱", "考驾照"),
        ("包地的事找谁", "包地的事"),
        ("低保 怎么申请 呢", "低保"),
    ],
)
def test_the_words_of_asking_are_taken_away(question, about):
    assert essence(question) == about


@pytest.mark.parametrize("question", ["玉米什么时候种", "高血压能吃什么", "厕所在哪", "几点下班", "养老金"])
def test_words_that_tell_what_sort_of_question_it_is_stay(question):
    assert essence(question) == question


def test_who_only_asks_has_asked_about_nothing():
    assert essence("怎么办") == ""
    assert essence("") == ""
