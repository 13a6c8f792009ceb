"""Which questions a service point is asked: those with a word of law, office, money, work or land in them. Pure.

Four thousand laws hold some of the words of any question. Where there is also content written for villagers, a question
that has neither a word of that content nor one of these is about something else, whatever law it may resemble.
"""

import re
from typing import Final

_OF_LAW: Final = re.compile(
    "法律|法规|法院|法定|合法|违法|犯法|非法|法人|立法|执法|[律刑民商诉保护施]法|法第|条例|规定|办法|细则|章程|"
    "准则|标准|司法|公文|文件|政策|第.{1,5}[条章款]|合同|协议|契约|借款|借钱|欠款|欠钱|还钱|债|担保|抵押|贷|"
    "利息|信用卡|银行|支票|票据|发票|税|罚|没收|赔|补偿|索赔|损失|责任|侵权|侵犯|告[他她我上]|起诉|上诉|诉讼|"
    "官司|仲裁|调解|律师|公证|证据|证人|判|刑|犯罪|坐牢|拘留|逮捕|取保|监狱|警察|公安|派出所|检察|举报|投诉|"
    "信访|行政|复议|申请|办理|登记|注册|备案|审批|许可|执照|营业|资质|资格|证书|证明|证件|签证|护照|出入境|"
    "户口|户籍|居住|身份|婚姻|结婚|离婚|抚养|抚育|赡养|监护|收养|继承|遗产|遗嘱|财产|产权|所有权|使用权|权利|"
    "权益|义务|专利|商标|著作权|版权|知识产权|股东|股权|破产|清算|公司|企业|个体户|投标|招标|采购|工资|工伤|"
    "劳动|加班|辞退|社保|保险|公积金|退休|养老|医保|医疗|救助|补贴|补助|津贴|报销|低保|残疾|抚恤|退役|征地|"
    "拆迁|土地|耕地|房产|物业|租房|租金|买卖|欺诈|诈骗|假货|消费者|质量问题|食品安全|污染|环保|噪音|噪声|扰民|"
    "环境|安全生产|消防|事故|伤害|伤残|医疗纠纷|疫苗|传染|入学|学籍|学历|教师资格|林木|采伐|渔业|捕捞|农药|"
    "种子|化肥|饲料|动物防疫|检疫|水利|取水|采矿|矿产|宗教|选举|村委会|居委会|计划生育|生育|彩礼|殡葬|烟花|枪|"
    "毒品|赌博|卖淫"
)


_OF_THE_VILLAGE: Final = re.compile(
    "干活|做工|打工|上班|老板|工头|工地|厂里|厂子|工厂|招工|押金|裁人|裁员|歇工|手艺|技术|学徒|小学|中学|初中|"
    "高中|大学|上学|念书|读书|学费|学校|幼儿园|补课|村里|村上|村干部|村委|乡里|镇政府|队里|选举|换届|候选|支书|"
    "意见|庄稼|种地|种田|种稻|种菜|果树|果园|粮食|秧|田里|田埂|承包|山地|山林|荒山|大棚|耕田|耕地|耕牛|养殖|"
    "养猪|养牛|养羊|养鸡|养鱼|死了|病死|瘟|盖房|建房|老屋|瓦房|新房|危房|房子|屋顶|墙|地基|宅基|坟|葬|火化|丧|"
    "住院|出院|看病|开刀|手术|医院|卫生院|治病|吃药|打针|残|瘫|聋|盲|失能|伺候|五保|敬老院|养老院|高龄|"
    "岁的?老人|怀孕|生娃|生孩子|快生|产假|娃|放几天假|定亲|订婚|嫁|娶|落户|迁|分家|分地|参军|当兵|退伍|军属|骗|"
    "转账|汇款|链接|手机卡|电话卡|银行卡|验证码|刷单|中奖|不退|退货|退钱|店家|卖家|假的|停电|断电|没电|跳闸|"
    "停水|没水|自来水|厕所|修路|占地|占田|交警|驾照|上牌|车祸|撞|台风|洪水|大水|山洪|冻坏|旱|淹|冰雹|失火|着火|"
    "救济|困难|穷|没饭吃|没钱|欠|挣钱|赡养|不孝|不管老|打我|动手|打人|邻居|隔壁|吵"
)


