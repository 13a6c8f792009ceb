"""From what is written to what is said."""

from pathlib import Path

import pytest

from kiosk.speech.spoken import spoken

LINES = Path(__file__).parents[1].joinpath("fixtures/spoken.tsv").read_text(encoding="utf-8").splitlines()[1:]
CASES = [line.split("\t") for line in LINES]


def test_the_fixture_has_all_its_cases():
    assert len(CASES) == 61
    assert len({rule for _, _, rule in CASES}) > 20


@pytest.mark.parametrize(("written", "alternatives", "rule"), CASES)
def test_fixture(written, alternatives, rule):
    assert spoken(written) in alternatives.split("|"), rule


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("关于印发《办法》的通知（国办发〔2017〕47号）", "关于印发办法的通知，国办发，二零一七年，四十七号"),
        ("2025-05-10公布，2025.5.10施行", "二零二五年五月十日公布，二零二五年五月十日施行"),
        ("2024—2025年度", "二零二四到二零二五年度"),
        ("2025年5月1日至6月30日", "二零二五年五月一日到六月三十日"),
        ("二〇二五年", "二零二五年"),
        ("满60后，00后", "满六十后，零零后"),
        ("1000年以上，2000年以上", "一千年以上，两千年以上"),
        ("2:30，8：05，24:00", "两点三十分，八点零五分，二十四点"),
        ("1:3，2:1.5", "一比三，二比一点五"),
        ("周一—周五，星期六～日", "周一到周五，星期六到星期日"),
        ("第1-3项，一级—四级", "第一到三项，一级到四级"),
        ("3-5个工作日，7～10天", "三到五个工作日，七到十天"),
    ],
)
def test_dates_times_and_ranges(written, said):
    assert spoken(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("¥200，￥3.50，¥1,000万元", "二百元，三点五元，一千万元"),
        ("1.00元，0.5元，1.18元/斤", "一元，零点五元，每斤一点一八元"),
        ("500—800元/月，100元－200元/人", "每月五百到八百元，每人一百元到二百元"),
        ("5元/亩·年，3元/人/次，100元/平方米", "每亩每年五元，每人每次三元，每平方米一百元"),
        ("5%—10%，5～10%，12.5‰", "百分之五到百分之十，百分之五到百分之十，千分之十二点五"),
        ("593.9元/人月，20元/人次，8元/年度", "每人每月五百九十三点九元，每人次二十元，每年度八元"),
        ("2针隔6个月，2包", "两针隔六个月，两包"),
        ("3/4的费用", "四分之三的费用"),
        ("2万元，20000元，2200元，220000元", "两万元，两万元，两千二百元，二十二万元"),
        ("第2个，2级，2月2日，22人，2亩，2个月，2个", "第二个，二级，二月二日，二十二人，两亩，两个月，两个"),
        ("1005000元，100000000元，100008000人，10，0", "一百万五千元，一亿元，一亿零八千人，十，零"),
        ("12345678901234567元", "一二三四五六七八九零一二三四五六七元"),
        ("007号，00123", "零零七号，零零一二三"),
        ("2kg，3km，80m²，-5℃，10.5cm", "两公斤，三公里，八十平方米，零下五摄氏度，十点五厘米"),
        ("得-3分", "得负三分"),
    ],
)
def test_amounts(written, said):
    assert spoken(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("法律援助（12348）", "法律援助，幺二三四八"),
        ("打12345热线", "打一二三四五热线"),
        ("拨打110、119、120", "拨打幺幺零、幺幺九、幺二零"),
        (
            "共110人，120元，12333元，110米，满120分",
            "共一百一十人，一百二十元，一万二千三百三十三元，一百一十米，满一百二十分",
        ),
        ("0591-12345转1", "零五九幺，一二三四五，转幺"),
        ("010-66201111-8", "零幺零，六六二零幺幺幺幺，转八"),
        ("400-810-8888", "四零零，八幺零八八八八"),
        ("手机13812345678", "手机幺三八，幺二三四，五六七八"),
        ("电话：6620111", "电话，六六二零幺幺幺"),
        ("证号35010219620101001x", "证号三五零幺零二幺九六二零幺零幺零零幺 X"),
        ("投资1000000000元", "投资十亿元"),
    ],
)
def test_phones_and_what_only_looks_like_one(written, said):
    assert spoken(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("（一）年满", "一，年满"),
        ("（2）没有", "第二，没有"),
        ("①身份证", "第一，身份证"),
        ("3、到村里", "第三，到村里"),
        ("12.5亩地", "十二点五亩地"),
        ("第三条　为了", "第三条，为了"),
        ("县（市、区）人社局", "县、市、区人社局"),
        ("乡（镇）政府", "乡镇政府"),
        ("村（居）委会", "村委会、居委会"),
        ("户主（本人）。", "户主，本人。"),
        ("填写（　　）和____表", "填写和表"),
        ("A4纸，B超，WiFi", "A 四纸，B 超，W I F I"),
        ("I级响应，IV级，V型", "一级响应，四级，五型"),
        ("末尾是“.gov.cn”", "末尾是点 G O V 点 C N"),
        ("发到a.b@gov.cn", "发到邮箱请看屏幕"),
        ("登录gjzwfw.gov.cn查", "登录网址请看屏幕查"),
        ("养老金=甲+乙，≥3个", "养老金等于甲加乙，大于等于三个"),
        ("甲和/或乙", "甲或乙"),
        ("甲——乙…丙·丁", "甲，乙，丙丁"),
        ("好;不!行?\ue004", "好；不！行？"),
    ],
)
def test_signs(written, said):
    assert spoken(written) == said


@pytest.mark.parametrize("written", ["", "——", "★ ☆", "（　　）", "……", "\ue004"])
def test_what_cannot_be_said_is_empty(written):
    assert spoken(written) == ""


def test_a_reading_follows_the_longest_word():
    assert spoken("行政处罚，银行处理") == "行{xíng}政处{chǔ}罚，银行{háng}处{chǔ}理"


def test_words_that_are_said_already_are_not_touched_again():
    once = spoken("国发〔2024〕11号，拨打12333，每人每年700元")
    assert spoken(once) == once
