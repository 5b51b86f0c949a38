"""A request sent twice is carried out once: the idempotency key of every create and move."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import ParamSpec

from server.base import database
from server.base.errors import Conflict, Failure
from server.base.ids import new_id
from server.base.unit import Unit, unit_of_work
from server.trust.models import Replay

P = ParamSpec("P")


class KeyReused(Conflict):
    code = "key-reused"
    sentence = "这一次和上一次用了同一个提交编号，内容却不一样。请刷新页面后再提交。"


@dataclass(frozen=True, slots=True)
class ReplayKey:
    """Whose request this is, to which route, with which key and which body.

    `actor` is the session id, or "guest": a guest's key is made by her own phone from 128
    random bits and is known to nobody else. `body_hash` is the SHA-256 of the cleaned body.
    """

    actor: str
    route: str
    key: str
    body_hash: bytes


async def find_replay(asked: ReplayKey) -> dict[str, str] | None:
    """What the same request made before, or None. Raises KeyReused if its body was another."""
    row = await database.fetch_one(
        "SELECT body_hash, made FROM replay WHERE actor = $1 AND route = $2 AND key = $3",
        asked.actor,
        asked.route,
        asked.key,
    )
    if row is None:
        return None
    if bytes(row["body_hash"]) != asked.body_hash:
        raise KeyReused
    made: dict[str, str] = row["made"]
    return made


def twice_is_once(action: Callable[P, Awaitable[None]]) -> Callable[P, Awaitable[None]]:
    """An action with an `asked` that says nothing: what it refuses only because this very request
    was carried out meanwhile is done.

    Of two taps the second may look before the first has written, and act after it.
    """

    @wraps(action)
    async def carried_out(*args: P.args, **words: P.kwargs) -> None:
        try:
            await action(*args, **words)
        except Failure:
            asked = words["asked"]
            assert isinstance(asked, ReplayKey)
            if await find_replay(asked) is None:
                raise

    return carried_out


def remember(unit: Unit, asked: ReplayKey, made: dict[str, str], *, at: datetime) -> None:
    """Put the answer beside what it answers, in the same unit.

    A twin that ran at the same moment makes the unit fail with Duplicate; nothing is written
    and `find_replay` then knows the winner.
    """
    unit.insert(
        Replay,
        id=new_id(),
        actor=asked.actor,
        route=asked.route,
        key=asked.key,
        body_hash=asked.body_hash,
        made=made,
        at=at,
    )


async def old_replays(before: datetime) -> int:
    """How many keys are from before then."""
    found = await database.fetch_value("SELECT count(*) AS n FROM replay WHERE at < $1", before)
    return int(found)


async def forget_replays(before: datetime) -> int:
    """Drop the keys from before then; how many that were."""
    async with unit_of_work().models():
        return int(await Replay.filter(at__lt=before).delete())
