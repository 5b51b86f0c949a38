"""常用回复, kept at the desk: what a unit has to press when it answers residents."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from msgspec import Struct
from sanic import HTTPResponse, Request

from server import contact, views
from server.base.errors import Failure, NotFound
from server.base.ids import id_in
from server.pages.drawing import new_key, show
from server.pages.notes import done_words
from server.pages.rendering import Typed
from server.pages.retry import refused
from server.views.canned import CannedCard
from server.web import (
    Form,
    Routes,
    parse,
    replay_key,
    see_other,
    staff,
    typed,
    viewer,
)

routes = Routes(kind="page")
PATH = "/desk/conversations/replies"
THE_KEEPERS = staff(*contact.EDITING_ROLES)
ADDED = "add"  # the form below all others


class ReplyForm(Struct, frozen=True, kw_only=True):
    """The words, whose list, as it was seen, and what is done: keep up down remove."""

    text: str = ""
    unit: str = ""
    seen_version: int = 0
    do: str = "keep"


@routes.get(PATH, access=THE_KEEPERS)
async def get_replies(request: Request) -> HTTPResponse:
    """The list of a unit: ?unit=…, or the reader's own."""
    asked = request.args.get("unit", "")
    return await _show(request, _id(asked) if asked else None, Typed(new_key()))


@routes.post(PATH, access=THE_KEEPERS, body=ReplyForm, rate="move", keyed=True)
async def post_reply(request: Request) -> HTTPResponse:
    """One more; or the page again, with what is wrong."""

    async def add(sent: ReplyForm) -> None:
        await contact.add_reply(
            _id(sent.unit),
            sent.text,
            seen_version=sent.seen_version,
            by=viewer(request),
            asked=replay_key(request),
        )

    return await _changed(request, add, ADDED)


@routes.post(f"{PATH}/<key>", access=THE_KEEPERS, body=ReplyForm, rate="move", keyed=True)
async def post_change(request: Request, key: str) -> HTTPResponse:
    """Other words, another place, or away with it; or the page again, with what is wrong."""

    async def change(sent: ReplyForm) -> None:
        await contact.change_reply(
            _id(sent.unit),
            key,
            sent.text,
            sent.do,
            seen_version=sent.seen_version,
            by=viewer(request),
            asked=replay_key(request),
        )

    return await _changed(request, change, key)


async def _changed(
    request: Request, change: Callable[[ReplyForm], Awaitable[None]], where: str
) -> HTTPResponse:
    form = typed(request) or Form()
    try:
        sent = parse(request, ReplyForm)
        await change(sent)
    except NotFound:
        raise
    except Failure as wrong:
        again = refused(request, ("text",), wrong, move=where)
        return await _show(request, _id(form.first("unit")), again)
    done = "reply_removed" if sent.do == "remove" else "reply_kept"
    return see_other(f"{PATH}?unit={_id(sent.unit)}&done={done}")


async def _show(request: Request, unit_id: UUID | None, before: Typed) -> HTTPResponse:
    card = await views.canned_card(unit_id, viewer(request))
    forms, adding = _forms(card, before)
    return await show(
        request,
        "replies.html",
        status=before.status,
        path=f"{PATH}?unit={card.unit_id}",
        card=card,
        forms=forms,
        adding=adding,
        typed=before,
        notice=done_words(request),
    )


def _forms(card: CannedCard, before: Typed) -> tuple[list[Typed], Typed]:
    """One for each reply, and one for another. What was typed for a reply that is gone since
    stands in the last."""
    keys = [one.value for one in card.replies]
    forms = [
        before
        if before.move == one.value
        else Typed(before.key, values={"text": one.title}, move=one.value)
        for one in card.replies
    ]
    is_theirs = bool(before.move) and before.move not in keys
    return forms, before if is_theirs else Typed(before.key)


def _id(text: str) -> UUID:
    found = id_in(text)
    if found is None:
        raise contact.RepliesUnknown
    return found
