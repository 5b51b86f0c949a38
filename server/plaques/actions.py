"""Put a plaque up, say that something is wrong with one, and say what was done about it.

Of where a phone stood only "far" or "near" is kept, and of who reported a fault nothing.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from server import codes, notices, org, photos, trust
from server.base import clock, database
from server.base.errors import FieldError, Invalid, Unavailable
from server.base.geo import Point
from server.base.ids import new_id
from server.base.races import until_won
from server.base.unit import Duplicate, LostRace, Unit, unit_of_work
from server.base.viewer import Viewer
from server.places import Ground
from server.plaques.errors import FaultUnknown, NotYoursToMount
from server.plaques.models import Fault, Mounting
from server.plaques.rules import FAULTS, OUTCOMES, is_far, mounting_post
from server.trust import ReplayKey

REPORTED = "hanger.fault"


@trust.twice_is_once
async def mount(
    token: str, photo_ids: Sequence[UUID], *, at: Point | None, by: Viewer, asked: ReplayKey
) -> None:
    """The plaque hangs where it belongs, as the photo shows; what was wrong with it is over.

    The same request again changes nothing. Raises what `codes.read` raises, NotYoursToMount, and
    Invalid without a photo or with one that is used elsewhere.
    """
    if await trust.find_replay(asked) is not None:
        return
    code, now = await codes.read(token), clock.now()
    post = mounting_post(by, code.ground.path)
    if post is None:
        raise NotYoursToMount
    kept = await photos.claim(photo_ids[:1], by=by)
    if not kept:
        raise Invalid(FieldError("photos", "required", "请拍一张挂好的样子。"))
    mounting_id = new_id()
    try:
        async with unit_of_work() as unit:
            unit.insert(
                Mounting,
                id=mounting_id,
                code_id=code.id,
                path=code.ground.path,
                mounted_at=now,
                by_account_id=by.account_id,
                by_post_id=post.id,
                photo_id=kept[0].id,
                far=is_far(code.ground.point, at),
            )
            photos.attach(unit, kept, case_id=mounting_id)
            codes.mark_mounted(unit, code.id, at=now)
            _close(unit, {"code_id": code.id}, "remounted", post.id, expecting=None)
            trust.remember(unit, asked, {"id": str(mounting_id)}, at=now)
    except Duplicate:
        if await trust.find_replay(asked) is None:
            raise
    except LostRace:
        # Its code ended or its photo went elsewhere at the same moment: then that is said.
        await codes.read(token)
        await photos.claim(photo_ids[:1], by=by)
        raise Unavailable(retry_after_s=1) from None


async def report_fault(token: str, kind: str, *, at: Point | None, asked: ReplayKey) -> None:
    """Something is wrong with this plaque; whoever puts plaques up there is told, once.

    Said again by another it only counts. Anybody may; nobody is kept. Raises what `codes.read`
    raises, and Invalid without a kind.
    """
    if kind not in FAULTS:
        raise Invalid(FieldError("kind", "required", "请选牌子怎么了。"))
    code = await codes.read(token)
    key = f"{code.id}:{kind}"
    await until_won(key, lambda: _told_once(code, kind, key, at, asked))


async def _told_once(
    code: codes.CodeCard, kind: str, key: str, at: Point | None, asked: ReplayKey
) -> None:
    """Raises LostRace where somebody else told of the same, or somebody ended it, meanwhile."""
    if await trust.find_replay(asked) is not None:
        return
    open_now = await database.fetch_one("SELECT id, times FROM fault WHERE open_key = $1", key)
    try:
        async with unit_of_work() as unit:
            now = clock.now()
            if open_now is None:
                far = is_far(code.ground.point, at)
                fault_id = _opened(unit, code, kind, far=far, now=now)
                await _tell(unit, code.ground, kind, fault_id, at=now)
            else:
                times = open_now["times"]
                unit.update(
                    Fault,
                    where={"id": open_now["id"], "times": times, "open_key": key},
                    set={"times": times + 1},
                )
            trust.remember(unit, asked, {"kind": kind}, at=now)
    except Duplicate as taken:
        raise LostRace(taken.table) from taken


@trust.twice_is_once
async def close_fault(fault_id: UUID, outcome: str, *, by: Viewer, asked: ReplayKey) -> None:
    """Say what was done about it; the same request again says nothing more.

    Raises FaultUnknown for one that is over or beyond one's area, Invalid without an outcome.
    """
    if await trust.find_replay(asked) is not None:
        return
    if outcome not in OUTCOMES:
        raise Invalid(FieldError("outcome", "required", "请选怎么处理的。"))
    row = await database.fetch_one(
        "SELECT path FROM fault WHERE id = $1 AND closed_at IS NULL", fault_id
    )
    post = mounting_post(by, row["path"]) if row else None
    if post is None:
        raise FaultUnknown
    try:
        async with unit_of_work() as unit:
            _close(unit, {"id": fault_id}, outcome, post.id, expecting=1)
            trust.remember(unit, asked, {"id": str(fault_id)}, at=clock.now())
    except (LostRace, Duplicate):
        raise FaultUnknown from None


def _opened(
    unit: Unit, code: codes.CodeCard, kind: str, *, far: bool | None, now: datetime
) -> UUID:
    fault_id = new_id()
    unit.insert(
        Fault,
        id=fault_id,
        code_id=code.id,
        path=code.ground.path,
        kind=kind,
        far=far,
        reported_at=now,
        open_key=f"{code.id}:{kind}",
    )
    return fault_id


def _close(
    unit: Unit, which: dict[str, UUID], outcome: str, post_id: UUID, *, expecting: int | None
) -> None:
    unit.update(
        Fault,
        where=which | {"closed_at": None},
        set={"closed_at": clock.now(), "outcome": outcome, "open_key": None, "by_post_id": post_id},
        expecting=expecting,
    )


async def _tell(unit: Unit, ground: Ground, kind: str, fault_id: UUID, *, at: datetime) -> None:
    """Whoever looks after this ground: the grid worker, or whoever stands in."""
    found = await org.responsible_for(ground, "grid_worker", at)
    if found is None:
        return
    to = (
        notices.Receiver(post_id=found.post_id)
        if found.post_id
        else notices.Receiver(unit_id=found.unit_id)
    )
    notices.tell(
        unit,
        to=to,
        text_key=REPORTED,
        values={"place": ground.full_name, "text": FAULTS[kind]},
        case_id=None,
        occasion=str(fault_id),
        at=at,
    )
