"""How a person may belong to a home, who verifies it within what time, and how long it holds."""

from datetime import timedelta

from server.base.viewer import HeldPost, Viewer

KIN = {"owner": "业主", "tenant": "租户", "family": "家人"}
STATES = {
    "claimed": "等网格员核实",
    "bound": "已绑定",
    "refused": "没有通过",
    "ended": "已解除",
}
OPEN = ("claimed", "bound")
ENDED_FOR = {"taken_back": "本人撤回", "moved_out": "搬走了", "expired": "到期了"}
# Whoever knows the doors of the grid, and who stands above them while they are away.
VERIFYING_ROLES = ("grid_worker", "grid_leader")
VERIFIED_WITHIN = timedelta(days=3)
LASTS = {
    "owner": timedelta(days=3 * 365),
    "tenant": timedelta(days=365),
    "family": timedelta(days=3 * 365),
}
MOST_WAITING = 3  # claims of one account that wait at the same time
MOST_A_DAY = 5
REASON_LIMIT = 200


def verifying_posts(viewer: Viewer) -> list[HeldPost]:
    """The posts under which the viewer verifies who lives where; each within its area."""
    return [post for post in viewer.posts if post.role in VERIFYING_ROLES and post.area]


def verifying_post(viewer: Viewer, path: str) -> HeldPost | None:
    """The post under which the viewer verifies at this path; None where it is not theirs."""
    return next((post for post in verifying_posts(viewer) if path.startswith(post.area)), None)
