"""Show one sealed value: by role, so often a day, with a reason on record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from server.base import clock, database, seal
from server.base.errors import Conflict, FieldError, Invalid, NotAllowed, TooMany, Unavailable
from server.base.fields import clean_text
from server.base.unit import Duplicate, Unit
from server.base.viewer import HeldPost, Viewer
from server.trust.audit import Act, record
from server.trust.models import UnmaskUse
from server.trust.replay import ReplayKey, find_replay, remember

REASON_LIMIT = 200
MOST_TRIES = 10
SAME_LOOK = timedelta(minutes=5)  # as long a request that was sent again is the same look

# How many values a person may open in a day, by the post under which they do; any other none.
DAILY = {
    "grid_worker": 20,
    "grid_leader": 20,
    "grid_police": 10,
    "property_manager": 20,
    "community_worker": 20,
    "community_secretary": 20,
    "street_dispatcher": 40,
    "duty_post": 40,
    "dept_handler": 20,
}


class NotToUnmask(NotAllowed):
    """Their post does not open this, or the raiser is concealed from it."""

    code = "not-to-unmask"
    sentence = "这件事的诉求人信息，您的岗位不能查看。"


class LookOver(Conflict):
    """The same request again, long after: whoever looks again says why again."""

    code = "look-over"
    sentence = "这一次查看已经过去几分钟了。还要看的话，请再写一次原因，会另记一次。"


class UnmaskedEnough(TooMany):
    code = "unmasked-enough"
    sentence = "今天查看诉求人信息已满{limit}次，明天才能再看。急事请打单位值班电话，由同事查看。"


@dataclass(frozen=True, slots=True)
class Look:
    """What somebody wants to see, under which of their posts, and why."""

    by: Viewer
    post: HeldPost
    target: str  # of what it is a value: a case's number
    field: str
    reason: str
    asked: ReplayKey
    request: str = ""


@dataclass(frozen=True, slots=True)
class Unmasked:
    """The value, and how many more this person may open today."""

    value: str
    left: int


def may_unmask(post: HeldPost) -> bool:
    """Whether a post opens anything at all."""
    return post.role in DAILY


async def unmask(look: Look, sealed: bytes, *, aad: str) -> Unmasked:
    """Open one value, once the look is on record. The same request again is the same look for some
    minutes, and after these opens nothing.

    Raises Invalid without a reason, NotToUnmask, UnmaskedEnough (on record too), KeyReused,
    LookOver.
    """
    reason = _reason(look.reason)
    limit = DAILY.get(look.post.role)
    if limit is None or look.by.account_id is None:
        raise NotToUnmask
    value, today = seal.open(sealed, aad=aad), town_day(clock.now())
    for _ in range(MOST_TRIES):
        used = await _used(look.by.account_id, today)
        if (made := await find_replay(look.asked)) is not None:
            _check_same_look(made)
            return Unmasked(value, max(0, limit - used))
        if used >= limit:
            await record(_act(look, reason, result="refused"))
            left = clock.left_of_day(clock.now())
            raise UnmaskedEnough(int(left.total_seconds()) + 1, limit=limit)
        try:
            await _note(look, reason, look.by.account_id, today, used + 1)
        except Duplicate:
            continue  # Another look of theirs, or the same request, was faster.
        return Unmasked(value, limit - used - 1)
    raise Unavailable(retry_after_s=1)


def town_day(at: datetime) -> date:
    """The town's date at that moment."""
    return clock.local(at).date()


async def _note(look: Look, reason: str, account_id: UUID, day: date, nth: int) -> None:
    def also(unit: Unit) -> None:
        unit.insert(UnmaskUse, account_id=account_id, day=day, nth=nth)
        now = clock.now()
        made = {"unmasked": look.target, "at": now.isoformat()}
        remember(unit, look.asked, made, at=now)

    await record(_act(look, reason), also=also)


def _check_same_look(made: Mapping[str, str]) -> None:
    at = datetime.fromisoformat(made["at"]) if "at" in made else None
    if at is None or abs(clock.now() - at) > SAME_LOOK:
        raise LookOver


def _act(look: Look, reason: str, result: str = "done") -> Act:
    return Act(
        action="case.unmask",
        by=look.by,
        post=look.post,
        target=look.target,
        result=result,
        reason=reason,
        detail={"field": look.field},
        request=look.request,
    )


def _reason(given: str) -> str:
    reason = clean_text(given, REASON_LIMIT, field="reason")
    if not reason:
        raise Invalid(FieldError("reason", "required", "请写明为什么要看，会记录在案。"))
    return reason


async def _used(account_id: UUID, day: date) -> int:
    """The highest number used, so that a lost race is noticed by the key of the row."""
    found = await database.fetch_value(
        "SELECT max(nth) AS n FROM unmask_use WHERE account_id = $1 AND day = $2", account_id, day
    )
    return int(found or 0)
