"""What a merchant is, how its codes are checked, and how many of twelve points it has."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from server.base import clock
from server.base.viewer import HeldPost, Viewer

ROLE, UNIT_KIND = "merchant", "merchant"  # of the owner's post, and of the unit it belongs to
KINDS = {"shop": "店铺", "vendor": "摊位"}
TRADES = {
    "dining": "餐饮",
    "food": "食品果蔬",
    "retail": "百货零售",
    "clothing": "服装鞋帽",
    "beauty": "美容美发",
    "pharmacy": "药店诊所",
    "repair": "维修五金",
    "motor": "汽车服务",
    "lodging": "住宿",
    "leisure": "文体娱乐",
    "service": "生活服务",
    "other": "其他",
}
DUTIES = {"hygiene": "包卫生", "greenery": "包绿化", "order": "包秩序"}  # 门前三包
NAME_LIMIT, LICENSE_LIMIT = 60, 20
# Over the area of their post they register, correct and close merchants and invite owners.
KEEPING_ROLES = ("community_worker", "community_secretary", "street_dispatcher", "street_leader")

FULL = 12
BANDS = {"good": "优", "fair": "良", "poor": "改进"}
_GOOD, _FAIR = 10, 7  # from so many points on

# GB 32100-2015: the characters, without those that look like digits, and the weights of the
# first seventeen.
_USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = tuple(pow(3, nth, 31) for nth in range(17))
_USCC_FORM = re.compile(rf"[{_USCC}]{{2}}\d{{6}}[{_USCC}]{{10}}", re.ASCII)
# GB 11714: the organisation code in places 9 to 17, whose last character checks the eight before.
_ORG = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
USCC_LENGTH = 18


@dataclass(frozen=True, slots=True)
class Lost:
    """Points lost by one finding, as they are counted."""

    points: int
    decided_at: datetime
    returns_on: date
    reversed_at: datetime | None = None
    case_id: UUID | None = None  # what was found


def duty_titles(duties: Iterable[str]) -> list[str]:
    """What was signed for, in words."""
    return [DUTIES[key] for key in duties if key in DUTIES]


def uscc_check(first17: str) -> str:
    """The last character of a unified social credit code by the seventeen before it."""
    total = sum(
        _USCC.index(one) * weight for one, weight in zip(first17, _USCC_WEIGHTS, strict=True)
    )
    return _USCC[-total % 31]


def org_check(first8: str) -> str:
    """The last character of an organisation code by the eight before it."""
    total = sum(_ORG.index(one) * weight for one, weight in zip(first8, _ORG_WEIGHTS, strict=True))
    left = 11 - total % 11
    return {10: "X", 11: "0"}.get(left, str(left))


def uscc_trouble(code: str) -> str | None:
    """Why this is no unified social credit code, in a sentence that says where; None if it is."""
    if len(code) != USCC_LENGTH:
        return f"统一社会信用代码是18位，现在是{len(code)}位。"
    if not _USCC_FORM.fullmatch(code):
        return "统一社会信用代码只有数字和大写字母，没有I、O、S、V、Z，第3到8位是数字。"
    if org_check(code[8:16]) != code[16]:
        return "统一社会信用代码第9到17位对不上，请对照执照再输一遍。"
    if uscc_check(code[:17]) != code[17]:
        return "统一社会信用代码最后一位对不上，请对照执照再输一遍。"
    return None


def tidy_uscc(typed: str) -> str:
    """As it is kept: without spaces and in capitals."""
    return "".join(typed.split()).upper()


def returns_on(decided_at: datetime) -> date:
    """The town's day on which points come back: the first of the month after."""
    day = clock.local(decided_at).date()
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def score(lost: Iterable[Lost], at: datetime) -> int:
    """Of twelve points those that are left at that instant, never fewer than none.

    Points lost count in the month of the town in which that was decided: every month begins with
    twelve. What was reversed never counts again (decision 0021).
    """
    return max(0, FULL - sum(one.points for one in lost if counts(one, at)))


def counts(one: Lost, at: datetime) -> bool:
    """Whether these points are missing at that instant."""
    if one.reversed_at is not None and one.reversed_at <= at:
        return False
    return one.decided_at <= at < begins(one.returns_on)


def begins(day: date) -> datetime:
    """The instant at which a day of the town begins."""
    return datetime.combine(day, time(), clock.ZONE)


def band(points: int) -> str:
    """The one of `BANDS` everybody is shown instead of a number."""
    if points >= _GOOD:
        return "good"
    return "fair" if points >= _FAIR else "poor"


def keeping_posts(viewer: Viewer) -> list[HeldPost]:
    """The posts under which the viewer keeps the registry; each within its area."""
    return [post for post in viewer.posts if post.role in KEEPING_ROLES and post.area]


def keeping_post(viewer: Viewer, path: str) -> HeldPost | None:
    """The post under which the viewer keeps merchants at this path; None where it is not theirs."""
    return next((post for post in keeping_posts(viewer) if path.startswith(post.area)), None)
