"""Measure words and units: what follows a number that counts something. Pure data."""

MEASURES = (
    *"个亩张份人名户次天年周岁位本种件套只头项款家间所台部辆元块角倍万亿字页步组批代遍回届段瓶袋盒支根棵株口处座栋条门笔边方者点层成",
    *"针片粒颗顿包箱桶杯场堂趟封幅队对双句床节样面米克斤吨升",
    *("周岁", "分钟", "小时", "学年", "学期", "公里", "公斤", "公顷", "平方公里", "平方米", "立方米", "厘米", "毫米"),
    *("毫克", "毫升", "千瓦", "千瓦时"),
)
"""Words before which 2 is 两, not 二."""

COUNTED = (*MEASURES, *"月日号级类寸分千百余多章期度里", "摄氏度")
"""Words that show that the number before them counts or orders, and is no telephone number."""

UNITS = {
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
"""Signs of units and how they are said."""

PER = (
    *"人年月日天周次亩户斤吨头只张份本床台辆生件例胎孩棵株口座套间度",
    *("人次", "年度", "学年", "学期", "小时", "公斤", "平方米", "平米", "公里"),
)
"""What an amount of money may be for each of: 元/月, 元/人·年."""


def either(words: tuple[str, ...] | dict[str, str]) -> str:
    """Return a pattern that matches the longest of these words."""
    return "|".join(sorted(words, key=len, reverse=True))
