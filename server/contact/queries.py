"""Reading conversations: how somebody stands to one, its messages in order, whose they are."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from server import cases
from server.base import database, seal
from server.base.viewer import Viewer
from server.contact.errors import ConversationUnknown
from server.contact.rules import JUST_NOW

PAGE = 20
MESSAGES = 50
MOST_STANDING = 500
_COLUMNS = (
    "id, post_id, unit_id, role, account_id, key_hash, place_id, place_name, path, state, last_seq,"
    " seen_by_resident, seen_by_staff, unanswered, agrees, opened_at, last_at, waiting_since, rung,"
    " ring_at, leader_post_id, leader_unit_id, duty_post_id, blocked, appealed"
)
_SAID = (
    "id, conversation_id, seq, at, side, kind, post_id, role, by_name, text_sealed, photos, danger,"
    " case_number"
)


@dataclass(frozen=True, slots=True)
class ConversationFile:
    """One conversation as it lies in the table."""

    id: UUID
    post_id: UUID
    unit_id: UUID
    role: str
    account_id: UUID | None
    key_hash: bytes | None
    place_id: UUID
    place_name: str
    path: str
    state: str
    last_seq: int
    seen_by_resident: int
    seen_by_staff: int
    unanswered: int
    agrees: bool
    opened_at: datetime
    last_at: datetime
    waiting_since: datetime | None
    rung: int
    ring_at: datetime | None
    leader_post_id: UUID | None
    leader_unit_id: UUID | None
    duty_post_id: UUID | None
    blocked: bool
    appealed: bool


@dataclass(frozen=True, slots=True)
class MessageFile:
    """One message as it lies in the table, its words opened."""

    id: UUID
    conversation_id: UUID
    seq: int
    at: datetime
    side: str
    kind: str
    post_id: UUID | None
    role: str
    by_name: str
    text: str
    photos: tuple[UUID, ...]
    danger: bool
    case_number: str | None


@dataclass(frozen=True, slots=True)
class Conversations:
    """One stretch of a list, and where it goes on."""

    items: tuple[ConversationFile, ...]
    next: str | None = None


def key_of(conversation_id: UUID) -> str:
    """The key of a guest: made from the conversation, so sending again makes the same."""
    return seal.sign_key("conversation-key", conversation_id.bytes)


def stands(conversation: ConversationFile, viewer: Viewer) -> str:
    """How the viewer stands to it: resident, holder, leader, duty; "" for everybody else."""
    if _is_resident(conversation, viewer):
        return "resident"
    if conversation.post_id in viewer.post_ids:
        return "holder"
    if conversation.leader_post_id in viewer.post_ids:
        return "leader"
    if conversation.leader_unit_id in viewer.unit_ids:
        return "leader"
    return "duty" if conversation.duty_post_id in viewer.post_ids else ""


async def find_conversation(conversation_id: UUID, viewer: Viewer) -> ConversationFile:
    """The conversation, if the viewer stands in it. Raises ConversationUnknown."""
    found = await read_conversation(conversation_id)
    if found is None or not stands(found, viewer):
        raise ConversationUnknown
    return found


async def read_conversation(conversation_id: UUID) -> ConversationFile | None:
    """For whoever asks afterwards how somebody stands to it."""
    row = await database.fetch_one(
        f"SELECT {_COLUMNS} FROM conversation WHERE id = $1", conversation_id
    )
    return ConversationFile(**row) if row else None


async def read_messages(
    conversation_id: UUID, *, after: int = 0, limit: int = MESSAGES
) -> list[MessageFile]:
    """What was said after a number, in order, none left out."""
    rows = await database.fetch(
        f"SELECT {_SAID} FROM message WHERE conversation_id = $1 AND seq > $2"
        f" ORDER BY seq LIMIT {limit}",
        conversation_id,
        after,
    )
    return [message_of(row) for row in rows]


async def speaks_of(conversation_id: UUID, case_number: str) -> bool:
    """Whether the town has said there that it made this case."""
    found = await database.fetch_one(
        "SELECT seq FROM message WHERE conversation_id = $1 AND case_number = $2",
        conversation_id,
        case_number,
    )
    return found is not None


async def own_conversations(
    viewer: Viewer, *, after: str | None = None, limit: int = PAGE
) -> Conversations:
    """What the viewer began, by account or by the keys this phone holds; the newest first."""
    where, values = _of_own(viewer)
    return await _newest(where, values, after, limit) if where else Conversations(())


async def own_standing(
    viewer: Viewer, writer: bytes | None, now: datetime
) -> tuple[ConversationFile, ...]:
    """Of these, however many there are, those that go on and those that were blocked; and what the
    same writer began just now, to which her phone may have no key yet."""
    where, values = _of_own(viewer)
    if writer is not None:
        just_now = f"(writer = ${len(values) + 1} AND opened_at > ${len(values) + 2})"
        where = f"({where} OR {just_now})" if where else just_now
        values += [writer, now - JUST_NOW]
    if not where:
        return ()
    standing = f"{where} AND (state <> 'ended' OR blocked)"
    return (await _newest(standing, values, None, MOST_STANDING)).items


def _of_own(viewer: Viewer) -> tuple[str, list[object]]:
    ways: list[str] = []
    values: list[object] = []
    if viewer.account_id is not None:
        ways.append("account_id = $1")
        values.append(viewer.account_id)
    if viewer.keys:
        marks, hashes = database.in_list(cases.key_hashes(viewer.keys), start=1 + len(values))
        ways.append(f"key_hash IN {marks}")
        values += hashes
    return (f"({' OR '.join(ways)})" if ways else ""), values


async def read_by_keys(key_hashes: Sequence[bytes], *, limit: int) -> list[ConversationFile]:
    """What guests with one of these keys began, the newest first."""
    marks, hashes = database.in_list(key_hashes)
    rows = await database.fetch(
        f"SELECT {_COLUMNS} FROM conversation WHERE key_hash IN {marks} AND account_id IS NULL"
        f" ORDER BY last_at DESC, id DESC LIMIT {limit}",
        *hashes,
    )
    return [ConversationFile(**row) for row in rows]


async def conversations_of_posts(viewer: Viewer, *, after: str | None = None) -> Conversations:
    """What was written to the viewer's posts, or what they were told of; the newest first."""
    if not viewer.posts:
        return Conversations(())
    posts, units, values = _of_viewer(viewer)
    return await _newest(f"last_seq > 0 AND {_of_posts(posts, units)}", values, after, PAGE)


