"""Which questions are cries for help, and whom to call. Pure.

A number that stands before everything else must be right: it is shown only for something that is happening. 防火期,
防骗知识 and 火灾补助 are questions about rules and money, and have ordinary answers.
"""

import re
from dataclasses import dataclass


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
    r"|证明|登记|申请|条件|标准|材料|灾后|重建|安置|后遗症|进度|年检|考试|资格|许可|期间|护林|灭火器|消防证|宣告"
)
_LAW = r"处罚|罚款|判几年|判刑|怎么判|坐牢|拘留|立案|起诉|打官司|法律|条例|规定|政策|法条|违法吗|犯法|仲裁|法律援助"


def _rule(phone: str, label: str, cry: str, *calm: str) -> _Rule:
    return _Rule(Rescue(phone, label), re.compile(cry), re.compile("|".join(calm)))


_WHO = (
    r"(?:老公|老婆|丈夫|妻子|爱人|男人|婆婆|公公|儿子|女儿|孩子|小孩|娃|爸|爸爸|妈|妈妈|爹|娘|爷爷|奶奶|老人|老头|邻居|有人"
    r"|别人|人家|他|她|村干部|老板)"
)

_RULES = (
    _rule(
        "12356",
        "心理援助热线，情况紧急打120或110",
        r"不想活|自杀|想死|活不下去|寻短见|轻生|要?跳楼|跳河|割腕|活着没意思|活腻",
        _KNOWLEDGE,
        r"保险|赔|法律",
    ),
    _rule(
        "120",
        "急救",
        r"[喝吃服](?:了|下)?.{0,3}(?:农药|百草枯|敌敌畏|除草剂|老鼠药|毒药|毒蘑菇|毒菌)|误[食服喝]|中毒"
        r"|昏倒|晕倒|昏迷|昏过去|晕过去|没有?(?:呼吸|心跳|知觉|气了)|不省人事|喘不[上过]气|呼吸困难|心脏病(?:犯|发)|心梗|脑梗了|中风了|脑出血"
        r"|摔断|断了?腿|腿断|胳膊断|手断|骨折|摔伤|摔倒|摔下|摔得|跌倒|大出血|流血不止|止不住血|血流不止|触电|电着了|被电(?![信话视脑动瓶商费台])"
        r"|溺水|掉[进到]?(?:水|河|井|塘|粪坑)|落水|淹着|噎住|噎着|卡住?喉|(?:吞|咽)[了下].{0,4}(?:硬币|电池|纽扣|钉子|针|异物)|高烧.{0,4}抽|惊厥|[心胸]口.{0,2}[疼痛]|胸痛|被毒?蛇咬|蛇咬|烫伤|烧伤|中暑|抽搐|羊水破|要生了|快生了"
        r"|救命(?!钱|稻草|恩人)|救护车|急救电话|快不行了|机器[绞轧压]",
        _KNOWLEDGE,
        _MONEY,
        _LAW,
    ),
    _rule(
        "122",
        "交通事故报警，有人受伤先打120",
        r"车祸|撞车|撞[了到倒]?人|被.{0,6}车.{0,2}撞|被撞|翻车|追尾|交通事故|肇事|撞死",
        _KNOWLEDGE,
        _MONEY,
        _LAW,
    ),
    _rule(
        "119",
        "火警",
        r"着火|起火|失火|火警|火灾|山火|烧起来|着起来|烧着了|救火|(?:煤气|燃气|液化气)(?:泄漏|漏)|漏(?:煤气|燃气)|爆炸|被困|被埋|被洪水",
        _KNOWLEDGE,
        _MONEY,
        _LAW,
        r"点火|隐患|着火点",
    ),
    _rule(
        "96110",
        "反诈专线，钱已转出请马上打110",
        r"被(?:人|他|她|电话|网上|网络|电信)?.{0,2}[骗诈]|骗了我|骗走|骗我|上当|受骗|[遇碰]到骗子|是不是(?:骗子|诈骗|骗人)|诈骗电话|骗子(?:打|叫|让|来)"
        r"|钱.{0,3}(?:转走|盗刷)|转[了过]?[账钱]?给(?:了)?(?:骗子|陌生|不认识)|涉嫌.{0,4}(?:洗钱|犯罪|诈骗|犯案).{0,6}(?:转|汇|打钱)|刷单.{0,4}[亏骗]"
        r"|[叫让要]我(?:转账|汇款|打钱|转钱)|安全账户|冒充|假(?:警察|公安|客服)|卡被(?:盗|刷走|刷了)",
        _KNOWLEDGE,
        r"处罚|判几年|判刑|怎么判|坐牢|法律规定|条例|政策",
    ),
    _rule(
        "110",
        "报警",
        rf"打人|被(?:人|{_WHO})?打(?:了|伤|死|$|怎|，)|{_WHO}(?:老|总|又|在|天天|经常)?打(?:我|孩子|老人|老婆|娃)|打架|家暴|家庭暴力"
        r"|抢劫|抢我|抢了我|被抢|小偷|进贼|有贼|被偷|偷了?我|杀人|砍人|持刀|拿刀|动刀|强奸|猥亵|性侵|绑架|拐卖|拐走|传销"
        r"|(?:孩子|小孩|娃|老人|人)(?:走失|走丢|丢了|不见了|找不到)|走丢|走失|失踪|报警|威胁我|跟踪我|砸门|非法拘禁|被关起来",
        _KNOWLEDGE,
        _LAW,
        r"补助|补贴|赔偿|保险|证明|申请|宣告",
    ),
)


def rescue_for(question: str) -> Rescue | None:
    """Return whom to call first; None if the question is no emergency.

    Args:
        question: Folded.
    """
    plain = re.sub(r"\s+", "", question).replace("著", "着")  # the one traditional form that folding leaves as it is
    return next((rule.rescue for rule in _RULES if rule.cry.search(plain) and not rule.calm.search(plain)), None)
