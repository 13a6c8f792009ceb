"""Draws the page that is shown when the screen cannot be: ``python packaging/appliance/draw_notice.py``.

Its result is kept beside the program that shows it, because a machine on which the kiosk fails may lack fonts too.
"""

import gzip
import sys
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

PLACE = Path(__file__).resolve().parents[1] / "deb/files/system/usr/lib/cunkou/notice.pgm.gz"
FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-{weight}.ttc"
SIMPLIFIED = 2
"""Which of the faces of that file is the one of the mainland."""

SIDE = 1000
PAPER, INK = 255, 0


@dataclass(frozen=True)
class Notice:
    """What a villager is told, what to do, and the code for the telephone."""

    what: str
    todo: str
    code: str


NOTICE = Notice(
    what="这台屏幕暂时不能用",
    todo="请告诉村里的工作人员。它过一会儿会自己再试。",
    code="M-395",
)


def drawn(notice: Notice) -> Image.Image:
    """Return a square grey picture: the sentence, what to do, the code."""
    page = Image.new("L", (SIDE, SIDE), PAPER)
    pen = ImageDraw.Draw(page)
    lines = [part for part in notice.todo.replace("。", "。\n").split("\n") if part]
    y = 250
    for text, weight, size in (
        (notice.what, "Bold", 92),
        *((line, "Regular", 58) for line in lines),
        (f"打电话时请说：{notice.code}", "Regular", 44),
    ):
        face = ImageFont.truetype(FONT.format(weight=weight), size, index=SIMPLIFIED)
        pen.text((SIDE / 2, y), text, font=face, fill=INK, anchor="mm")
        y += int(size * 1.9)
    return page


def main() -> int:
    """Write the picture, the same bytes from the same fonts."""
    page = drawn(NOTICE)
    data = b"P5 %d %d 255\n" % page.size + page.tobytes()
    PLACE.write_bytes(gzip.compress(data, 9, mtime=0))
    return 0


if __name__ == "__main__":
    sys.exit(main())
