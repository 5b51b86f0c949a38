"""What is new in a conversation, as it happens: a WebSocket, opened with a ticket.

The socket says what the database says: whoever loses it comes again with the last number.
"""

import asyncio
from collections import Counter
from typing import Any

from sanic import HTTPResponse, Request

from miniapp_api.bodies import LiveQuery, TicketBody
from server import contact, views
from server.base.errors import NotFound, TooMany
from server.contact import Listening
from server.views.conversation_shapes import TicketShape
from server.web import (
    PARTY,
    Routes,
    Socket,
    answer,
    open_socket,
    parse,
    parse_query,
    public,
    viewer,
)

routes = Routes("/m/v1")
MOST_SOCKETS = 5  # of one person in this process
READ_AT_ONCE = 10  # messages: as many wait in memory for whoever reads slowly
BEAT_S = 25.0
_open: Counter[str] = Counter()


@routes.post(
    "/live/ticket",
    access=PARTY,
    body=TicketBody,
    gives=TicketShape,
    status=201,
    rate="talk",
    refuses=(404,),
)
async def post_ticket(request: Request) -> HTTPResponse:
    """A ticket to listen to one conversation, good once and for half a minute."""
    body = parse(request, TicketBody)
    ticket = await contact.make_ticket(body.conversation_id, viewer(request))
    return answer(TicketShape(ticket=ticket, expires_s=int(contact.LASTS.total_seconds())), 201)


@routes.get(
    "/live",
    access=public("its ticket says who listens"),
    query=LiveQuery,
    status=101,
    refuses=(400, 403),
    socket=True,
)
async def get_live(request: Request) -> None:
    """Messages after a number as they are said, and how far the other side has read."""
    asked = parse_query(request, LiveQuery)
    listening = await contact.redeem(asked.ticket)
    if _open[listening.who] >= MOST_SOCKETS:
        raise TooMany(5)
    socket = await open_socket(request)
    _open[listening.who] += 1
    try:
        await _feed(socket, listening, asked.after)
    finally:
        _open[listening.who] -= 1
        if not _open[listening.who]:
            del _open[listening.who]
        await socket.close()


async def _feed(socket: Socket, listening: Listening, after: int) -> None:
    """Until either side goes: whatever is new is read from the database and sent."""
    last: dict[str, Any] = {}
    try:
        with contact.watching(listening.conversation_id, listening.account_id) as event:
            while True:
                event.clear()
                after, last = await _send_news(socket, listening, after, last)
                if not await _woken(event):
                    await socket.send({"id": after, "type": "beat"})
    except (NotFound, ConnectionError):
        return  # Not theirs any more, or nobody reads what is sent.


async def _send_news(
    socket: Socket, listening: Listening, after: int, last: dict[str, Any]
) -> tuple[int, dict[str, Any]]:
    """Everything after a number, in order; how it stands, if that is another than before."""
    person = await listening.viewer()
    one = await contact.find_conversation(listening.conversation_id, person)
    while after < one.last_seq:
        found = await contact.read_messages(one.id, after=after, limit=READ_AT_ONCE)
        if not found:
            break
        for message in await views.message_shapes(one, found, person):
            await listening.check(one)
            await socket.send({"id": message.seq, "type": "message", "message": message})
            after = message.seq
    shape = await views.conversation_shape(one, person)
    now = {"state": shape.state, "seen": shape.seen, "may": shape.may}
    if now != last:
        await socket.send({"id": after, "type": "state"} | now)
    return after, now


async def _woken(event: asyncio.Event) -> bool:
    """Wait until something is new; False where nothing was for long."""
    try:
        async with asyncio.timeout(BEAT_S):
            await event.wait()
    except TimeoutError:
        return False
    return True
