"""What stands on a slip, and in which order."""

from content_packs.model import Phone, Status
from kiosk.words import CodeCard
from tests.fakes.slips import a_slip
from ui.printing.slip_rows import CodesRow, RuleRow, TextRow, rows_of


def _texts(rows):
    return [row.text for row in rows if isinstance(row, TextRow)]


def test_the_title_and_the_answer_come_first():
    texts = _texts(rows_of(a_slip(), columns=1))
    assert texts[1] == "养老金怎么领"
    assert texts[2].startswith("年满60岁")


def test_several_entries_have_a_mark_and_a_single_one_has_none():
    rows = [row for row in rows_of(a_slip(), columns=1) if isinstance(row, TextRow)]
    assert [row.marker for row in rows if row.text in {"身份证", "社保卡"}] == ["·", "·"]
    assert [row.marker for row in rows if row.text == "村委会"] == [""]


def test_a_name_without_payload_is_printed_as_words_and_never_as_a_code():
    named = CodeCard(caption="健康中国", search_words="微信搜一搜：健康中国")
    rows = rows_of(a_slip(codes=(named,)), columns=1)
    assert not [row for row in rows if isinstance(row, CodesRow)]
    assert "微信搜一搜：健康中国" in _texts(rows)


def test_codes_stand_side_by_side_as_far_as_the_paper_allows():
    codes = tuple(CodeCard(caption=str(n), payload=f"https://{n}.gov.cn", host_words="政府网站") for n in range(4))
    rows = [row for row in rows_of(a_slip(codes=codes), columns=3) if isinstance(row, CodesRow)]
    assert [len(row.payloads) for row in rows] == [3, 1]
    assert rows[0].captions[0].text == "扫码：0\n政府网站"


def test_the_small_print_says_status_with_its_date_and_that_the_pack_is_unsigned():
    texts = _texts(rows_of(a_slip(status=Status.REVIEW), columns=1))
    assert "待核实（核对于2026年11月22日）" in texts
    assert texts[-1].endswith("未签名")


def test_a_slip_without_telephone_has_no_empty_heading():
    with_phone = rows_of(a_slip(phones=(Phone(number="12333"),)), columns=1)
    without = rows_of(a_slip(phones=()), columns=1)
    assert "打哪个电话" in _texts(with_phone)
    assert "打哪个电话" not in _texts(without)
    assert sum(isinstance(row, RuleRow) for row in without) >= 2
