"""Who may make codes, which code belongs to which kind of place, and why one is taken down."""

from dataclasses import dataclass

from server.base.viewer import HeldPost, Viewer

KINDS = {
    "outdoor": "室外码",
    "household": "户内码",
    "merchant": "商户创城码",
    "vendor": "摊位码",
    "station": "驿站码",
    "staff": "干部码",
}
WITHOUT_SHORT = ("household", "staff")
FOR_EVERYBODY = ("outdoor", "merchant", "vendor", "station")


@dataclass(frozen=True, slots=True)
class Spot:
    """A kind of place that gets plaques: what it is called, and which kind of code hangs there."""

    title: str
    code: str


PLACES = {
    "entrance": Spot("单元门口", "outdoor"),
    "estate": Spot("小区大门", "outdoor"),
    "facility": Spot("公共设施", "outdoor"),
    "premises": Spot("商户门口", "merchant"),
    "room": Spot("每户家里", "household"),
}
# Over the area of their post: they make, print, void and take down.
MAKING_ROLES = ("community_worker", "community_secretary", "street_dispatcher", "street_leader")
MOST_AT_ONCE = 20_000
LONGEST_NAME = 40
ENDED_FOR = {
    "damaged": "牌子坏了",
    "missing": "牌子不见了",
    "covered": "牌子被人贴盖、换过",
    "misplaced": "挂错了地方",
    "misprinted": "印错了",
    "renamed": "上面的名字改了",
    "closed": "这个地方不再用了",
}


def makes_codes(viewer: Viewer) -> bool:
    """Whether the viewer makes codes anywhere."""
    return bool(making_posts(viewer))


def making_posts(viewer: Viewer) -> list[HeldPost]:
    """The posts under which the viewer makes codes; each within its area."""
    return [post for post in viewer.posts if post.role in MAKING_ROLES and post.area]


def making_areas(viewer: Viewer) -> list[str]:
    return sorted({post.area for post in making_posts(viewer)})


def making_post(viewer: Viewer, path: str) -> HeldPost | None:
    """The post under which the viewer makes codes at this path; None where it is not theirs."""
    return next((post for post in making_posts(viewer) if path.startswith(post.area)), None)
