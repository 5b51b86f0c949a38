"""What makes an identity number, a phone number or a password one that can be."""

import re
import unicodedata

from server.base import fields
from server.base.errors import wrong

_ID_NO = re.compile(r"\d{17}[\dX]", re.ASCII)
_PHONE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_TYPED_PHONE = re.compile(r"(?:\+?86)?(1[3-9]\d{9})", re.ASCII)
_BETWEEN = re.compile(r"[\s\-–—()（）]+")
LONGEST_PHONE = 30
LONGEST_NAME = 20
SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 200
_COMMON = ("password", "123456", "qwerty", "admin", "abc123", "111111", "iloveyou", "mashang")


def id_check(digits17: str) -> str:
    """The last character of an identity number (GB 11643) by the seventeen before it."""
    total = sum(int(digit) * weight for digit, weight in zip(digits17, _WEIGHTS, strict=True))
    return _CHECKS[total % 11]


def valid_id_no(text: str) -> bool:
    return bool(_ID_NO.fullmatch(text)) and id_check(text[:17]) == text[17]


def valid_phone(text: str) -> bool:
    """A mobile number of the mainland: eleven digits."""
    return bool(_PHONE.fullmatch(text))


def clean_mobile(raw: str) -> str:
    """The mobile number somebody typed, as eleven digits. Raises Invalid naming `phone`."""
    text = _BETWEEN.sub("", unicodedata.normalize("NFKC", raw[: LONGEST_PHONE + 1]))
    found = _TYPED_PHONE.fullmatch(text)
    if found is None:
        raise wrong("phone", "not-a-mobile", "请填11位手机号。")
    return found[1]


def clean_name(raw: str) -> str:
    """The name somebody typed. Raises Invalid naming `name` where it is too long."""
    return fields.clean_text(raw, LONGEST_NAME, field="name")


def check_new_password(new: str, login: str, name: str) -> None:
    """Long, and not what everybody tries first; nothing else is asked. Raises Invalid for `new`."""
    if len(new) < SHORTEST_PASSWORD:
        raise wrong("new", "too-short", f"密码至少{SHORTEST_PASSWORD}个字符，可以用一句话。")
    if len(new) > LONGEST_PASSWORD:
        raise wrong("new", "too-long", f"密码最多{LONGEST_PASSWORD}个字符。")
    if _is_easy(new.casefold(), login.casefold(), name):
        raise wrong("new", "too-easy", "这个密码太容易猜，请换一个。一句只有自己知道的话就很好。")


def _is_easy(new: str, login: str, name: str) -> bool:
    """Few different characters, digits in a row, or little beside a word everybody tries."""
    if len(set(new)) < 5 or new in "01234567890123456789" or new in "98765432109876543210":
        return True
    left = new
    for word in (*_COMMON, login, name):
        left = left.replace(word, "") if word else left
    return len(left) < len(new) and len(left) < 6
