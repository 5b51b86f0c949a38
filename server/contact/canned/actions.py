"""Keeping the replies of a unit: add one, word it anew, put it higher or lower, remove it.

Each is on record with who and what: these words are said to residents in everybody's name.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from server import trust
from server.base import clock, fields
from server.base.errors import wrong
from server.base.ids import new_id
from server.base.unit import Duplicate, LostRace, Unit
from server.base.viewer import Viewer
from server.contact.canned.queries import CannedList, canned_list
from server.contact.canned.rules import (
    MOST_REPLIES,
    REMOVE,
    REPLY_LIMIT,
    STEPS,
    Replies,
    Reply,
    reworded,
    without,
)
from server.contact.errors import RepliesMovedOn
from server.contact.models import CannedReplies
from server.trust import Act, ReplayKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A list as it is to be; what was done to it, the words it was done to, and those before."""

    replies: Replies
    action: str
    words: str
    before: str = ""

    def act(self, unit: CannedList, by: Viewer) -> Act:
        """The same for the record."""
        post = next((one for one in by.posts if one.unit_id == unit.unit_id), None)
        said = {"words": self.words} | ({"before": self.before} if self.before else {})
        return Act(action=self.action, by=by, post=post, target=unit.unit_name, detail=said)


Change = Callable[[Replies], Changed]


async def add_reply(
    unit_id: UUID, words: str, *, seen_version: int, by: Viewer, asked: ReplayKey
) -> None:
    """One more, below the others. The same request again does nothing.

    Raises RepliesUnknown, RepliesMovedOn where a colleague changed the list since `seen_version`,
    and Invalid.
    """

    def added(replies: Replies) -> Changed:
        if len(replies) >= MOST_REPLIES:
            raise wrong("text", "too-many", f"最多{MOST_REPLIES}条，先删掉一条不用的。")
        fresh = Reply(new_id().hex, _cleaned(words, replies))
        return Changed(replies=(*replies, fresh), action="reply.add", words=fresh.words)

    await _change(unit_id, added, seen_version=seen_version, by=by, asked=asked)


async def change_reply(
    unit_id: UUID,
    key: str,
    words: str,
    do: str,
    *,
    seen_version: int,
    by: Viewer,
    asked: ReplayKey,
) -> None:
    """Keep these words for it (`keep`) and put it one place `up` or `down`; or `remove` it.

    The same request again does nothing. Raises what `add_reply` raises.
    """

    def changed(replies: Replies) -> Changed:
        old = next((one for one in replies if one.key == key), None)
        if old is None:
            raise RepliesMovedOn
        if do == REMOVE:
            gone = without(replies, key)
            return Changed(replies=gone, action="reply.remove", words=old.words)
        if do not in STEPS:
            raise wrong("do", "not-a-choice", "请选保存、上移、下移或者删掉。")
        said = _cleaned(words, without(replies, key))
        fresh = old if said == old.words else Reply(new_id().hex, said)
        now = reworded(replies, key, fresh, STEPS[do])
        return Changed(replies=now, action="reply.change", words=said, before=old.words)

    await _change(unit_id, changed, seen_version=seen_version, by=by, asked=asked)


async def _change(
    unit_id: UUID, change: Change, *, seen_version: int, by: Viewer, asked: ReplayKey
) -> None:
    old = await canned_list(unit_id, by)
    if await trust.find_replay(asked) is not None:
        return
    if old.version != seen_version:
        raise RepliesMovedOn
    changed = change(old.replies)

    def put(unit: Unit) -> None:
        _put(unit, old, changed.replies)
        trust.remember(unit, asked, {"unit": str(unit_id)}, at=clock.now())

    try:
        await trust.record(changed.act(old, by), also=put)
    except (LostRace, Duplicate):
        if await trust.find_replay(asked) is None:
            raise RepliesMovedOn from None


def _put(unit: Unit, old: CannedList, fresh: Replies) -> None:
    """As the list was read, or whoever was faster has won."""
    columns: dict[str, Any] = {
        "replies": [[one.key, one.words] for one in fresh],
        "version": old.version + 1,
        "changed_at": clock.now(),
    }
    if old.version:
        as_read = {"unit_id": old.unit_id, "version": old.version}
        unit.update(CannedReplies, where=as_read, set=columns)
    else:
        unit.insert(CannedReplies, id=new_id(), unit_id=old.unit_id, **columns)


def _cleaned(text: str, others: Replies) -> str:
    """The words as they may be kept. Raises Invalid."""
    words = fields.clean_text(text, REPLY_LIMIT)
    if not words:
        raise wrong("text", "required", "写一句回复，再保存。")
    if any(one.words == words for one in others):
        raise wrong("text", "there-already", "一样的话已经有一条了。")
    return words
