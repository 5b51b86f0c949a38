"""Looking at words before anybody else reads them: what is sent back, and what a person looks at.

Numbers and addresses can be named exactly, so the giver is told at once and takes them out. A word
of a list may be meant well (别骂人), so it sends nothing back: it tells the clerk where to look.
"""

import re
import unicodedata

from server.base.errors import FieldError

ABUSE = (
    "傻逼 傻叉 煞笔 沙比 混蛋 王八 滚蛋 去死 妈的 操你 草泥马 你妈 脑残 废物 贱人 狗东西 畜生 人渣 "
    "不要脸 骗子 流氓 sb"
).split()
ADVERTISING = (
    "加微信 加我微信 微信号 加v vx 加群 进群 扫码领 免费领 优惠 打折 返利 代理 兼职 刷单 贷款 代开 "
    "发票 办证 出租 转让 推广 下单 公众号 招聘 开业"
).split()
LISTS = {"abuse": ABUSE, "advertising": ADVERTISING}

NUMBER = "请不要写电话、证件号这样的号码，点赞是大家都看得到的。删掉就可以。"
ADDRESS = "请不要写网址和邮箱，删掉就可以。"

_DIGITS = str.maketrans("〇零幺一二三四五六七八九壹贰叁肆伍陆柒捌玖", "001123456789123456789")
_DATE = re.compile(r"\d{2,4}([-/.])\d{1,2}\1\d{1,2}")
_APART = r"[\s\-_.·•,，、~*()]{0,2}"
# A mobile, also with something between its digits; an id number; anything of seven digits on end.
_NUMBERS = (
    re.compile(rf"1{_APART}[3-9](?:{_APART}\d){{9}}"),
    re.compile(rf"\d(?:{_APART}\d){{16}}{_APART}[\dx]"),
    re.compile(rf"0\d{{2,3}}{_APART}\d{{7,8}}"),
    re.compile(r"\d{7,}"),
)
_ADDRESSES = (
    re.compile(r"https?:|www\.|ftp:"),
    re.compile(r"[\w.+-]+@[\w-]+\.\w+", re.ASCII),
    re.compile(
        r"[a-z0-9-]+\.(com|cn|net|org|top|xyz|vip|cc|io|me|info|shop|site|wang)\b", re.ASCII
    ),
)
_NOT_A_WORD = re.compile(r"[\W_]+")


def faults(text: str) -> list[FieldError]:
    """What has to go before the words may be sent at all."""
    plain = _DATE.sub("日", _plain(text))
    found = []
    if any(pattern.search(plain) for pattern in _NUMBERS):
        found.append(FieldError("text", "number-in-praise", NUMBER))
    if any(pattern.search(plain) for pattern in _ADDRESSES):
        found.append(FieldError("text", "address-in-praise", ADDRESS))
    return found


def flag(text: str) -> str:
    """The list one of whose words is in it, `abuse` or `advertising`; "" where none is."""
    joined = _NOT_A_WORD.sub("", _plain(text))
    spoken = set(re.findall(r"[a-z]+", _plain(text)))
    for key, words in LISTS.items():
        for word in words:
            if word in spoken if word.isascii() else word in joined:
                return key
    return ""


def _plain(text: str) -> str:
    """The same for every way of writing it: full-width, capitals, Chinese numerals in a row."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    shown = "".join(one for one in folded if unicodedata.category(one) not in ("Cf", "Mn"))
    return re.sub(r"[〇零幺一二三四五六七八九壹贰叁肆伍陆柒捌玖\d\s-]{7,}", _as_digits, shown)


def _as_digits(found: re.Match[str]) -> str:
    return found[0].translate(_DIGITS)
