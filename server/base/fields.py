"""The kinds of answer people give when they do something, and how each is cleaned or refused.

What comes out is plain (text, numbers, lists), so it can be kept in a history and read back equal.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any
from uuid import UUID

from server.base.errors import FieldError, Invalid

TEXT_LIMIT = 1000
REASON_LIMIT = 500
PHOTOS_LIMIT = 9
ASSIST_LIMIT = 5
FARTHEST_DAYS = 366 * 3

_KEY = re.compile(r"[A-Za-z0-9_.-]{1,32}", re.ASCII)
_NUMBER = re.compile(r"\d{6,20}", re.ASCII)
_KEPT_CONTROLS = "\n"
_TWO_STOPS = re.compile(r"([。！？!?])。")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_KEPT_FORMAT = "\u200d\ufe0f"  # emoji are glued together with these
_BLANK = "\u115f\u1160\u2800\u3164\uffa0"  # letters by their category, and nobody sees them


class NotTaken(ValueError):
    """A value is refused: a stable code and a sentence for the person."""

    def __init__(self, code: str, detail: str) -> None:
        self.code, self.detail = code, detail
        super().__init__(detail)


def clean_text(value: object, limit: int = TEXT_LIMIT, *, field: str = "text") -> str:
    """The text a person meant: composed, trimmed, without control characters; "" where there is
    nothing to be seen.

    Line breaks stay. Raises Invalid, naming `field`, if it is no text or longer than `limit`.
    """
    try:
        return _clean(value, limit)
    except NotTaken as no:
        raise Invalid(FieldError(field, no.code, no.detail)) from None


def _clean(value: object, limit: int) -> str:
    if not isinstance(value, str):
        raise NotTaken("not-text", "这里要写文字。")
    text = value.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    text = text.replace("\u2028", "\n").replace("\u2029", "\n")
    if not text.isprintable():
        text = "".join(c for c in text if _is_kept(c))
    text = unicodedata.normalize("NFC", text).strip()
    if not any(_is_seen(c) for c in text):
        return ""
    if len(text) > limit:
        detail = f"最多{limit}字，现在多了{len(text) - limit}字。写好的都还在，删掉一些就行。"
        raise NotTaken("text-too-long", detail)
    return text


def ended_once(text: str) -> str:
    """Without the stop that follows a stop, where somebody's sentence was put into one of ours."""
    return _TWO_STOPS.sub(r"\1", text)


def _is_kept(character: str) -> bool:
    if character in _KEPT_CONTROLS or character in _KEPT_FORMAT:
        return True
    return unicodedata.category(character) not in _INVISIBLE