async def waiting_for(viewer: Viewer) -> int:
    """In how many conversations a resident waits for the viewer's posts: for an answer, or, where
    they stand above, for what they decide of an appeal.
    """
    if not viewer.posts:
        return 0
    posts, units, values = _of_viewer(viewer)
    found = await database.fetch_value(
        "SELECT count(*) AS n FROM conversation"
        f" WHERE (state = 'waiting' AND {_of_posts(posts, units)})"
        f" OR (blocked AND appealed AND state <> 'ended' AND {_led_by(posts, units)})",
        *values,
    )
    return int(found)


async def unread_of_own(viewer: Viewer) -> int:
    """In how many of her own conversations something is new to the viewer."""
    found = await own_conversations(viewer)
    return sum(one.last_seq > one.seen_by_resident for one in found.items)


async def may_see_photo(conversation_id: UUID, viewer: Viewer) -> bool:
    """Whether the photos of this conversation are shown to the viewer: whoever stands in it."""
    found = await read_conversation(conversation_id)
    return found is not None and bool(stands(found, viewer))


def message_of(row: database.Row) -> MessageFile:
    """A row with its words opened; of forgotten ones nothing is left."""
    row = dict(row)
    sealed = row.pop("text_sealed")
    text = seal.open(bytes(sealed), aad=cell(row["id"])) if sealed is not None else ""
    photos = tuple(UUID(one) for one in row.pop("photos"))
    return MessageFile(text=text, photos=photos, **row)


def cell(message_id: UUID) -> str:
    """Where the words of a message are sealed for."""
    return f"message:text_sealed:{message_id}"


def _is_resident(conversation: ConversationFile, viewer: Viewer) -> bool:
    if conversation.account_id is not None:
        return conversation.account_id == viewer.account_id
    if conversation.key_hash is None or not viewer.keys:
        return False
    right = key_of(conversation.id).encode()
    return any([hmac.compare_digest(right, key.encode()) for key in viewer.keys])


def _of_viewer(viewer: Viewer) -> tuple[str, str, list[object]]:
    """The viewer's posts and units as lists of a statement, and its values."""
    posts, values = database.in_list(viewer.post_ids)
    units, more = database.in_list(viewer.unit_ids, start=1 + len(values))
    return posts, units, [*values, *more]


def _of_posts(posts: str, units: str) -> str:
    return f"(post_id IN {posts} OR duty_post_id IN {posts} OR {_led_by(posts, units)})"


def _led_by(posts: str, units: str) -> str:
    return f"(leader_post_id IN {posts} OR leader_unit_id IN {units})"


async def _newest(
    where: str, values: Sequence[object], after: str | None, limit: int
) -> Conversations:
    given = list(values)
    if after:
        at, key = cases.read_cursor(after)
        where += f" AND (last_at, id) < (${len(given) + 1}, ${len(given) + 2})"
        given += [at, key]
    rows = await database.fetch(
        f"SELECT {_COLUMNS} FROM conversation WHERE {where}"
        f" ORDER BY last_at DESC, id DESC LIMIT {limit + 1}",
        *given,
    )
    found = tuple(ConversationFile(**row) for row in rows[:limit])
    more = len(rows) > limit
    return Conversations(found, cases.cursor(found[-1].last_at, found[-1].id) if more else None)
