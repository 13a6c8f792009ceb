"""Slips as words, for tests of what is drawn and printed."""

from dataclasses import replace
from typing import Any

from content_packs.model import Phone, Status
from kiosk.words import CodeCard, Slip, SlipLine

PORTAL = CodeCard(
    caption="国家社会保险公共服务平台", payload="https://si.12333.gov.cn", host_words="si.12333.gov.cn（政府网站）"
)
WECHAT = CodeCard(caption="人力资源和社会保障部", search_words="微信搜一搜：人力资源和社会保障部")

_SLIP = Slip(
    title="养老金怎么领",
    answer="年满60岁，就可以按月领养老金。带上身份证和社保卡到村里办。",
    lines=(
        SlipLine(label="要带什么", entries=("身份证", "社保卡")),
        SlipLine(label="去哪里办", entries=("村委会",)),
    ),
    phones=(Phone(number="12333", label="人社热线"),),
    codes=(PORTAL, WECHAT),
    source="社会保险法第二十一条",
    verified="核对于2026年11月22日",
    status=Status.IN_FORCE,
    printed="2026年11月22日 星期日",
    village="云溪村便民服务点",
    pack="村口入门内容包 第1版 · 未签名",
)


def a_slip(**changes: Any) -> Slip:
    """Return a slip about a pension, with some of its words changed."""
    return replace(_SLIP, **changes)
