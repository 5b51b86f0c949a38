"""A form shown again: everything typed is in it, every error beside its field."""

import re
from collections.abc import Collection, Mapping

from sanic import Request

from server.base.errors import Conflict, Failure, Invalid
from server.pages.drawing import new_key
from server.pages.pictures import Pictures
from server.pages.rendering import Typed
from server.web import Form, status_of, typed

_OF_PAGE = re.compile(r"([0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})(?=-|$)")
HIDDEN = {"idempotency_key", "seen_version", "row", "back", "photo_ids", "remove", "password"}


def values_of(form: Form) -> dict[str, str]:
    """Every word as it was typed, several choices of one name in a row; never a password."""
    return {name: " ".join(form.all(name)) for name in form.words if name not in HIDDEN}


def refused(
    request: Request,
    fields: Collection[str],
    wrong: Failure | None = None,
    *,
    pictures: Pictures | None = None,
    move: str = "",
) -> Typed:
    """The form of this request as it was typed, for its page to show and answer with what is wrong.

    Errors of fields the page does not have go on top.
    """
    form, key = typed(request) or Form(), getattr(request.ctx, "key", "")
    return typed_again(form, fields, wrong=wrong, pictures=pictures, key=key, move=move)


def typed_again(
    form: Form,
    fields: Collection[str],
    *,
    wrong: Failure | None = None,
    pictures: Pictures | None = None,
    key: str = "",
    move: str = "",
) -> Typed:
    """The same of a form and a key that are not those of a request."""
    errors = dict(errors_of(wrong, fields)) if wrong else {}
    if pictures is not None and pictures.error:
        errors["photos"] = pictures.error
    return Typed(
        key=new_key() if isinstance(wrong, Conflict) or not key else _of_page(key),
        values=values_of(form),
        errors=errors,
        photos=pictures.shown if pictures else (),
        move=move,
        status=_status(wrong, pictures),
    )


def _status(wrong: Failure | None, pictures: Pictures | None) -> int:
    if wrong is not None:
        return status_of(wrong)
    return pictures.status if pictures is not None and pictures.error else 200


def _of_page(key: str) -> str:
    """The key a page was made with, here or by its script: a page of many forms puts a word of each
    behind it, and puts the same there when it is shown again."""
    made = _OF_PAGE.match(key)
    return made[0] if made else key


def errors_of(wrong: Failure, fields: Collection[str]) -> Mapping[str, str]:
    """By field, in the order of the page; first, under "", what belongs to none."""
    if not isinstance(wrong, Invalid) or not wrong.fields:
        return {"": wrong.detail}
    order = ["", *fields]
    found: dict[str, str] = {}
    for one in wrong.fields:
        name = one.field.split(".")[-1].split("[")[0]
        found.setdefault(name if name in fields else "", one.detail)
    return {name: found[name] for name in sorted(found, key=order.index)}
