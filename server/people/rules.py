"""What makes an identity number or a phone number one that can be."""

import re

_ID_NO = re.compile(r"\d{17}[\dX]", re.ASCII)
_PHONE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def id_check(digits17: str) -> str:
    """The last character of an identity number (GB 11643) by the seventeen before it."""
    total = sum(int(digit) * weight for digit, weight in zip(digits17, _WEIGHTS, strict=True))
    return _CHECKS[total % 11]


def valid_id_no(text: str) -> bool:
    return bool(_ID_NO.fullmatch(text)) and id_check(text[:17]) == text[17]


def valid_phone(text: str) -> bool:
    """A mobile number of the mainland: eleven digits."""
    return bool(_PHONE.fullmatch(text))