_OF_LEISURE: Final = re.compile(
    "天气|气温|下雨|下雪|刮风吗|股票|股市|大盘|基金|比特币|金价|黄金|汇率|彩票|双色球|大乐透|开奖|电视剧|韩剧|"
    "电影|综艺|动漫|小说|明星|演唱会|唱首|首歌|歌曲|老歌|的歌|京剧|跳舞|广场舞|游戏|王者|麻将|打牌|扑克|斗地主|"
    "象棋|篮球|足球|乒乓|nba|cba|世界杯|奥运|比分|球赛|抖音|快手|微博|直播间打赏|涨粉|淘宝|京东|拼多多|外卖|"
    "快递|包裹|打车|导航|火车票|机票|时刻表|几点的车|酒店|宾馆|旅游|景点|菜谱|红烧|清蒸|怎么炒|怎么炖|怎么煮|"
    "怎么烤|怎么腌|怎么包|炖烂|好吃|吃什么|火锅|饺子|面条|蛋糕|奶茶|减肥|瘦身|健身|化妆|口红|护肤|面膜|发型|"
    "理发|染发|穿什么|衣服便宜|毛衣|星座|属相|运势|算命|风水|解梦|梦见|生肖|拍照|自拍|美颜|充电|黑屏|死机|蓝屏|"
    "没声音|没信号|wifi|无线网|流量套餐|刷机|壁纸|铃声|电脑|空调|冰箱|洗衣机|汽车保养|省油|漏油|修车|修摩托|"
    "修手机|修电视|猫粮|狗粮|宠物|金鱼|养狗|养猫|钓鱼|鱼怎么钓|英语|单词|数学题|作文|笑话|谜语|讲个|故事|恋爱|"
    "追女|追男|相亲对象|女朋友|男朋友|总统|首都|首富|外星|宇宙|恐龙|几点开始|怎么织|失眠|头疼怎么|感冒|头发掉|"
    "爱吃饭|叛逆"
)


_OF_OTHERS: Final = re.compile(
    "明星|歌星|影星|童星|球星|网红|偶像|演唱会|电视剧|怎么(?:消毒|嫁接|剪枝|修枝|授粉|育苗|催芽|配种|孵|喂食|浇水|施肥|除草|"
    "追肥|打顶|搭架)|多久(?:浇|喂|施肥)|才(?:甜|好吃|长得|高产)|多少钱一[斤公]|一斤多少钱|[肉菜猪蛋粮米]价|瓷砖|"
    "装修(?:用|风格|材料|公司)|请柬|请帖|贺词|续航|去屑|美白|洗发|洗衣|牙膏|品牌|多少算正常|正常值|配方|饲料怎么|什么品种|多少公里|"
    "(?:哪里|哪儿|哪家|谁家|在哪).{0,2}卖[^房地药种农]{0,3}$|好看|好玩|婆媳|处不来|唠叨|不理我"
)
"""Whatever else is asked about these, no law and no office knows it."""


def is_of_others(text: str) -> bool:
    """Return whether a question is about people of fame, the craft of farming, or what something costs at the market.

    Args:
        text: Folded.
    """
    return bool(_OF_OTHERS.search(text))


def is_of_leisure(text: str) -> bool:
    """Return whether a question has a word of leisure, weather, cooking or gadgets in it.

    Args:
        text: Folded.
    """
    return bool(_OF_LEISURE.search(text))


def is_of_village(text: str) -> bool:
    """Return whether a question has a word of work, land, house, family or need in it.

    Args:
        text: Folded.
    """
    return bool(_OF_THE_VILLAGE.search(text))


def is_of_law(text: str) -> bool:
    """Return whether a question has a word of law, office or money in it.

    Args:
        text: Folded.
    """
    return bool(_OF_LAW.search(text))
