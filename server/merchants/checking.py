"""What somebody wrote about a merchant, made clean; everything that is wrong with it, by field."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from server.base import clock
from server.base.errors import FieldError, Invalid
from server.base.fields import clean_text
from server.merchants.rules import (
    DUTIES,
    KINDS,
    LICENSE_LIMIT,
    NAME_LIMIT,
    TRADES,
    tidy_uscc,
    uscc_trouble,
)

_PHONE = re.compile(r"(?=(?:[^0-9]*[0-9]){3})[0-9+() -]{3,20}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A merchant as the form has it, every field as it was typed."""

    kind: str = ""
    name: str = ""
    uscc: str = ""
    license_short: str = ""
    trade: str = ""
    phone: str = ""
    duties: Sequence[str] = ()
    signed_on: str = ""


def checked(written: Written, now: datetime) -> dict[str, Any]:
    """The columns that follow. Raises Invalid with every wrong field."""
    wrong: list[FieldError] = []
    taken = {
        "kind": _choice(wrong, "kind", written.kind, KINDS, "请选是店铺还是摊位。"),
        "name": _text(wrong, "name", written.name, NAME_LIMIT),
        "uscc": _uscc(wrong, written),
        "license_short": _text(wrong, "license_short", written.license_short, LICENSE_LIMIT),
        "trade": _choice(wrong, "trade", written.trade, TRADES, "请选做哪一行。"),
        "phone": _phone(wrong, written.phone),
        **_duties(wrong, written, now),
    }
    if not taken["name"] and not any(one.field == "name" for one in wrong):
        wrong.append(FieldError("name", "required", "请填店名或摊名。"))
    if wrong:
        raise Invalid(*wrong)
    return taken


def _choice(wrong: list[FieldError], field: str, raw: str, among: dict[str, str], said: str) -> str:
    if raw not in among:
        wrong.append(FieldError(field, "required", said))
    return raw


def _text(wrong: list[FieldError], field: str, raw: str, limit: int) -> str:
    try:
        return clean_text(raw, limit, field=field).replace("\n", " ")
    except Invalid as error:
        wrong += error.fields
        return ""


def _uscc(wrong: list[FieldError], written: Written) -> str | None:
    code = tidy_uscc(written.uscc[:60])
    if not code and written.kind == "vendor":
        return None
    trouble = uscc_trouble(code) if code else "店铺要填统一社会信用代码，在营业执照右上方。"
    if trouble:
        wrong.append(FieldError("uscc", "uscc-wrong" if code else "required", trouble))
    return code


def _phone(wrong: list[FieldError], raw: str) -> str | None:
    number = raw.strip()
    if number and not _PHONE.fullmatch(number):
        detail = "电话只写数字，可以带区号和短横，比如0477-1234567。"
        wrong.append(FieldError("phone", "not-a-phone", detail))
    return number or None


def _duties(wrong: list[FieldError], written: Written, now: datetime) -> dict[str, Any]:
    """门前三包: what was signed for, and on which day; the one needs the other."""
    duties = [key for key in DUTIES if key in written.duties]
    if len(duties) < len(set(written.duties)):
        wrong.append(FieldError("duties", "not-an-option", "请从列出的几项里选。"))
    day = _day(wrong, written.signed_on, now)
    if duties and not written.signed_on.strip():
        wrong.append(FieldError("signed_on", "required", "选了门前三包，请填哪天签的。"))
    elif day and not duties:
        wrong.append(FieldError("duties", "required", "填了签字日期，请选签了哪几项。"))
    return {"duties": duties, "duties_signed_on": day}


def _day(wrong: list[FieldError], raw: str, now: datetime) -> date | None:
    if not raw.strip():
        return None
    try:
        day = date.fromisoformat(raw.strip())
    except ValueError:
        wrong.append(FieldError("signed_on", "not-a-date", "日期请写成2026-05-01这样。"))
        return None
    if day > clock.local(now).date():
        wrong.append(FieldError("signed_on", "date-ahead", "这个日子还没到，请填已经签了的那天。"))
    return day
