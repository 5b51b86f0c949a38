"""Codes for every place under a node that has none yet: counted first, then made, never twice."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from server import places, trust
from server.base import changes, clock, database
from server.base.errors import FieldError, Invalid, Unavailable
from server.base.fields import clean_text
from server.base.unit import Duplicate, Unit
from server.base.viewer import Viewer
from server.codes.actions import Batch, put
from server.codes.errors import BatchTooLarge, NothingMissing
from server.codes.hanging import tokens_taken
from server.codes.queries import code_at
from server.codes.rules import LONGEST_NAME, MOST_AT_ONCE, PLACES, making_post
from server.places import Ground
from server.trust import Act, ReplayKey

MOST_TRIES = 20
Wanted = Callable[[], Awaitable[list[tuple[UUID, str]]]]  # places that lack a code, and its kind


@dataclass(frozen=True, slots=True)
class Missing:
    """One kind of place under a node: how many there are, and how many have their code."""

    kind: str
    places: int
    with_code: int

    @property
    def missing(self) -> int:
        return self.places - self.with_code


@dataclass(frozen=True, slots=True)
class Made:
    """A batch that was made, or was made before by the same request."""

    id: UUID
    count: int


async def survey(node: Ground) -> list[Missing]:
    """What is under this node, kind by kind; kinds of which there are none are left out."""
    found = []
    for kind, spot in PLACES.items():
        row = await database.fetch_one(
            f"SELECT count(*) AS places, sum(CASE WHEN {_HAS_CODE} THEN 1 ELSE 0 END) AS with_code"
            f" {_under(node)}",
            *_values(node, kind, spot.code),
        )
        if row and row["places"]:
            found.append(Missing(kind, int(row["places"]), int(row["with_code"])))
    return found


async def make(
    node_id: UUID,
    kinds: Sequence[str],
    name: str,
    *,
    vendors: Collection[UUID] = (),
    by: Viewer | None = None,
    operator: str = "",
    asked: ReplayKey | None = None,
) -> Made:
    """Make the codes that are missing at these kinds of place under a node: one batch, on record.

    At premises that are a vendor's the code is a vendor's. The same request again answers the same,
    and another one makes only what is missing by then. Without `by` it is the operator at the
    machine. Raises Invalid with every wrong field, also for a node beyond the viewer's area;
    NothingMissing; BatchTooLarge.
    """
    if asked is not None and (made := await trust.find_replay(asked)) is not None:
        return Made(UUID(made["id"]), int(made["count"]))
    node = await places.find(node_id)
    post = making_post(by, node.path) if by else None
    words = _checked(node, kinds, name, is_theirs=by is None or post is not None)
    act = Act(
        action="code.make",
        by=by,
        post=post,
        name=operator,
        target=node.full_name[:60],
        detail={"kinds": sorted(kinds)},
    )

    async def missing() -> list[tuple[UUID, str]]:
        return [
            (place_id, "vendor" if place_id in vendors else PLACES[kind].code)
            for kind in PLACES
            if kind in kinds
            for place_id in await _without_code(node, kind)
        ]

    return await _in_turn(node, missing, words, act, asked)


async def make_one(place_id: UUID, kind: str, *, by: Viewer, asked: ReplayKey) -> Made:
    """The one code of this kind that a place lacks: a batch of its own, on record.

    The same request again answers the same. Raises Invalid for a place beyond the viewer's area,
    NothingMissing where such a code is in use there.
    """
    if (made := await trust.find_replay(asked)) is not None:
        return Made(UUID(made["id"]), int(made["count"]))
    place = await places.find(place_id)
    post = making_post(by, place.path)
    if post is None or place.retired_at is not None:
        raise Invalid(_NOT_YOURS)
    detail = {"kinds": [kind]}
    act = Act(action="code.make", by=by, post=post, target=place.full_name[:60], detail=detail)

    async def missing() -> list[tuple[UUID, str]]:
        return [] if await code_at(place_id, kind) else [(place_id, kind)]

    return await _in_turn(place, missing, place.full_name[:LONGEST_NAME], act, asked)


async def _in_turn(
    node: Ground, missing: Wanted, name: str, act: Act, asked: ReplayKey | None
) -> Made:
    for _ in range(MOST_TRIES):
        try:
            return await _made(node, missing, name, act, asked)
        except Duplicate:
            if asked is not None and (made := await trust.find_replay(asked)) is not None:
                return Made(UUID(made["id"]), int(made["count"]))
    raise Unavailable(retry_after_s=1)


async def _made(
    node: Ground, missing: Wanted, name: str, act: Act, asked: ReplayKey | None
) -> Made:
    """One try. Raises Duplicate when another batch was made meanwhile: it may have made these."""
    before = await database.fetch_value("SELECT max(nth) AS n FROM code_batch")
    _, taken = await tokens_taken()
    batch = Batch(name, clock.now(), path=node.path, taken=taken)
    for place_id, kind in await missing():
        batch.code(place_id, kind)
    if not batch.codes:
        raise NothingMissing
    if len(batch.codes) > MOST_AT_ONCE:
        raise BatchTooLarge(count=len(batch.codes), most=MOST_AT_ONCE)

    def also(unit: Unit) -> None:
        put(unit, batch, nth=int(before or 0) + 1, by_account_id=act.by and act.by.account_id)
        if asked is not None:
            made = {"id": str(batch.id), "count": str(len(batch.codes))}
            trust.remember(unit, asked, made, at=batch.made_at)
        unit.after_commit(changes.everything_changed)

    said = {"batch": str(batch.id), "codes": len(batch.codes), **act.detail}
    await trust.record(replace(act, detail=said), also=also)
    return Made(batch.id, len(batch.codes))


_NOT_YOURS = FieldError("place", "not-your-area", "这个地方不归您管，请从列出的里面选。")


def _checked(node: Ground, kinds: Sequence[str], name: str, *, is_theirs: bool) -> str:
    wrong = []
    if not is_theirs or node.retired_at is not None:
        wrong.append(_NOT_YOURS)
    if not kinds or any(kind not in PLACES for kind in kinds):
        wrong.append(FieldError("kinds", "required", "请选给哪些地方做码。"))
    try:
        words = clean_text(name, LONGEST_NAME, field="name")
    except Invalid as error:
        raise Invalid(*wrong, *error.fields) from None
    if wrong:
        raise Invalid(*wrong)
    return words or node.full_name[:LONGEST_NAME]


async def _without_code(node: Ground, kind: str) -> list[UUID]:
    rows = await database.fetch(
        f"SELECT p.id {_under(node)} AND NOT {_HAS_CODE} ORDER BY p.path LIMIT {MOST_AT_ONCE + 1}",
        *_values(node, kind, PLACES[kind].code),
    )
    return [row["id"] for row in rows]


_HAS_CODE = (
    "EXISTS (SELECT 1 FROM code c WHERE c.place_id = p.id AND c.status = 'active'"
    " AND (c.kind = $2 OR (p.kind = 'premises' AND c.kind = 'vendor')))"  # a stall's own kind
)


def _under(node: Ground) -> str:
    """An estate's houses may hang under several grids, so it is asked for by its id."""
    inside = "p.estate_id = $3" if node.kind == "estate" else "p.path >= $3 AND p.path < $4"
    return f"FROM place p WHERE p.kind = $1 AND p.retired_at IS NULL AND ({inside})"


def _values(node: Ground, kind: str, code_kind: str) -> list[object]:
    ends = [node.id] if node.kind == "estate" else list(places.under(node.path))
    return [kind, code_kind, *ends]
