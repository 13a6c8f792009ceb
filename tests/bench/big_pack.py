"""Writes the source of a pack as large as a county's: 5,000 items and 500 photographs, about 203 MB."""

import random
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

ITEMS = 5_000
PICTURES = 500
PICTURE_BYTES = 400_000

_WORDS = (
    "养老金 医疗保险 报销 低保 临时救助 宅基地 危房改造 承包地 补贴 农机 身份证 户口 助学金 工资 工伤 残疾人 护理 高龄 "
    "津贴 申请 公示 发放 标准 条件 材料 乡镇 村委会 窗口 电话 工作日 期限 免费 代办 登记 证明 银行卡 社保卡 查询 办理"
).split()

_PACK = """\
format = 1
id = "cn.example.big"
version = {version}
title = "大内容包"
publisher = "测试发布者"
issued_on = 2026-11-22

[[themes]]
id = "all"
title = "全部"
"""


def write_source(folder: Path, *, items: int = ITEMS, pictures: int = PICTURES, version: int = 1) -> None:
    """Write the same source every time; about one item in ten shows a picture."""
    (folder / "items").mkdir(parents=True)
    (folder / "pictures").mkdir()
    (folder / "pack.toml").write_text(_PACK.format(version=version))
    dice = random.Random(7)
    for number in range(pictures):
        (folder / "pictures" / f"p{number:04}.jpg").write_bytes(_photograph(number))
    for number in range(items):
        (folder / "items" / f"i{number:05}.md").write_text(_item(number, dice, pictures))


def _item(number: int, dice: random.Random, pictures: int) -> str:
    paragraphs = ("".join(dice.choices(_WORDS, k=12)) + "。" for _ in range(12))
    body = "\n\n".join(paragraphs)
    every = max(1, ITEMS // max(1, pictures))
    if pictures and number % every == 0 and number // every < pictures:
        body += f"\n\n![照片](pictures/p{number // every:04}.jpg)"
    title = "".join(dice.choices(_WORDS, k=4))[:20]
    return (
        f"---\nid: i{number:05}\nkind: notice\ntitle: {title}{number}\nthemes: [all]\nverified_on: 2026-11-22\n"
        f"sources:\n  - {{title: 测试}}\n---\n\n{body}\n"
    )


def _photograph(number: int) -> bytes:
    """Return a JPEG of about 400 kB that does not compress further, as photographs do not."""
    noise = np.random.default_rng(number).integers(0, 255, (680, 960, 3), dtype=np.uint8)
    store = BytesIO()
    Image.fromarray(noise).save(store, "JPEG", quality=75)
    return store.getvalue()
