"""Who may set up which post: whoever stands above it, within the area of the post that says so."""

from uuid import UUID

from server import org
from server.base.viewer import HeldPost, Viewer
from server.org import PostOnRoster
from server.rosters.errors import NotYourPost, PostUnknown

# The head of an office sets up the posts of their own office, whoever stands above those elsewhere.
HEADS = {"dept_leader": frozenset({"dept_handler", "grid_police"})}
ADMINISTRATOR = "sys_admin"
# Who may set up anything at all.
SETTING_UP = (
    "grid_leader",
    "property_manager",
    "community_secretary",
    "street_dispatcher",
    "street_leader",
    "dept_leader",
    ADMINISTRATOR,
)


def above(viewer: Viewer, role: str, unit_id: UUID, area: str) -> HeldPost | None:
    """The viewer's post under which they may set up such a post; nobody sets up their own."""
    return next((post for post in viewer.posts if _stands(post, role, unit_id, area)), None)


def may_look(viewer: Viewer, post: PostOnRoster) -> bool:
    """Colleagues of the unit see its roster, and so does whoever stands above one of its posts."""
    return post.unit_id in viewer.unit_ids or above_post(viewer, post) is not None


def above_post(viewer: Viewer, post: PostOnRoster) -> HeldPost | None:
    """The viewer's post under which they may set this one up."""
    return above(viewer, post.role, post.unit_id, post.area)


async def post_to_set_up(post_id: UUID, viewer: Viewer) -> tuple[PostOnRoster, HeldPost]:
    """The post, and the viewer's that stands above it. Raises PostUnknown, NotYourPost."""
    post = await org.post_on_roster(post_id)
    if post is None or not may_look(viewer, post):
        raise PostUnknown
    under = above_post(viewer, post)
    if under is None:
        raise NotYourPost
    return post, under


def _stands(post: HeldPost, role: str, unit_id: UUID, area: str) -> bool:
    if post.role == ADMINISTRATOR:
        return role != ADMINISTRATOR
    if not post.area or not area.startswith(post.area):
        return False
    heads = post.unit_id == unit_id and role in HEADS.get(post.role, ())
    return heads or post.role in org.roles_above(role)
