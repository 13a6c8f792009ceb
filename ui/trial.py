"""What shows whether printer and voice work."""

from typing import Final

from content_packs.model import Status
from kiosk.words import Slip

VOICE_TEST: Final = "您好，这是村口信息屏在试声音。听得清楚，就说明喇叭是好的。"


def trial_slip(village: str, printed: str) -> Slip:
    """Return the page, for a village and a day in words."""
    return Slip(
        title="试打一张",
        answer="看得清这几行字，左右没有缺，就说明打印机是好的。",
        lines=(),
        phones=(),
        codes=(),
        source="",
        verified="",
        status=Status.IN_FORCE,
        printed=printed,
        village=village,
        pack="",
    )


def no_code(payload: str) -> tuple[()]:
    """Return the modules of a code; there is none on this page."""
    del payload
    return ()
