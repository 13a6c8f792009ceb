"""Dates, times, money, measures, shares and counts as they are said: pure."""

import re

from kiosk.speech.numerals import cardinal, digit_by_digit, number

_NUMBER = r"\d+(?:\.\d+)?"
_TO = r"\s*(?:[—–―─~～至到-]+)\s*"
_UNITS = {
    "km²": "平方公里",
    "m²": "平方米",
    "m2": "平方米",
    "㎡": "平方米",
    "m³": "立方米",
    "m3": "立方米",
    "km/h": "公里每小时",
    "kWh": "千瓦时",
    "kW": "千瓦",
    "km": "公里",
    "kg": "公斤",
    "mg": "毫克",
    "cm": "厘米",
    "mm": "毫米",
    "ml": "毫升",
    "mL": "毫升",
    "hm²": "公顷",
    "℃": "摄氏度",
    "°C": "摄氏度",
    "m": "米",
    "g": "克",
    "t": "吨",
    "L": "升",
    "h": "小时",
}
_UNIT = re.compile(rf"(?<=\d)\s*({'|'.join(map(re.escape, sorted(_UNITS, key=len, reverse=True)))})(?![A-Za-z])")
_MEASURES = (
    "个 亩 张 份 人 名 户 次 天 年 周岁 周 岁 位 本 种 件 套 只 头 项 款 家 间 所 台 部 辆 元 块 角 分钟 小时 米 公里 公斤 公顷 斤 吨 克 升 厘米"
    " 毫米 毫升 平方米 平方公里 立方米 倍 万 亿 字 页 步 组 批 代 遍 回 届 段 瓶 袋 盒 支 根 棵 株 口 处 座 栋 条 门 笔 寸照片 边 方 者 点 层 成"
).split()
_LIANG = re.compile(rf"(?<![\d.第点分])2(?=(?:{'|'.join(_MEASURES)}))(?!个?月\d|年级|人称|点[\d一二三四五六七八九十])")
_YEAR = r"(?:1[89]|20)\d{2}"
_PER = re.compile(
    rf"((?:{_NUMBER}{_TO})?{_NUMBER}[万亿]?元)/([\u4e00-\u9fff]{{1,3}}?(?:[·/][\u4e00-\u9fff]{{1,3}}?)*)(?=$|[^\u4e00-\u9fff]|[（(])"
)
"""元 per something, where what follows ends there."""
_PER_KNOWN = re.compile(
    rf"((?:{_NUMBER}{_TO})?{_NUMBER}[万亿]?元)/((?:人|年|月|日|天|次|亩|户|斤|公斤|吨|头|只|张|份|本|床|台|辆|平方米|学年|学期|生|件|例|周|小时)"
    r"(?:[·/](?:人|年|月|日|天|次|亩|户|学年|学期|周|小时))*)"
)


def spoken_amounts(text: str) -> str:
    """Return a text without digits: years digit by digit, counts as counts, 2 as 两 before measure words."""
    text = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)
    text = _dates(text)
    text = _money(text)
    text = _shares(text)
    text = _UNIT.sub(lambda found: _UNITS[found[1]], text)
    text = re.sub(r"(?<![\d\w])-(?=\d+(?:\.\d+)?摄氏度)", "零下", text)
    text = re.sub(rf"(?<=[\d日月年元岁点分度天时个周人])(?<!第)\s*(?:[—–―─~～]+|-+|至)\s*(?=\d|第\d|周)", "到", text)
    text = re.sub(r"周([一二三四五六日])\s*(?:[—–―─~～-]+|至)\s*周?(?=[一二三四五六日])", r"周\1到周", text)
    text = re.sub(r"(?<![\d\w])-(?=\d)", "负", text)
    text = _LIANG.sub("两", text)
    text = re.sub(r"(?<!\d)0\d+(?!\d|\.)", lambda found: digit_by_digit(found[0]), text)
    return re.sub(_NUMBER, lambda found: number(found[0]), text)


def _dates(text: str) -> str:
    text = re.sub(
        rf"[〔\[（(]\s*({_YEAR})\s*[〕\])）]\s*第?\s*(\d+)\s*号",
        lambda found: f"，{digit_by_digit(found[1])}年，{cardinal(found[2])}号",
        text,
    )
    text = re.sub(
        rf"(?<!\d)({_YEAR})([-/.])(\d{{1,2}})\2(\d{{1,2}})(?!\d)",
        lambda found: f"{found[1]}年{int(found[3])}月{int(found[4])}日",
        text,
    )
    text = re.sub(rf"(?<!\d)({_YEAR})(?={_TO}{_YEAR}年)", lambda found: digit_by_digit(found[1]), text)
    text = re.sub(rf"(?<!\d)({_YEAR})(?=年(?!以[上下内]))", lambda found: digit_by_digit(found[1]), text)
    text = re.sub(rf"(?<=[零一二三四五六七八九年]){_TO}(?=[一二三四五六七八九零]{{4}}年)", "到", text)
    text = re.sub(r"(?<![\d满.])([056789][05])后(?!\d)", lambda found: digit_by_digit(found[1]) + "后", text)
    text = re.sub(r"(?<![\d:：])([01]?\d|2[0-4])[:：]([0-5]\d)(?:[:：][0-5]\d)?(?![\d:：])", _time, text)
    text = re.sub(rf"(?<=[点分]){_TO}(?=[零一二三四五六七八九十]+点)", "到", text)
    return re.sub(rf"({_NUMBER})\s*[:：]\s*({_NUMBER})(?![\d:：])", r"\1比\2", text)


def _time(found: re.Match[str]) -> str:
    hour = cardinal(str(int(found[1])))
    hour = "两" if hour == "二" else hour
    minute = found[2]
    if minute == "00":
        return f"{hour}点"
    return f"{hour}点{'零' if minute[0] == '0' else ''}{cardinal(str(int(minute)))}分"


def _money(text: str) -> str:
    text = re.sub(r"(\d+)\.(\d*?)0+(?=[万亿]?元)", lambda found: found[1] + (f".{found[2]}" if found[2] else ""), text)
    text = re.sub(
        rf"¥\s*({_NUMBER})([万亿]?)元?",
        lambda found: f"{re.sub(r'[.]?0+$', '', found[1]) if '.' in found[1] else found[1]}{found[2]}元",
        text,
    )
    for pattern in (_PER_KNOWN, _PER):
        text = pattern.sub(lambda found: "".join(f"每{unit}" for unit in re.split("[·/]", found[2])) + found[1], text)
    return text


def _shares(text: str) -> str:
    text = re.sub(
        rf"({_NUMBER})%?{_TO}({_NUMBER})%",
        lambda found: f"百分之{number(found[1])}到百分之{number(found[2])}",
        text,
    )
    text = re.sub(rf"({_NUMBER})%", lambda found: f"百分之{number(found[1])}", text)
    text = re.sub(rf"({_NUMBER})‰", lambda found: f"千分之{number(found[1])}", text)
    return re.sub(
        r"(?<![\d/.])(\d{1,3})/(\d{1,4})(?![\d/.])",
        lambda found: f"{cardinal(found[2])}分之{cardinal(found[1])}",
        text,
    )
