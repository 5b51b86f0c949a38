"""The name and number a resident left: sealed on the way in, opened only to be masked in a view."""

import re
import unicodedata
from uuid import UUID

from server.base import seal
from server.base.errors import wrong
from server.cases.record.files import CaseFile

_MOBILE = re.compile(r"(?:\+?86)?(1[3-9]\d{9}|16\d{9})", re.ASCII)
_LANDLINE = re.compile(r"0\d{9,11}|\d{7,8}", re.ASCII)
_BETWEEN = re.compile(r"[\s\-–—()（）]+")
LONGEST_PHONE = 30


def clean_phone(raw: str) -> str | None:
    """The number as digits; None where none was left. Raises Invalid naming `phone`."""
    text = _BETWEEN.sub("", unicodedata.normalize("NFKC", raw[: LONGEST_PHONE + 1]))
    if not text:
        return None
    mobile = _MOBILE.fullmatch(text)
    if mobile:
        return mobile[1]
    if len(raw) <= LONGEST_PHONE and _LANDLINE.fullmatch(text):
        return text
    raise wrong("phone", "not-a-phone", "电话号码不对，请核对，也可以不填。")


def sealed(column: str, value: str | None, case_id: UUID) -> bytes | None:
    """The value sealed for one cell of this case."""
    return seal.seal(value, aad=cell(column, case_id)) if value else None


def blind_phone(phone: str | None) -> bytes | None:
    """What the number is found by, without being there."""
    return seal.blind(phone, "phone") if phone else None


def raiser_name(case: CaseFile) -> str:
    return _opened("name_sealed", case.name_sealed, case.id)


def raiser_phone(case: CaseFile) -> str:
    return _opened("phone_sealed", case.phone_sealed, case.id)


def _opened(column: str, value: bytes | None, case_id: UUID) -> str:
    return seal.open(bytes(value), aad=cell(column, case_id)) if value else ""


def cell(column: str, case_id: UUID) -> str:
    """What a value of this case is sealed for, and opens in alone."""
    return f"cases:{column}:{case_id}"
