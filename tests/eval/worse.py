"""Questions made worse by rule: the same ones every time, each from the question and its id alone."""

import random
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cached_property

import opencc
from pypinyin import Style, lazy_pinyin
from pypinyin.contrib.tone_convert import to_normal
from pypinyin.pinyin_dict import pinyin_dict

from kiosk.search.sounds import fold_syllable
from kiosk.tables.build import dictionary_path, dictionary_words

COMMON = 3_500
"""Characters that a person may write by mistake: the commonest of the dictionary."""

LOOK_ALIKES = (
    "未末 己已巳 士土 人入 天夫无 干千于 贷货 侯候 拨拔 折拆析 买卖 大太犬 日曰目 木本术 石右 今令 免兔 户尸 刀力 "
    "办为 由甲申 田由 牛午 王玉主 白百自 几九 风凤 万方 住往 佳住 徒徙 怒恕 晴睛 情清请 很狠 渴喝 抢枪 拉位 受爱 "
    "老考 孝考 历厉 厂广 压庄 庆床 仓仑 论伦 抵低 底低 债侦 偿尝 赔陪 补朴 社杜 村材 财材 证征 政正 准淮 冶治 冷泠 "
    "析折 诉拆 辨辩 辫辨 候喉 壮状 壯壮 夭天 子孑 侍待 特持 待持 诗持 律津 建健 婚昏 烟姻 妨防 访防 坊妨 抚扶 赡瞻 "
    "场扬 杨扬 汤场 阳阴 险验 检险 俭捡 推堆 准谁 维唯 堆谁 迫追 退追 遣遗 赌睹 暑署 著署 借惜 措错 腊猎 幼幻 享亨 "
    "哀衰 裁栽 载裁 戴载 遂逐 廷延 庭廷 延廷 第弟 管菅 薄簿 簿薄 籍藉 蓝篮 账帐 胀账 帐账 驾架 货贷 贺货 资贫 贪贫 "
    "责贵 费贵 领颁 预颁 顶项 须顺 顾硕 顷项 例列 冽列 刑形 型刑 判叛 刊判 到倒 别剐 副幅 福幅 割害 劝功 动劫 助肋 "
    "勤勒 句勾 匀勺 区匹 医匹 协办 卫印 印卯 却脚 去丢 友反 发友 取耻 叙叔 变恋 古右 可司 同回 名各 各名 合会 员贝"
).split()
"""Characters that are taken for one another by the eye."""


class Worse:
    """Makes questions worse."""

    @cached_property
    def rules(self) -> Mapping[str, Callable[[str, str], str]]:
        """Name of the rule → question and its id to the worse question; unchanged where the rule finds nothing."""
        return {
            "traditional": lambda text, _: self._to_traditional.convert(text),
            "homophone": lambda text, name: _replaced(text, name, self._homophones),
            "near-homophone": lambda text, name: _replaced(text, name, self._near),
            "look-alike": lambda text, name: _replaced(text, name, self._alike),
            "pinyin": lambda text, _: pinyin(text),
        }

    @cached_property
    def _to_traditional(self) -> opencc.OpenCC:
        return opencc.OpenCC("s2t")

    @cached_property
    def _common(self) -> list[str]:
        counts: defaultdict[str, int] = defaultdict(int)
        for word, count in dictionary_words(dictionary_path()).items():
            for character in word:
                counts[character] += count
        return sorted(counts, key=lambda character: (-counts[character], character))[:COMMON]

    @cached_property
    def _homophones(self) -> dict[str, list[str]]:
        """Character → others of the same sound, the tone included, commonest first."""
        return _alike_by(self._common, lambda character: pinyin_dict[ord(character)].split(",")[0])

    @cached_property
    def _near(self) -> dict[str, list[str]]:
        """Character → others that only a trained ear tells apart, of another syllable, commonest first."""
        alike = _alike_by(self._common, lambda character: fold_syllable(_plain(character)))
        return {
            character: [other for other in others if _plain(other) != _plain(character)]
            for character, others in alike.items()
        }

    @cached_property
    def _alike(self) -> dict[str, list[str]]:
        alike: defaultdict[str, list[str]] = defaultdict(list)
        for group in LOOK_ALIKES:
            for character in group:
                alike[character] += [other for other in group if other != character]
        return dict(alike)


def pinyin(text: str) -> str:
    """Return the toneless pinyin of a text, without what is not Chinese."""
    return "".join(lazy_pinyin(text, style=Style.NORMAL, errors="ignore")).replace("ü", "v")


def initials(text: str) -> str:
    """Return the first letters of a text's syllables."""
    return "".join(each[0] for each in lazy_pinyin(text, style=Style.NORMAL, errors="ignore"))


def _plain(character: str) -> str:
    return str(to_normal(pinyin_dict[ord(character)].split(",")[0]))


def _alike_by(characters: list[str], key: Callable[[str], str]) -> dict[str, list[str]]:
    groups: defaultdict[str, list[str]] = defaultdict(list)
    known = [character for character in characters if ord(character) in pinyin_dict]
    for character in known:
        groups[key(character)].append(character)
    return {character: [other for other in groups[key(character)] if other != character] for character in known}


def _replaced(text: str, name: str, others: Mapping[str, list[str]]) -> str:
    """Return a text with one character replaced by one of the three commonest that may be taken for it."""
    places = [place for place, character in enumerate(text) if others.get(character)]
    if not places:
        return text
    dice = random.Random(f"{name} {text}")
    place = dice.choice(places)
    return text[:place] + dice.choice(others[text[place]][:3]) + text[place + 1 :]
