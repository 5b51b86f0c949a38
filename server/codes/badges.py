"""干部码: the code of a post, on the badge of whoever holds it. It goes with the post."""

from uuid import UUID

from server import org, places, trust
from server.base import changes, clock, database
from server.base.errors import Unavailable
from server.base.unit import Duplicate, Unit
from server.base.viewer import HeldPost, Viewer
from server.codes.actions import Batch, put
from server.codes.errors import BadgeRefused
from server.codes.making import MOST_TRIES
from server.codes.rules import making_post
from server.org import PostOnRoster
from server.trust import Act

BATCH = "工作牌"


async def make_badge(post_id: UUID, *, by: Viewer) -> UUID:
    """The code of this post, made now or before; its id. On record.

    Raises BadgeRefused for a post that is not there, serves no place, or serves one in which the
    viewer makes no codes.
    """
    post = await org.post_on_roster(post_id)
    under = making_post(by, post.area) if post else None
    if post is None or under is None:
        raise BadgeRefused
    for _ in range(MOST_TRIES):
        before = await database.fetch_value("SELECT max(nth) AS n FROM code_batch")
        made = await badge_of(post_id)
        if made is not None:
            return made
        try:
            return await _made(post, under, by, nth=int(before or 0) + 1)
        except Duplicate:
            continue  # Another batch was made meanwhile: it may have been this.
    raise Unavailable(retry_after_s=1)


async def badge_of(post_id: UUID) -> UUID | None:
    """The code in use of a post, by its id."""
    row = await database.fetch_one(
        "SELECT id FROM code WHERE post_id = $1 AND status = 'active'", post_id
    )
    return row["id"] if row else None


async def _made(post: PostOnRoster, under: HeldPost, by: Viewer, *, nth: int) -> UUID:
    """One try. Raises Duplicate when another batch was made meanwhile."""
    served = await places.standing_at(post.area)
    batch = Batch(BATCH, clock.now(), path=post.area)
    batch.code(served.id, "staff", post_id=post.id)

    def also(unit: Unit) -> None:
        put(unit, batch, nth=nth, by_account_id=by.account_id)
        unit.after_commit(changes.everything_changed)

    said = {"batch": str(batch.id), "post": str(post.id)}
    target = f"{org.role_title(post.role)} {served.full_name}"[:60]
    await trust.record(
        Act(action="code.make", by=by, post=under, target=target, detail=said), also=also
    )
    code_id: UUID = batch.codes[0]["id"]
    return code_id
