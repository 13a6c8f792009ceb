"""The small pack that ``cunkou pack new`` writes: one guide with its policy and one question, ready to be changed."""

from pathlib import Path

from content_packs.durable import disk_error
from content_packs.errors import PackFormatError

_PACK = """\
format = 1
id = "cn.example.village"
version = 1
title = "示例资料包"
publisher = "示例村民委员会"
issued_on = 2026-11-22
regions = ["0"]
allowed_hosts = []
hot = ["pension-guide"]

[[themes]]
id = "pension"
title = "养老金"
examples = "领多少 怎么领"
icon = "human-cane"
hue = 1
"""

_GUIDE = """\
---
id: pension-guide
kind: guide
title: 城乡居民基本养老保险待遇领取
plain_title: 养老金怎么领
summary: 先打12333，问清够不够条件。带身份证到村里登记。
themes: [pension]
life_stages: [elder]
keywords: [养老金, 新农保]
verified_on: 2026-11-22
varies_by_region: true
guide:
  conditions: [到了领取年龄, 按规定缴够年限]
  materials: [身份证, 社保卡]
  place: 村委会或乡镇便民中心
  time: 各地不同，先打电话问
  fee: 不收钱
phones:
  - {number: "12333", label: 人社热线}
portal: {name: 国家社会保险公共服务平台, payload: "https://si.12333.gov.cn", checked_on: 2026-11-22}
wechat: {name: 人力资源和社会保障部}
sources:
  - {title: 中华人民共和国社会保险法, article: 第二十一条}
relations:
  guide_for: [pension-policy]
---

## 怎么办

1. 带身份证和社保卡去村里登记。
2. 镇上核对缴费年限。
3. 通过后，钱每月打到社保卡上。

> 走不动的，请村里工作人员帮忙。
"""

_POLICY = """\
---
id: pension-policy
kind: policy
title: 中华人民共和国社会保险法（养老保险部分）
themes: [pension]
issuers: [全国人民代表大会常务委员会]
verified_on: 2026-11-22
sources:
  - {title: 中华人民共和国社会保险法}
---

国家建立和完善新型农村社会养老保险制度。请在这里放政策原文。
"""

_FAQ = """\
---
id: pension-faq-card
kind: faq
title: 没有社保卡能领吗
summary: 要先办社保卡。带身份证到镇上办。
themes: [pension]
verified_on: 2026-11-22
phones:
  - {number: "12333", label: 人社热线}
sources:
  - {title: 中华人民共和国社会保险法}
relations:
  answers: [pension-guide]
---

养老金打到社保卡上，所以要先办卡。

办卡带身份证，去镇上的社保窗口或合作银行。
"""

_INTERPRETATION = """\
---
id: pension-interp
kind: interpretation
title: 养老金这样理解
summary: 平时缴一点，老了按月领。国家再补一点。
themes: [pension]
verified_on: 2026-11-22
sources:
  - {title: 中华人民共和国社会保险法, article: 第二十一条}
relations:
  interprets: [pension-policy]
---

养老金分两部分：

- **基础养老金**：国家和地方出钱。
- **个人账户养老金**：自己缴的钱，加上补贴。
"""

_FILES = {
    "pack.toml": _PACK,
    "items/pension-guide.md": _GUIDE,
    "items/pension-policy.md": _POLICY,
    "items/pension-faq-card.md": _FAQ,
    "items/pension-interp.md": _INTERPRETATION,
    "synonyms.tsv": "colloquial\tofficial\trelation\n新农保\t城乡居民基本养老保险\told_name\n",
}


def write_example(folder: Path) -> None:
    """Write a small source that passes every check.

    Args:
        folder: Must be missing or empty.

    Raises:
        PackFormatError: The folder holds something already.
        SiteError: The folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise PackFormatError(f"文件夹 {folder} 里已经有东西。", todo="请换一个空的文件夹。", code="P-119")
        for name, text in _FILES.items():
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise disk_error(error, folder) from error
