"""From what was sent to what was meant: one Struct, or a problem that names each wrong field."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, Any, TypeVar, get_args, get_origin

import msgspec
from msgspec import Struct
from sanic import Request

from server.base.errors import FieldError, Invalid
from server.web.forms import Form
from server.web.problems import Malformed, TooLarge, WrongType

S = TypeVar("S", bound=Struct)

BODY_LIMIT = 1_000_000  # bytes
DEPTH_LIMIT = 32
Count = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]  # what a column of whole numbers holds
_NUL = re.compile(rb"\\u0000")
_OPENING = re.compile(rb"[\[{]")


class Body(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a caller sends: a name nobody knows is refused, so that a misspelt one is noticed."""


class Nothing(Struct, frozen=True, kw_only=True):
    """A form that is one button."""


def parse(request: Request, wanted: type[S]) -> S:
    """The body of this request as `wanted`: JSON for the phone API, the filled-in form for a page.

    Raises Malformed if it cannot be read, Invalid naming every wrong field if it can.
    """
    form = typed(request)
    if form is not None:
        return fill(form, wanted)
    return read_json(request.body, request.headers.get("content-type", ""), wanted)


def glance(request: Request, wanted: type[S]) -> S | None:
    """Some fields of a JSON body ahead of all others, to know which shape the whole of it has."""
    try:
        seen: S = _decoder(wanted).decode(request.body)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None
    return seen


def typed(request: Request) -> Form | None:
    """The form of this request as it was filled in, to show it again; None if there is none."""
    return getattr(request.ctx, "form", None)


def read_json(body: bytes, content_type: str, wanted: type[S]) -> S:
    """Strict JSON: UTF-8, no NaN, no deep nesting, no unknown field, no NUL."""
    if content_type.partition(";")[0].strip().lower() != "application/json":
        raise WrongType
    if len(body) > BODY_LIMIT:
        raise TooLarge
    if not _NUL.search(body) and len(_OPENING.findall(body)) <= DEPTH_LIMIT:
        try:
            meant: S = _decoder(wanted).decode(body)
            return meant
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            pass  # The careful way below says what is wrong.
    return _convert(_plain(body), wanted)


def _plain(body: bytes) -> Any:
    try:
        value = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as cause:
        raise Malformed from cause
    return _tidied(value, DEPTH_LIMIT)


def _tidied(value: Any, levels: int) -> Any:
    """The same value without NUL characters, which no database column takes."""
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, dict | list) and levels == 0:
        raise Malformed
    if isinstance(value, dict):
        return {_tidied(k, levels): _tidied(v, levels - 1) for k, v in value.items()}
    if isinstance(value, list):
        return [_tidied(each, levels - 1) for each in value]
    return value


def _convert(value: Any, wanted: type[S]) -> S:
    if not isinstance(value, dict):
        raise Malformed
    try:
        return msgspec.convert(value, wanted)
    except msgspec.ValidationError:
        raise Invalid(*_wrong(value, wanted, strict=True)) from None


def fill(form: Form, wanted: type[S]) -> S:
    """The words of a form as `wanted`. An empty input is as good as none; other names are left.

    A field that is a list takes every value of its name. Dots in a name make a nested Struct.
    """
    value = _nested(form, wanted)
    try:
        return msgspec.convert(value, wanted, strict=False)
    except msgspec.ValidationError:
        raise Invalid(*_wrong(value, wanted, strict=False)) from None


def parse_query(request: Request, wanted: type[S]) -> S:
    """The query string as `wanted`. Names it does not know are left alone: WeChat adds its own."""
    words = {
        name: [str(value).replace("\0", "") for value in values]
        for name, values in request.args.items()
    }
    return fill(Form(words=words), wanted)


def _nested(form: Form, wanted: type[Struct], prefix: str = "") -> dict[str, Any]:
    value: dict[str, Any] = {}
    for each in msgspec.structs.fields(wanted):
        name = prefix + each.encode_name
        inner = _struct_in(each.type)
        if inner is not None:
            if nested := _nested(form, inner, f"{name}."):
                value[each.encode_name] = nested
            continue
        given = [word for word in form.all(name) if word.strip()]
        if given:
            value[each.encode_name] = given if _is_list(each.type) else given[0]
    return value


def _struct_in(kind: Any) -> type[Struct] | None:
    for each in () if get_origin(kind) in (list, tuple, dict) else (kind, *get_args(kind)):
        if isinstance(each, type) and issubclass(each, Struct):
            return each
    return None


def _is_list(kind: Any) -> bool:
    return any(get_origin(each) in (list, tuple) for each in (kind, *get_args(kind)))


def _wrong(value: Mapping[str, Any], wanted: type[Struct], *, strict: bool) -> list[FieldError]:
    """Every wrong field of a body, not only the first."""
    wrong = []
    known = {each.encode_name: each for each in msgspec.structs.fields(wanted)}
    for name, each in known.items():
        if name in value:
            wrong += _wrong_value(name, value[name], each.type, strict=strict)
        elif each.required:
            wrong.append(FieldError(name, "missing", "这一项要填。"))
    unknown = [name for name in value if name not in known] if strict else []
    wrong += [FieldError(name[:80], "unknown", "没有这一项。") for name in unknown[:20]]
    return wrong or [FieldError("", "invalid", Malformed.sentence)]


def _wrong_value(name: str, value: Any, kind: Any, *, strict: bool) -> list[FieldError]:
    try:
        msgspec.convert(value, kind, strict=strict)
    except msgspec.ValidationError as cause:
        inner = _struct_in(kind)
        if inner is not None and isinstance(value, dict):
            return [
                FieldError(f"{name}.{each.field}".rstrip("."), each.code, each.detail)
                for each in _wrong(value, inner, strict=strict)
            ]
        return [FieldError(name + _place(str(cause)), "wrong", _sentence(str(cause)))]
    return []


def _place(message: str) -> str:
    """Where inside the field: msgspec says "… - at `$[3].x`"."""
    found = re.search(r"at `\$(.*)`$", message)
    return found.group(1) if found else ""


_SENTENCES = (
    ("length <=", "太长了，请缩短一些。"),
    ("length >=", "这一项要填。"),
    ("Invalid enum value", "没有这个选项，请重新选。"),
    ("<=", "太大了。"),
    (">=", "太小了。"),
    ("Expected `int", "这里要填数字。"),
    ("Expected `float", "这里要填数字。"),
    ("datetime", "时间的写法不对。"),
    ("date", "日期的写法不对。"),
    ("UUID", "没有认出选的是哪一个，请重新选。"),
    ("Expected `array`", "这里要给出一个或几个。"),
    ("Expected `bool`", "这里只能填是或否。"),
)


def _sentence(message: str) -> str:
    return next((told for sign, told in _SENTENCES if sign in message), "这一项填得不对。")


@lru_cache(maxsize=256)
def _decoder(wanted: type[Any]) -> "msgspec.json.Decoder[Any]":
    return msgspec.json.Decoder(wanted)
