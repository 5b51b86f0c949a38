"""Writing messages: each gets the next number of its conversation, in the unit that writes it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from server import cases, notices, org, photos, places
from server.base import seal
from server.base.fields import ended_once
from server.base.ids import new_id
from server.base.unit import Unit
from server.base.viewer import HeldPost, Viewer
from server.contact import news
from server.contact.models import Conversation, Message
from server.contact.queries import ConversationFile, cell
from server.contact.rules import LINES
from server.photos import KeptPhoto
from server.places import Ground


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One message to be: who says what."""

    side: str
    kind: str = "said"
    text: str = ""
    photos: tuple[KeptPhoto, ...] = ()
    post: HeldPost | None = None
    by_name: str = ""
    danger: bool = False
    waited_s: int | None = None
    case_number: str | None = None


@dataclass(frozen=True, slots=True)
class Telling:
    """Somebody to be told, and what."""

    to: notices.Receiver
    text_key: str
    values: dict[str, str]


@dataclass(slots=True)
class Effect:
    """What follows from an act: lines, columns that change, whom to tell."""

    lines: list[Line] = field(default_factory=list)
    changes: dict[str, Any] = field(default_factory=dict)
    tellings: list[Telling] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Scene:
    """A conversation as it stands, its ground and its post as of now."""

    conversation: ConversationFile
    ground: Ground
    post: org.Responsible | None
    now: datetime

    @property
    def name(self) -> str:
        """The other side as a resident calls it: 网格员演示-巴特尔."""
        if self.post is None:
            return org.role_title(self.conversation.role)
        return f"{self.post.role_title}{self.post.name}"


async def scene_of(conversation: ConversationFile, now: datetime) -> Scene:
    """Everything one needs to know to answer or to tell."""
    ground = await places.find(conversation.place_id)
    post = await org.answers_for(conversation.post_id, None, ground, now)
    return Scene(conversation, ground, post, now)


def line_of_town(kind: str, line: str, **values: str) -> Line:
    """Something the town says by itself."""
    return Line(side="town", kind=kind, text=ended_once(LINES[line].format(**values)))


def resident_of(conversation: ConversationFile) -> notices.Receiver | None:
    """Where the resident is told; None once she is gone."""
    if conversation.account_id is not None:
        return notices.Receiver(account_id=conversation.account_id)
    if conversation.key_hash is not None:
        return notices.Receiver(key_hash=bytes(conversation.key_hash))
    return None


def append(unit: Unit, conversation: ConversationFile, effect: Effect, at: datetime) -> None:
    """Put an effect into the unit: LostRace if anybody else wrote in between, or if it belongs to
    somebody else by now, or to nobody: a word said to nobody must not revive what was forgotten.
    """
    last = conversation.last_seq + len(effect.lines)
    whose = {"account_id": conversation.account_id, "key_hash": conversation.key_hash}
    unit.update(
        Conversation,
        where={"id": conversation.id, "last_seq": conversation.last_seq} | whose,
        set={"last_seq": last, "last_at": at} | effect.changes,
    )
    write_lines(unit, conversation.id, effect.lines, at, after=conversation.last_seq)
    tell(unit, conversation, effect.tellings, at, seq=last)


def write_lines(
    unit: Unit, conversation_id: UUID, lines: Sequence[Line], at: datetime, *, after: int
) -> None:
    """Put messages with the next numbers into the unit."""
    for seq, line in enumerate(lines, after + 1):
        message_id = new_id()
        sealed = seal.seal(line.text, aad=cell(message_id)) if line.text else None
        unit.insert(
            Message,
            id=message_id,
            conversation_id=conversation_id,
            seq=seq,
            at=at,
            side=line.side,
            kind=line.kind,
            post_id=line.post.id if line.post else None,
            role=line.post.role if line.post else "",
            by_name=line.by_name[:40],
            text_sealed=sealed,
            photos=[str(photo.id) for photo in line.photos],
            danger=line.danger,
            waited_s=line.waited_s,
            case_number=line.case_number,
        )
        photos.attach(unit, line.photos, conversation_id=conversation_id)
    unit.after_commit(partial(news.told, conversation_id))


def tell(
    unit: Unit,
    conversation: ConversationFile,
    tellings: Sequence[Telling],
    at: datetime,
    *,
    seq: int,
) -> None:
    """Put the messages to those who are not looking into the unit."""
    for one in tellings:
        notices.tell(
            unit,
            to=one.to,
            text_key=one.text_key,
            values=one.values,
            case_id=None,
            occasion=f"{conversation.id}:{seq}",
            at=at,
        )


def when(at: datetime | None) -> str:
    """An instant as people read it in a message."""
    return cases.when(at)


def before(by: datetime | None) -> str:
    """A time to be met, as a message says it with 前."""
    return cases.before(by)


def wanted_by(conversation: ConversationFile) -> str:
    """By when whoever gets it from another is to answer, as a message says it."""
    waits = conversation.state == "waiting" and conversation.ring_at is not None
    return f"在{before(conversation.ring_at)}前" if waits else "在方便的时候"


def acting_post(conversation: ConversationFile, viewer: Viewer) -> HeldPost | None:
    """The post under which the viewer speaks here."""
    here = (conversation.post_id, conversation.leader_post_id, conversation.duty_post_id)
    by_id = {post.id: post for post in viewer.posts}
    found = next((by_id[one] for one in here if one in by_id), None)
    in_unit = (post for post in viewer.posts if post.unit_id == conversation.leader_unit_id)
    return found or next(in_unit, None)
