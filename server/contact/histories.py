"""Conversations of earlier days, brought in with a demo's town; told to nobody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from server import org
from server.base import seal
from server.base.unit import unit_of_work
from server.contact.models import Conversation, Message
from server.contact.queries import cell
from server.contact.rules import IDLE
from server.places import Ground


@dataclass(frozen=True, slots=True)
class PastLine:
    """One message: `side` resident or staff, when, and the words."""

    id: UUID
    side: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PastTalk:
    """A conversation whose last word was an answer, or needed none."""

    id: UUID
    ground: Ground
    to: org.Contact
    account_id: UUID
    lines: tuple[PastLine, ...]


async def bring_in(past: Iterable[PastTalk]) -> int:
    """Write them; how many."""
    talks = list(past)
    async with unit_of_work() as unit:
        unit.bulk(Conversation, [_conversation(talk) for talk in talks])
        unit.bulk(Message, [row for talk in talks for row in _messages(talk)])
    return len(talks)


def _conversation(talk: PastTalk) -> dict[str, object]:
    last = talk.lines[-1].at
    return {
        "id": talk.id,
        "post_id": talk.to.post_id,
        "unit_id": talk.to.unit_id,
        "role": talk.to.role,
        "account_id": talk.account_id,
        "place_id": talk.ground.id,
        "place_name": talk.ground.full_name,
        "path": talk.ground.path,
        "state": "answered",
        "last_seq": len(talk.lines),
        "seen_by_resident": len(talk.lines),
        "seen_by_staff": len(talk.lines),
        "opened_at": talk.lines[0].at,
        "last_at": last,
        "ring_at": last + IDLE,
    }


def _messages(talk: PastTalk) -> list[dict[str, object]]:
    return [
        {
            "id": line.id,
            "conversation_id": talk.id,
            "seq": seq,
            "at": line.at,
            "side": line.side,
            "kind": "said",
            "post_id": talk.to.post_id if line.side == "staff" else None,
            "role": talk.to.role if line.side == "staff" else "",
            "by_name": talk.to.name if line.side == "staff" else "",
            "text_sealed": seal.seal(line.text, aad=cell(line.id)),
            "photos": [],
        }
        for seq, line in enumerate(talk.lines, 1)
    ]
