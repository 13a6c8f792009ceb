"""Which questions are cries for help, and whom to call. Pure.

A number that stands before everything else must be right: it is shown only for something that is happening. 防火期,
防骗知识 and 火灾补助 are questions about rules and money, and have ordinary answers.
"""

import re
from dataclasses import dataclass

from kiosk.search import cries


@dataclass(frozen=True, slots=True)
class Rescue:
    """Whom to call: the number and who answers there."""

    phone: str
    label: str


@dataclass(frozen=True, slots=True)
class _Rule:
    rescue: Rescue
    cry: re.Pattern[str]
    calm: re.Pattern[str]


CRIES = tuple(
    (
        "着火 着火了 起火了 失火了 煤气泄漏 被骗 被骗了 我被骗了 上当了 诈骗电话 喝农药 喝农药了 喝了农药 中毒 "
        "中毒了 煤气中毒 昏倒 昏倒了 晕倒了 摔断腿 摔断了 骨折了 触电了 溺水 落水了 被蛇咬了 心脏病发作 车祸 "
        "出车祸了 撞人了 翻车了 打人 有人打人 打架 家暴 抢劫 进贼了 小偷 走丢了 报警 救命 不想活 不想活了 自杀 "
        "救护车 火警 "
    ).split()
)
"""How it is cried, for the keyboard that reads pinyin: these come before other words of the same sound."""

_KNOWLEDGE = (
    r"预防|防范|防止|防骗|防诈|反诈|防火|防灾|防汛|防溺水|防毒|识别|怎么防|如何防|避免|远离|知识|宣传|演练|常识|教程|套路|手段"
    r"|种类|类型|案例|讲座|培训|隐患|举报奖励"
)
_MONEY = (
    r"补助|补贴|救助|赔偿|理赔|赔付|赔多少|赔不赔|能赔|怎么赔|赔吗|赔钱|报销|能报|保险|工伤|认定|责任|鉴定|慰问|抚恤|丧葬|医保"
    r"|证明|登记|申请|条件|标准|材料|灾后|重建|安置|后遗症|进度|年检|考试|资格|许可|期间|护林|灭火器|消防证|残疾证|伤残|宣告|谁赔|不管$|急用钱|过渡"
)
_LAW = r"处罚|罚款|判几年|判刑|怎么判|坐牢|拘留|立案|起诉|打官司|法律|条例|规定|政策|法条|违法吗|犯法|仲裁|法律援助"


def _rule(phone: str, label: str, cry: str, *calm: str) -> _Rule:
    return _Rule(Rescue(phone, label), re.compile(cry), re.compile("|".join(calm)))


_RULES = (
    _rule(
        "12356",
        "心理援助热线，情况紧急打120或110",
        cries.DESPAIR,
        _KNOWLEDGE,
        cries.LONG_AGO,
        r"保险|赔|法律",
    ),
    _rule("120", "急救", cries.SICKNESS, _KNOWLEDGE, _MONEY, _LAW, cries.LONG_AGO, cries.PRICE_OR_TIME),
    _rule(
        "122",
        "交通事故报警，有人受伤先打120",
        cries.CRASH,
        _KNOWLEDGE,
        _MONEY,
        _LAW,
        cries.LONG_AGO,
        cries.PRICE_OR_TIME,
        r"撞过|修一|咋修|怎么修|哪里修|修车",
    ),
    _rule(
        "119",
        "火警",
        cries.FIRE,
        _KNOWLEDGE,
        _MONEY,
        _LAW,
        cries.LONG_AGO,
        cries.PRICE_OR_TIME,
        r"点火|隐患|着火点|生火|起火做|打着火|打不着火",
    ),
    _rule(
        "96110",
        "反诈专线，钱已转出请马上打110",
        cries.FRAUD,
        _KNOWLEDGE,
        r"处罚|判几年|判刑|怎么判|坐牢|法律规定|条例|政策",
        r"小说|电视|电影|故事|啥意思|什么意思",
    ),
    _rule(
        "110",
        "报警",
        cries.CRIME,
        _KNOWLEDGE,
        _LAW,
        r"补助|补贴|赔偿|保险|证明|申请|宣告|多少钱|工作|对象|报警(?:人|器|记录|回执)",
        cries.LONG_AGO,
    ),
)


def rescue_for(question: str) -> Rescue | None:
    """Return whom to call first; None if the question is no emergency.

    Args:
        question: Folded.
    """
    plain = re.sub(r"\s+", "", question).replace("著", "着")  # the one traditional form that folding leaves as it is
    return next((rule.rescue for rule in _RULES if rule.cry.search(plain) and not rule.calm.search(plain)), None)
