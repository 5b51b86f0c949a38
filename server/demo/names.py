"""What things and people of the demo are called. All of it is invented and marked 演示.

The divisions down to the street exist; what is below, and everybody, does not.
"""

from server.demo.chance import Chance

MARK = "演示·"
CITY = ("150600", "鄂尔多斯市")
DISTRICT = ("150603", "康巴什区")
STREETS = (
    ("150603001", "哈巴格希街道"),
    ("150603002", "青春山街道"),
    ("150603003", "滨河街道"),
    ("150603008", "康新街道"),
)
COMMUNITIES = ("湖畔", "松涛", "青云", "望山", "临波", "芦苇", "新禾", "暖阳")
ESTATES = (
    "云锦苑", "松月里", "听涛园", "杏花里", "青禾苑", "揽月园", "望川里", "石榴园",
    "临湖苑", "白桦里", "芦花园", "沙棘里", "新晴苑", "麦浪园", "暖阳里", "老粮站家属院",
)  # fmt: skip
FIRMS = ("安居", "和顺", "青松", "晨光", "惠邻", "同心", "康泰", "绿原", "百家")
ROADS = ("乌兰木伦街", "鄂尔多斯大街", "永宁街", "沁园路", "文和路", "民族路", "吉日嘎朗图街")
GRID_NUMBERS = "一二三四五六七八九十"

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
    "苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙"
)
_GIVEN = (
    "建国", "志强", "秀英", "桂兰", "海燕", "晓东", "丽娜", "文静", "永胜", "春梅", "俊杰", "雪梅",
    "国庆", "红霞", "子涵", "浩然", "欣怡", "宇轩", "玉兰", "德福", "金凤", "立新", "凤英", "少华",
    "明亮", "振华", "晓燕", "思雨", "佳琪", "天宇", "瑞霞", "占军", "爱民", "素珍", "庆丰", "小玲",
)  # fmt: skip
_MONGOLIAN = (
    "巴雅尔", "其其格", "苏日娜", "阿拉坦", "朝鲁", "娜仁", "布和", "萨仁", "乌日娜", "宝音",
    "哈斯", "斯琴", "格日勒", "通拉嘎", "那顺",
)  # fmt: skip
_SHOPS = (
    "焖面馆", "便民超市", "水果店", "理发店", "药房", "小肥羊馆", "早餐铺", "干洗店",
    "五金店", "奶茶店", "烘焙坊", "手机维修", "文具店", "宠物店", "肉食店", "面馆",
    "烧卖馆", "洗车行", "眼镜店", "花店",
)  # fmt: skip
_STALLS = ("烤红薯摊", "早点摊", "果蔬摊", "修鞋摊")
_SHOP_WORDS = (
    "如意",
    "福顺",
    "草原情",
    "老地方",
    "好邻居",
    "小时候",
    "蓝天",
    "家和",
    "金穗",
    "北疆",
)


def person(chance: Chance) -> str:
    """演示-王秀英, 演示-巴雅尔: marked, plausible, nobody."""
    if chance.share(15):
        return f"演示-{chance.one_of(_MONGOLIAN)}"
    return f"演示-{chance.one_of(_SURNAMES)}{chance.one_of(_GIVEN)}"


def staff(chance: Chance, title: str) -> str:
    """Surname and role: 演示-李网格员."""
    return f"演示-{chance.one_of(_SURNAMES)}{title}"


def shop(chance: Chance, number: int) -> str:
    return f"{MARK}{chance.one_of(_SHOP_WORDS)}{chance.one_of(_SHOPS)}{number}号店"


def stall(number: int) -> str:
    """Of a vendor: 演示·烤红薯摊20号."""
    return f"{MARK}{_STALLS[number // 20 % len(_STALLS)]}{number}号"