def _is_seen(character: str) -> bool:
    if character.isspace() or character in _KEPT_FORMAT or character in _BLANK:
        return False
    return not unicodedata.category(character).startswith("M")


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that may be asked of a person: its name on the wire, its label, its kind.

    `kind` is one of text, photos, id, ids, key, number, date, choice, count.
    """

    key: str
    title: str
    kind: str
    limit: int = 0
    options: tuple[tuple[str, str], ...] = ()

    def take(self, raw: object, *, today: date | None = None) -> Any:
        """The clean value of `raw`, or None for an empty one; raises NotTaken if it cannot be."""
        if raw is None or raw == "" or raw == [] or raw == ():
            return None
        return _TAKERS[self.kind](self, raw, today)

    def describe(self) -> dict[str, Any]:
        """What a form or an API document needs to know to ask for it."""
        said: dict[str, Any] = {"key": self.key, "title": self.title, "kind": self.kind}
        if self.limit:
            said["limit"] = self.limit
        if self.options:
            said["options"] = [{"key": key, "title": title} for key, title in self.options]
        return said

    def title_of(self, value: str) -> str:
        """The word people read for one of the options."""
        return dict(self.options)[value]


def _text(field: Field, raw: object, _today: date | None) -> str | None:
    return _clean(raw, field.limit or TEXT_LIMIT) or None


def _id(_field: Field, raw: object, _today: date | None) -> str:
    if isinstance(raw, UUID):
        return str(raw)
    if not isinstance(raw, str) or len(raw) > 36:
        raise NotTaken("not-an-id", "没有认出选的是哪一个，请重新选。")
    try:
        return str(UUID(raw))
    except ValueError:
        raise NotTaken("not-an-id", "没有认出选的是哪一个，请重新选。") from None


def _ids(field: Field, raw: object, today: date | None) -> list[str]:
    if not isinstance(raw, list | tuple):
        raise NotTaken("not-a-list", "这里要给出一个或几个，请重新选。")
    if len(raw) > field.limit:
        raise NotTaken("too-many", f"最多{field.limit}个，现在多了{len(raw) - field.limit}个。")
    return list(dict.fromkeys(_id(field, one, today) for one in raw))


def _photos(field: Field, raw: object, today: date | None) -> list[str]:
    if isinstance(raw, list | tuple) and len(raw) > field.limit:
        raise NotTaken("too-many-photos", f"照片最多{field.limit}张，请去掉几张。")
    return _ids(field, raw, today)


def _key(_field: Field, raw: object, _today: date | None) -> str:
    if not isinstance(raw, str) or not _KEY.fullmatch(raw):
        raise NotTaken("not-a-key", "没有这一项，请从列出的里面选。")
    return raw


def _number(_field: Field, raw: object, _today: date | None) -> str:
    text = _clean(raw, 40).replace(" ", "")
    if not _NUMBER.fullmatch(text):
        raise NotTaken("not-a-number", "编号不对，请核对后再填。")
    return text


def _date(_field: Field, raw: object, today: date | None) -> str:
    if not isinstance(raw, str) or len(raw) != 10:
        raise NotTaken("not-a-date", "请写日期，比如2026-12-01。")
    try:
        day = date.fromisoformat(raw)
    except ValueError:
        raise NotTaken("not-a-date", "请写日期，比如2026-12-01。") from None
    if today is not None and day < today:
        raise NotTaken("date-passed", "这个日子已经过了，请写今天以后的。")
    if today is not None and day - today > timedelta(days=FARTHEST_DAYS):
        raise NotTaken("date-too-far", "这个日子太远了，请写三年以内的。")
    return day.isoformat()


def _choice(field: Field, raw: object, _today: date | None) -> str:
    if not isinstance(raw, str) or raw not in dict(field.options):
        titles = "、".join(title for _, title in field.options)
        raise NotTaken("not-an-option", f"请从这几项里选：{titles}。")
    return raw


def _count(field: Field, raw: object, _today: date | None) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or not 0 <= raw <= field.limit:
        raise NotTaken("not-a-count", f"请写0到{field.limit}的整数。")
    return raw


_TAKERS = {
    "text": _text,
    "photos": _photos,
    "id": _id,
    "ids": _ids,
    "key": _key,
    "number": _number,
    "date": _date,
    "choice": _choice,
    "count": _count,
}

OUTCOMES = (
    ("fixed", "办好了"),
    ("explained", "只能说明"),
    ("planned", "排了计划"),
    ("not_ours", "不归我们管"),
)
LONGER = (("1wd", "1个工作日"), ("2wd", "2个工作日"), ("3wd", "3个工作日"), ("5wd", "5个工作日"))
SOLVED = (("yes", "解决了"), ("partly", "解决了一部分"), ("no", "还没有"))
RATINGS = (("satisfied", "满意"), ("fair", "基本满意"), ("dissatisfied", "不满意"))

FIELDS: Mapping[str, Field] = MappingProxyType(
    {
        field.key: field
        for field in (
            Field("text", "说明", "text", TEXT_LIMIT),
            Field("reason", "为什么", "text", REASON_LIMIT),
            Field("question", "想问清的事", "text", REASON_LIMIT),
            Field("call", "电话里怎么说的", "text", REASON_LIMIT),
            Field("photos", "照片", "photos", PHOTOS_LIMIT),
            Field("unit", "该由谁管", "id"),
            Field("post", "转给哪位同事", "id"),
            Field("assist", "请哪些单位协办", "ids", ASSIST_LIMIT),
            Field("longer", "延多久", "choice", options=LONGER),
            Field("category", "类型", "key"),
            Field("until", "到哪一天", "date"),
            Field("into", "并入哪一件，写编号", "number"),
            Field("outcome", "办得怎么样", "choice", options=OUTCOMES),
            Field("solved", "真的解决了吗", "choice", options=SOLVED),
            Field("rating", "对办理满意吗", "choice", options=RATINGS),
        )
    }
)
"""The kinds every flow may ask for; a flow may add its own."""
