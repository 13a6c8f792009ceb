from datetime import date

import pytest

from content_packs.model import Guide, ItemRef, Kind, Link, Phone, Source, Status
from kiosk.slip import codes_of, slip_for
from kiosk.words import CodeCard, Dossier, SlipLine, Tab, TabItem, TabKind
from tests.fakes.content import an_item

PORTAL = Link(name="国家社会保险公共服务平台", payload="https://si.12333.gov.cn", checked_on=date(2026, 11, 1))
ACCOUNT = Link(name="人力资源和社会保障部")
GUIDE = an_item(
    "guide",
    guide=Guide(
        conditions=("年满60岁", "缴费满15年"),
        materials=("身份证", "社保卡"),
        place="村委会",
        time="当天",
        fee="不收钱",
        hours="工作日",
        proxy="可请村里代办",
    ),
    phones=(Phone(number="12333", label="人社热线"), Phone(number="12345")),
    portal=PORTAL,
    wechat=ACCOUNT,
)
POLICY = an_item("policy", Kind.POLICY, doc_no="国发〔2014〕8号", plain_title="", summary="", sources=())
FAQ = an_item("faq", Kind.FAQ, summary="能。", phones=(Phone(number="12393"),), sources=(Source(title="省里的文件"),))


def tab_item(item, status=Status.IN_FORCE):
    return TabItem(ref=ItemRef("cn.test.pack", item.id), item=item, status=status)


def dossier(main, initial, **tabs):
    held = [Tab(kind=TabKind(kind), items=tuple(map(tab_item, items))) for kind, items in tabs.items()]
    return Dossier(
        main=tab_item(main), tabs=tuple(held), initial=initial, pack_title="测试包", publisher="某局", signed=False
    )


def slip(found, tab=None):
    return slip_for(found, tab, printed=date(2026, 11, 22), village="杨树村", pack_version=3)


@pytest.fixture
def matter():
    return dossier(GUIDE, TabKind.GUIDE, guide=[GUIDE], faq=[FAQ], original=[POLICY])


def test_a_guide_gives_everything_a_person_takes_home(matter):
    found = slip(matter)
    assert found.title == "guide怎么办"
    assert found.answer == "带上身份证到村里办。"
    assert found.lines == (
        SlipLine(label="要满足什么", entries=("年满60岁", "缴费满15年")),
        SlipLine(label="要带什么", entries=("身份证", "社保卡")),
        SlipLine(label="去哪里办", entries=("村委会", "办理时间：工作日")),
        SlipLine(label="多久", entries=("当天",)),
        SlipLine(label="多少钱", entries=("不收钱",)),
        SlipLine(label="能不能代办", entries=("可请村里代办",)),
    )
    assert [phone.number for phone in found.phones] == ["12333", "12345"]
    assert found.source == "来源：社会保险法第二十一条 国发〔2014〕8号"
    assert found.verified == "核对于2026年11月1日"
    assert found.status is Status.IN_FORCE
    assert found.printed == "2026年11月22日 星期日"
    assert (found.village, found.pack) == ("杨树村", "测试包 第3版 · 未签名")


def test_empty_parts_are_left_out_but_nothing_to_bring_is_said():
    bare = an_item("bare", guide=Guide(place="村委会"))
    assert slip(dossier(bare, TabKind.GUIDE, guide=[bare])).lines == (
        SlipLine(label="要带什么", entries=("不用带材料",)),
        SlipLine(label="去哪里办", entries=("村委会",)),
    )


def test_a_question_brings_its_own_answer_and_the_facts_of_the_guide():
    found = slip(dossier(FAQ, TabKind.FAQ, guide=[GUIDE], faq=[FAQ], original=[POLICY]))
    assert (found.title, found.answer) == ("faq怎么办", "能。")
    assert found.lines[1].entries == ("身份证", "社保卡")
    assert [phone.number for phone in found.phones] == ["12393", "12333", "12345"]
    assert found.source == "来源：省里的文件 国发〔2014〕8号"
    assert [code.caption for code in found.codes] == [PORTAL.name, ACCOUNT.name]


def test_on_the_guides_tab_the_guide_is_printed_whatever_was_opened():
    found = slip(dossier(POLICY, TabKind.ORIGINAL, guide=[GUIDE], original=[POLICY]), TabKind.GUIDE)
    assert found.title == "guide怎么办"


def test_a_policy_prints_its_own_title_and_borrows_what_it_lacks():
    found = slip(dossier(POLICY, TabKind.ORIGINAL, guide=[GUIDE], original=[POLICY]), TabKind.ORIGINAL)
    assert (found.title, found.answer) == ("关于policy的全称", "带上身份证到村里办。")
    assert found.source == "来源：社会保险法第二十一条 国发〔2014〕8号"


def test_what_stands_alone_prints_without_facts():
    notice = an_item("notice", Kind.NOTICE, sources=(), verified_on=None)
    found = slip(dossier(notice, TabKind.ORIGINAL, original=[notice]), TabKind.RELATED)
    assert (found.lines, found.phones, found.codes, found.source, found.verified) == ((), (), (), "", "")


def test_a_number_that_the_source_already_names_is_not_repeated():
    item = an_item("a1", doc_no="国发〔2014〕8号", sources=(Source(title="国务院意见（国发〔2014〕8号）"),))
    assert slip(dossier(item, TabKind.GUIDE, guide=[item])).source == "来源：国务院意见（国发〔2014〕8号）"


def test_a_payload_becomes_a_code_and_a_name_alone_never_does():
    assert codes_of([GUIDE]) == (
        CodeCard(
            caption="国家社会保险公共服务平台",
            payload="https://si.12333.gov.cn",
            host_words="打开政府网站 si.12333.gov.cn",
            checked_on=date(2026, 11, 1),
        ),
        CodeCard(caption="人力资源和社会保障部", search_words="微信搜一搜：人力资源和社会保障部"),
    )
    by_name = an_item("a1", portal=Link(name="某平台"))
    assert codes_of([by_name]) == (CodeCard(caption="某平台", search_words="网上搜：某平台"),)


def test_at_most_three_numbers_are_printed_each_once():
    phones = tuple(Phone(number=f"1234{digit}", label="甲") for digit in "56789")
    item = an_item("a1", phones=(*phones, Phone(number="12345", label="乙")))
    found = slip(dossier(item, TabKind.GUIDE, guide=[item]))
    assert [(phone.number, phone.label) for phone in found.phones] == [
        ("12345", "甲"),
        ("12346", "甲"),
        ("12347", "甲"),
    ]
