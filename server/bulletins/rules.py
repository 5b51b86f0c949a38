"""Who writes bulletins and for whom; where one stands at an instant, and from when until when."""

from datetime import datetime, timedelta

from server.base import clock
from server.base.errors import FieldError
from server.base.viewer import HeldPost, Viewer

# Within the area of their post: the community's and the street's, and a firm for its estates.
OFFICE_ROLES = ("community_worker", "community_secretary", "street_dispatcher", "street_leader")
FIRM_ROLE = "property_manager"
WRITING_ROLES = (*OFFICE_ROLES, FIRM_ROLE)
KINDS = {"office": "公告", "firm": "物业通知"}
AUDIENCES = {"residents": "居民", "merchants": "商户", "staff": "工作人员"}
STATES = {
    "draft": "草稿",
    "scheduled": "定时发布",
    "out": "正在公布",
    "expired": "已到期",
    "withdrawn": "已撤下",
}
OF_SHOPS = ("merchant", "vendor")  # codes whose readers deal with a shop
TITLE_LIMIT, TEXT_LIMIT, REASON_LIMIT = 40, 5000, 200
MOST_PHOTOS = 9
LONGEST = timedelta(days=366)
USUAL = timedelta(days=30)
WHILE_TYPING = timedelta(minutes=15)


def writing_posts(viewer: Viewer) -> list[HeldPost]:
    """The posts under which the viewer writes; each within its area."""
    return [post for post in viewer.posts if post.role in WRITING_ROLES and post.area]


def writes_bulletins(viewer: Viewer) -> bool:
    """Whether the viewer writes anywhere."""
    return bool(writing_posts(viewer))


def writing_areas(viewer: Viewer) -> list[str]:
    return sorted({post.area for post in writing_posts(viewer)})


def writing_post(viewer: Viewer, path: str) -> HeldPost | None:
    """The post under which the viewer writes for this place; None where it is not theirs."""
    return next((post for post in writing_posts(viewer) if path.startswith(post.area)), None)


def minding_post(viewer: Viewer, path: str, by_area: str, unit_id: object) -> HeldPost | None:
    """The post under which the viewer looks after what was written for this place.

    Its area holds the place and all its writer answers for; a firm looks after its own alone.
    """
    return next(
        (
            post
            for post in writing_posts(viewer)
            if path.startswith(post.area)
            and by_area.startswith(post.area)
            and (post.role != FIRM_ROLE or post.unit_id == unit_id)
        ),
        None,
    )


def speaks_for(viewer: Viewer, kind: str, unit_id: object) -> bool:
    """Whether the viewer may word what this unit says: of a firm its own people alone."""
    if kind != "firm":
        return True
    posts = writing_posts(viewer)
    return any(post.role == FIRM_ROLE and post.unit_id == unit_id for post in posts)


def unit_name_of(viewer: Viewer) -> str:
    """Under which name the viewer writes, where no place was chosen yet."""
    return next((post.unit_name for post in writing_posts(viewer)), "")


def kind_of(post: HeldPost) -> str:
    """What is written under this post is called."""
    return "firm" if post.role == FIRM_ROLE else "office"


def audiences_of(code_kind: str) -> tuple[str, ...]:
    """For whom the page of such a code is: whoever stands at a shop's has to do with the shop."""
    return ("residents", "merchants") if code_kind in OF_SHOPS else ("residents",)


def state_at(state: str, out_at: datetime | None, until_at: datetime | None, now: datetime) -> str:
    """Where it stands: one of `STATES`. Nothing has to be done for it to come out or to expire."""
    if state != "published" or out_at is None or until_at is None:
        return state
    if now < out_at:
        return "scheduled"
    return "out" if now < until_at else "expired"


def wrong_start(out_at: datetime | None, now: datetime) -> list[FieldError]:
    """What is long over was typed wrong, and would be out at once; minutes pass while one types."""
    if out_at is None or out_at >= now - WHILE_TYPING:
        return []
    detail = "这个时间已经过去了。要现在就发布，把这一格清空。"
    return [FieldError("out", "time-passed", detail)]


def wrong_times(out_at: datetime, until_at: datetime | None, now: datetime) -> list[FieldError]:
    """What is wrong with when it comes out and until when it stands there."""
    wrong = []
    if out_at - now > LONGEST:
        wrong.append(FieldError("out", "time-too-far", "最远定在一年以内发布。"))
    if until_at is None:
        wrong.append(FieldError("until", "required", "写清公布到哪一天，到时自动撤下。"))
    elif until_at <= max(out_at, now):
        detail = "到期要晚于发布，也要晚于现在。"
        wrong.append(FieldError("until", "time-passed", detail))
    elif until_at - max(out_at, now) > LONGEST:
        wrong.append(FieldError("until", "time-too-far", "最长公布一年，到时还要公布可以再发。"))
    return wrong


def usual_until(now: datetime) -> datetime:
    """Until when one stands if nobody says otherwise: the end of a day of the town in a month."""
    local = clock.local(now + USUAL)
    return local.replace(hour=18, minute=0, second=0, microsecond=0)
