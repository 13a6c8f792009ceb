"""Which questions laws can answer: those with a word of law, office or money in them. Pure.

Four thousand laws hold some of the words of any question. Where there is also content written for villagers, a question
that has neither a word of that content nor one of law is about something else, whatever law it may resemble.
"""

import re
from typing import Final

_OF_LAW: Final = re.compile(
    "法律|法规|法院|法定|合法|违法|犯法|非法|法人|立法|执法|[律刑民商诉保护施]法|法第|条例|规定|办法|细则|章程|准则|标准|司法|公文|文件|政策|第.{1,5}[条章款]"
    "|合同|协议|契约|借款|借钱|欠款|欠钱|还钱|债|担保|抵押|贷|利息|信用卡|银行|支票|票据|发票|税|罚|没收|赔|补偿|索赔|损失|责任|侵权|侵犯"
    "|告[他她我上]|起诉|上诉|诉讼|官司|仲裁|调解|律师|公证|证据|证人|判|刑|犯罪|坐牢|拘留|逮捕|取保|监狱|警察|公安|派出所|检察|举报|投诉|信访|行政|复议"
    "|申请|办理|登记|注册|备案|审批|许可|执照|营业|资质|资格|证书|证明|证件|签证|护照|出入境|户口|户籍|居住|身份|婚姻|结婚|离婚|抚养|抚育|赡养|监护|收养|继承"
    "|遗产|遗嘱|财产|产权|所有权|使用权|权利|权益|义务|专利|商标|著作权|版权|知识产权|股东|股权|破产|清算|公司|企业|个体户|法人|投标|招标|采购"
    "|工资|工伤|劳动|加班|辞退|社保|保险|公积金|退休|养老|医保|医疗|救助|补贴|补助|津贴|报销|低保|残疾|抚恤|退役|征地|拆迁|土地|耕地|房产|物业|租房|租金"
    "|买卖|欺诈|诈骗|假货|消费者|质量问题|食品安全|污染|环保|噪音|噪声|扰民|环境|安全生产|消防|事故|伤害|伤残|医疗纠纷|疫苗|传染|入学|学籍|学历|教师资格"
    "|林木|采伐|渔业|捕捞|农药|种子|化肥|饲料|动物防疫|检疫|水利|取水|采矿|矿产|宗教|选举|村委会|居委会|计划生育|生育|彩礼|殡葬|烟花|枪|毒品|赌博|卖淫"
)


def is_of_law(text: str) -> bool:
    """Return whether a question has a word of law, office or money in it.

    Args:
        text: Folded.
    """
    return bool(_OF_LAW.search(text))
