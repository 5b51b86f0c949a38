"""Who puts plaques up, what can be wrong with one, and what "far from where it hangs" means."""

from server import places
from server.base.errors import Invalid
from server.base.geo import Point, distance_m
from server.base.viewer import HeldPost, Viewer

MOUNTING_ROLES = ("grid_worker", "grid_leader", "community_worker", "community_secretary")
FAULTS = {
    "damaged": "破了、看不清了",
    "missing": "掉了、不见了",
    "covered": "被别的码贴住、换过",
    "misplaced": "挂错了地方",
}
OUTCOMES = {
    "mended": "清理好、修好了",
    "remounted": "重新挂好了",
    "fine": "去看了，没有问题",
}
FAR_M = 200.0  # phones between houses are off by tens of metres


def mounting_posts(viewer: Viewer) -> list[HeldPost]:
    """The posts under which the viewer puts plaques up; each within its area."""
    return [post for post in viewer.posts if post.role in MOUNTING_ROLES and post.area]


def mounting_post(viewer: Viewer, path: str) -> HeldPost | None:
    """The post under which the viewer puts plaques up at this path; None where it is not theirs."""
    return next((post for post in mounting_posts(viewer) if path.startswith(post.area)), None)


def mounts_at(viewer: Viewer, path: str) -> bool:
    """Whether the viewer puts plaques up here."""
    return mounting_post(viewer, path) is not None


def is_far(place: Point | None, phone: Point | None) -> bool | None:
    """Whether the phone stands far from the place; None where one of them is not known."""
    if place is None or phone is None:
        return None
    return distance_m(place, phone) > FAR_M


def read_phone(lng: str, lat: str) -> Point | None:
    """Where a phone says it is; None where it says nothing, or nothing that is on earth."""
    try:
        return places.read_point(float(lng), float(lat))
    except (ValueError, Invalid):
        return None
