"""A form shown again: everything typed is in it, every error beside its field."""

from collections.abc import Collection, Mapping

from server.base.errors import Conflict, Failure, Invalid
from server.pages.drawing import new_key
from server.pages.pictures import Pictures
from server.pages.rendering import Typed
from server.web import Form

HIDDEN = {"idempotency_key", "seen_version", "row", "back", "photo_ids", "remove", "password"}


def values_of(form: Form) -> dict[str, str]:
    """Every word as it was typed, several choices of one name in a row; never a password."""
    return {name: " ".join(form.all(name)) for name in form.words if name not in HIDDEN}


def typed_again(
    form: Form,
    fields: Collection[str],
    *,
    wrong: Failure | None = None,
    pictures: Pictures | None = None,
    key: str = "",
    move: str = "",
) -> Typed:
    """What was typed, for the page to show. Errors of fields it does not have go on top."""
    errors = dict(errors_of(wrong, fields)) if wrong else {}
    if pictures is not None and pictures.error:
        errors["photos"] = pictures.error
    return Typed(
        key=new_key() if isinstance(wrong, Conflict) or not key else key,
        values=values_of(form),
        errors=errors,
        photos=pictures.shown if pictures else (),
        move=move,
    )


def errors_of(wrong: Failure, fields: Collection[str]) -> Mapping[str, str]:
    """By field; under "" what belongs to none."""
    if not isinstance(wrong, Invalid) or not wrong.fields:
        return {"": wrong.detail}
    found: dict[str, str] = {}
    for one in wrong.fields:
        name = one.field.split(".")[-1].split("[")[0]
        found.setdefault(name if name in fields else "", one.detail)
    return found
