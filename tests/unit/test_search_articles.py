"""Articles of laws, as they are asked for."""

import pytest

from kiosk.search.articles import AskedArticle, asked_article, numeral


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (1, "一"),
        (10, "十"),
        (14, "十四"),
        (20, "二十"),
        (62, "六十二"),
        (100, "一百"),
        (105, "一百零五"),
        (110, "一百一十"),
        (509, "五百零九"),
        (1000, "一千"),
        (1005, "一千零五"),
        (1050, "一千零五十"),
        (1260, "一千二百六十"),
        (0, ""),
        (10_000, ""),
    ],
)
def test_numbers_are_counted_as_laws_do(number, written):
    assert numeral(number) == written


@pytest.mark.parametrize(
    ("typed", "law", "number"),
    [
        ("土地管理法第六十二条", "土地管理法", "第六十二条"),
        ("土地管理法62条", "土地管理法", "第六十二条"),
        ("中华人民共和国民法典第509条", "民法典", "第五百零九条"),
        ("《刑法》第 20 条", "刑法", "第二十条"),
        ("请问劳动合同法的第十四条说什么", "劳动合同法", "第十四条"),
        ("农业保险条例第一〇条", "农业保险条例", "第一零条"),
    ],
)
def test_an_article_is_asked_for(typed, law, number):
    assert asked_article(typed) == AskedArticle(law, number)


@pytest.mark.parametrize("typed", ["养老金", "三条鱼", "第十四条", "土地管理法", "法第0条", ""])
def test_other_questions_ask_for_none(typed):
    assert asked_article(typed) is None
