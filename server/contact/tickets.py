"""A ticket to listen: made for whoever stands in a conversation, good once and for half a minute.

A browser cannot send a token with a WebSocket, and an address with one would be kept in logs.
"""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import timedelta
from uuid import UUID

import msgspec

from server import org, people, trust
from server.base import clock, seal
from server.base.unit import Duplicate, unit_of_work
from server.base.viewer import Viewer
from server.contact.errors import ConversationUnknown, TicketRefused
from server.contact.queries import ConversationFile, find_conversation, key_of, stands
from server.trust import ReplayKey

LASTS = timedelta(seconds=30)
LONGEST = 600
_PURPOSE = "live-ticket"


class Listening(msgspec.Struct, frozen=True):
    """Who listens to which conversation; of a guest that they hold its key."""

    conversation_id: UUID
    account_id: UUID | None
    session_id: UUID | None
    by_key: bool
    until: float
    nonce: str

    @property
    def who(self) -> str:
        """Whose connections are counted together."""
        return str(self.account_id or self.conversation_id)

    async def viewer(self) -> Viewer:
        """The person as of now: posts may have been given up since. Raises ConversationUnknown once
        the session they listen in has ended."""
        keys = frozenset({key_of(self.conversation_id)}) if self.by_key else frozenset[str]()
        if self.account_id is None:
            return Viewer(keys=keys)
        if self.session_id is None or not await people.goes_on(self.session_id):
            raise ConversationUnknown
        posts = await org.posts_of(self.account_id, clock.now())
        return Viewer(self.account_id, posts=posts, keys=keys, session_id=self.session_id)

    async def check(self, conversation: ConversationFile) -> None:
        """What is not theirs any more they hear nothing of. Raises ConversationUnknown."""
        if not stands(conversation, await self.viewer()):
            raise ConversationUnknown


async def make_ticket(conversation_id: UUID, viewer: Viewer) -> str:
    """A ticket for this viewer. Raises ConversationUnknown."""
    conversation = await find_conversation(conversation_id, viewer)
    listening = Listening(
        conversation_id,
        viewer.account_id,
        viewer.session_id,
        _by_key(conversation, viewer),
        (clock.now() + LASTS).timestamp(),
        secrets.token_urlsafe(16),
    )
    plain = msgspec.json.encode(listening)
    return f"{_text(plain)}.{_text(seal.sign(_PURPOSE, plain))}"


async def redeem(ticket: str) -> Listening:
    """Who may listen with it. Raises TicketRefused, also the second time."""
    listening = _read(ticket)
    now = clock.now()
    if now.timestamp() > listening.until:
        raise TicketRefused
    once = ReplayKey("live", "GET /m/v1/live", listening.nonce, b"")
    try:
        async with unit_of_work() as unit:
            trust.remember(unit, once, {}, at=now)
    except Duplicate:
        raise TicketRefused from None
    return listening


def _by_key(conversation: ConversationFile, viewer: Viewer) -> bool:
    return conversation.account_id is None and stands(conversation, viewer) == "resident"


def _read(ticket: str) -> Listening:
    plain, _, signature = ticket.partition(".")
    try:
        if len(ticket) > LONGEST:
            raise ValueError("longer than any ticket")
        said, signed = _bytes(plain), _bytes(signature)
        if not seal.is_signed(_PURPOSE, said, signed):
            raise ValueError("not made here")
        return msgspec.json.decode(said, type=Listening)
    except ValueError:
        raise TicketRefused from None


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
