"""One address per conversation, for both sides; the lists of residents, phones and the desk."""

from typing import Any
from uuid import UUID

from msgspec import Struct
from sanic import HTTPResponse, Request

from server import contact, views
from server.base.errors import Failure
from server.base.ids import id_in
from server.contact import Given, Said
from server.pages.drawing import new_key, own_address, show
from server.pages.pictures import Pictures, take_pictures
from server.pages.rendering import Typed
from server.pages.retry import refused
from server.web import (
    PARTY,
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
DESK = "/desk/conversations"
FIELDS = ("text", "photos", "post_id")


class MessageForm(Struct, frozen=True, kw_only=True):
    """Words, or one of the canned replies; photos are taken apart from them."""

    text: str = ""
    canned: str = ""


class ActForm(Struct, frozen=True, kw_only=True):
    """What an act needs."""

    text: str = ""
    post_id: str = ""
    seq: str = ""


@routes.get("/conversations/<conversation_id:uuid>", access=PARTY)
async def get_conversation(request: Request, conversation_id: UUID) -> HTTPResponse:
    """What was said, and a place to write; at the desk beside its list."""
    return await _show(request, conversation_id, Typed(new_key()))


@routes.post(
    "/conversations/<conversation_id:uuid>",
    access=PARTY,
    body=MessageForm,
    rate="talk",
    keyed=True,
    uploads=True,
)
async def post_message(request: Request, conversation_id: UUID) -> HTTPResponse:
    """Say something; or the page again, with what is wrong."""
    form, pictures = typed(request) or Form(), Pictures()
    try:
        await contact.find_conversation(conversation_id, viewer(request))
        pictures = await take_pictures(request, form)
        if form.first("remove") or pictures.error:
            return await _again(request, conversation_id, pictures)
        sent = parse(request, MessageForm)
        said = Said(text=sent.text, photos=pictures.ids, canned=sent.canned)
        await contact.say(conversation_id, said, by=viewer(request), asked=replay_key(request))
    except contact.ConversationUnknown:
        raise
    except Failure as wrong:
        return await _again(request, conversation_id, pictures, wrong)
    return see_other(_back(form, conversation_id) + "#newest")


@routes.post(
    "/conversations/<conversation_id:uuid>/acts/<act>",
    access=PARTY,
    body=ActForm,
    rate="move",
    keyed=True,
)
async def post_act(request: Request, conversation_id: UUID, act: str) -> HTTPResponse:
    """End it, hand it over, make a case of a message, take no more, appeal, decide."""
    form = typed(request) or Form()
    try:
        given = _given(parse(request, ActForm))
        person = viewer(request)
        done = await contact.act(conversation_id, act, given, by=person, asked=replay_key(request))
    except contact.ConversationUnknown:
        raise
    except Failure as wrong:
        before = refused(request, FIELDS, wrong, move=act)
        return await _show(request, conversation_id, before)
    if not contact.stands(done, person):
        return see_other(DESK if form.first("back").startswith(DESK) else "/work/conversations")
    return see_other(_back(form, conversation_id) + "#newest")


@routes.get("/mine/conversations", access=PARTY)
async def get_own(request: Request) -> HTTPResponse:
    """What the reader began, by account or by the keys this phone keeps."""
    after = request.args.get("after") or None
    found = await views.own_conversations(viewer(request), after=after)
    return await show(request, "conversations.html", list=found, title="talk.mine")


@routes.get("/work/conversations", access=staff())
async def get_work(request: Request) -> HTTPResponse:
    """What was written to the reader's posts, on the phone."""
    after = request.args.get("after") or None
    found = await views.work_conversations(viewer(request), after=after)
    return await show(request, "conversations.html", list=found, title="talk.work")


@routes.get(DESK, access=staff())
async def get_desk(request: Request) -> HTTPResponse:
    """The same at the desk, one open beside the list; and how long residents wait, by role."""
    chosen = id_in(request.args.get("conversation", ""))
    return await _show_desk(request, chosen, Typed(new_key()))


async def _again(
    request: Request,
    conversation_id: UUID,
    pictures: Pictures,
    wrong: Failure | None = None,
) -> HTTPResponse:
    before = refused(request, FIELDS, wrong, pictures=pictures)
    return await _show(request, conversation_id, before)


async def _show(request: Request, conversation_id: UUID, before: Typed) -> HTTPResponse:
    form = typed(request)
    if form is not None and form.first("back").startswith(DESK):
        return await _show_desk(request, conversation_id, before)
    page = await views.conversation_page(
        conversation_id, viewer(request), before=_number(request.args.get("before", ""))
    )
    path = f"/conversations/{conversation_id}"
    return await show(
        request,
        "conversation.html",
        status=before.status,
        path=path,
        page=page,
        typed=before,
        back=path,
        untouched=Typed(""),
    )


async def _show_desk(request: Request, chosen: UUID | None, before: Typed) -> HTTPResponse:
    person, path = viewer(request), DESK + (f"?conversation={chosen}" if chosen else "")
    context: dict[str, Any] = {
        "page": await views.conversation_page(chosen, person) if chosen else None,
        "list": await views.work_conversations(person, after=request.args.get("after") or None),
        "waits": await views.reply_times(person),
        "days": contact.COUNTED.days,
        "keeps_canned": bool(contact.edited_units(person)),
    }
    return await show(
        request,
        "desk_talk.html",
        status=before.status,
        path=path,
        typed=before,
        back=path,
        untouched=Typed(""),
        **context,
    )


def _back(form: Form, conversation_id: UUID) -> str:
    return own_address(form.first("back"), f"/conversations/{conversation_id}")


def _given(sent: ActForm) -> Given:
    return Given(text=sent.text, post_id=id_in(sent.post_id), seq=_number(sent.seq))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
