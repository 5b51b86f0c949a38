"""Conversations: begin one by a sign, say something, read on, end it or hand it over."""

from uuid import UUID

from sanic import HTTPResponse, Request

from miniapp_api.bodies import (
    ActBody,
    ConversationBody,
    ConversationQuery,
    KeyQuery,
    MessageBody,
    MessageQuery,
    ReadBody,
)
from server import contact, views
from server.contact import Given, Said
from server.views.canned import ReplyList
from server.views.conversation_shapes import (
    ConversationList,
    ConversationShape,
    MessageList,
    MessageShape,
)
from server.web import (
    PARTY,
    Routes,
    answer,
    count_guest,
    hand_key,
    nothing,
    parse,
    parse_query,
    public,
    replay_key,
    staff,
    viewer,
    with_keys,
)

routes = Routes("/m/v1")
NEVER_AN_ACCOUNT = public("writing to whoever answers here never needs an account")


@routes.post(
    "/conversations",
    access=NEVER_AN_ACCOUNT,
    body=ConversationBody,
    gives=ConversationShape,
    status=201,
    refuses=(403, 404, 410),
    rate="submit",
    keyed=True,
)
async def post_conversation(request: Request) -> HTTPResponse:
    """Begin to talk with whoever answers for the place of a code; a guest gets the `key` to it."""
    body, person = parse(request, ConversationBody), viewer(request)
    count_guest(request, "conversation", body.post_id or body.code, person)
    begun = await contact.begin(
        body.code,
        body.post_id,
        Said(text=body.text, photos=body.photos),
        agrees=body.agrees,
        by=person,
        asked=replay_key(request),
    )
    key = contact.key_of(begun.id) if begun.key_hash is not None else None
    if key is not None:
        person = with_keys(person, person.keys | {key})
    response = answer(await views.conversation_shape(begun, person), 201)
    hand_key(request, response, key)
    return response


@routes.get(
    "/conversations",
    access=PARTY,
    query=ConversationQuery,
    gives=ConversationList,
    refuses=(403,),
)
async def get_conversations(request: Request) -> HTTPResponse:
    """Mine, or what was written to my posts; newest first."""
    asked, person = parse_query(request, ConversationQuery), viewer(request)
    if asked.list == "mine":
        return answer(await views.own_conversations(person, after=asked.after))
    staff().check(person)
    return answer(await views.work_conversations(person, after=asked.after))


@routes.get(
    "/conversations/<conversation_id:uuid>/messages",
    access=PARTY,
    query=MessageQuery,
    gives=MessageList,
)
async def get_messages(request: Request, conversation_id: UUID) -> HTTPResponse:
    """What was said after a number, in order."""
    asked = parse_query(request, MessageQuery)
    return answer(await views.message_list(conversation_id, viewer(request), after=asked.after))


@routes.post(
    "/conversations/<conversation_id:uuid>/messages",
    access=PARTY,
    query=KeyQuery,
    body=MessageBody,
    gives=MessageShape,
    status=201,
    rate="talk",
    keyed=True,
)
async def post_message(request: Request, conversation_id: UUID) -> HTTPResponse:
    """Say something; it gets the next number."""
    body, person = parse(request, MessageBody), viewer(request)
    said = Said(text=body.text, photos=body.photos)
    message = await contact.say(conversation_id, said, by=person, asked=replay_key(request))
    one = await contact.find_conversation(conversation_id, person)
    return answer((await views.message_shapes(one, [message], person))[0], 201)


@routes.get(
    "/conversations/<conversation_id:uuid>/replies",
    access=PARTY,
    query=KeyQuery,
    gives=ReplyList,
)
async def get_replies(request: Request, conversation_id: UUID) -> HTTPResponse:
    """What staff have to press as an answer, of the unit they answer for; a resident nothing."""
    return answer(await views.reply_list(conversation_id, viewer(request)))


@routes.post(
    "/conversations/<conversation_id:uuid>/read",
    access=PARTY,
    query=KeyQuery,
    body=ReadBody,
    rate="talk",
    status=204,
)
async def post_read(request: Request, conversation_id: UUID) -> HTTPResponse:
    """I have read everything up to this number."""
    body = parse(request, ReadBody)
    await contact.mark_read(conversation_id, body.seq, by=viewer(request))
    return nothing()


@routes.post(
    "/conversations/<conversation_id:uuid>/acts/<act>",
    access=PARTY,
    query=KeyQuery,
    body=ActBody,
    gives=ConversationShape,
    rate="move",
    keyed=True,
)
async def post_act(request: Request, conversation_id: UUID, act: str) -> HTTPResponse:
    """End it, hand it over, make a case of a message, take no more, appeal, decide: see `may`."""
    body, person = parse(request, ActBody), viewer(request)
    given = Given(text=body.text, post_id=body.post_id, seq=body.seq)
    done = await contact.act(conversation_id, act, given, by=person, asked=replay_key(request))
    return answer(await views.conversation_shape(done, person))
