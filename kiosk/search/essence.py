"""What a question is about, without the words with which any matter of an office is asked for. Pure.

怎么办, 要什么材料, 多少钱 and 在哪办 stand beside every matter and speak for none. Who asks in one breath says one
word of the matter and three of asking, so that the asking would weigh more than the matter. 几点, 在哪 or 能吃什么 are
not among them: nobody asks so for a benefit, and they tell a question for a service point from any other.
"""

import re
from typing import Final

_PAPERS: Final = "材料|手续|条件|资料|证件|东西|流程|步骤|标准"
_WHAT: Final = "什么|哪些|啥子|啥|哪样|么子"
_HOW: Final = "怎么样|怎么|怎样|如何|咋样|咋个|咋"
_DONE: Final = "办理|办|弄|搞|整|申请"
_OF_ASKING: Final = re.compile(
    r"\s|[？?！!，,。]"
    rf"|(?:需要|要|带|准备|交|有|满足|符合)*(?:{_WHAT})(?:{_PAPERS})"
    rf"|(?:{_DONE})?(?:{_PAPERS})$"
    r"|(?:要|去|上|到|该)*(?:找|问)(?:谁|哪个|哪里|哪儿)"
    rf"|(?:去|到|在|上)*(?:哪里|哪儿|哪|什么地方|啥地方)(?:去)?(?:{_DONE})"
    rf"|(?:该|要)?(?:{_HOW})(?:去)?(?:{_DONE})"
    rf"|^(?:{_HOW})"
    r"|(?:要|是|得)?多少钱?$|(?:什么|啥)时候$"
    r"|^(?:请问|问一下|问问|你好)+|^(?:我想问|我想|我要|我们|我家)(?:一下)?|[的了吗呢吧啊呀嘛]+$|(?<![什怎这那多])么$"
)


def essence(text: str) -> str:
    """Return what is left of a question when its words of asking are taken away; empty if it had no others.

    Args:
        text: Folded.
    """
    return _OF_ASKING.sub("", text)
