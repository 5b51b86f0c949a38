"""What residents of the demo code's neighbourhood thanked whom for; two still wait to be read.

Each line is a kind of target, which of its kind, who gave it, minutes before now, the word and a
line.
"""

from datetime import datetime, timedelta
from uuid import UUID

from server import praise
from server.base.viewer import Viewer
from server.demo.chance import Chance
from server.places import Ground
from server.praise import PastPraise

DAY = 24 * 60
_LINES = (
    ("post", 0, "resident", 2 * DAY, "kind", "下大雪那天一早就来扫楼道，还帮我妈提菜上楼，谢谢！"),
    ("unit", 0, "neighbour", 3 * DAY, "quick", "电梯坏了半小时就有人来，态度也好。"),
    ("place", 0, "resident", 5 * DAY, "clean", ""),
    ("post", 2, "neighbour", 8 * DAY, "careful", "每次打电话都接，说到做到。"),
    ("post", 0, "neighbour", 12 * DAY, "clear", ""),
    ("post", 1, "resident", 20 * DAY, "kind", "帮忙找回了孩子的自行车，谢谢警官。"),
    ("unit", 0, "resident", 3 * 60, "skilled", "门禁修好了，师傅还把门口扫干净了。"),
    ("post", 0, "neighbour", 95, "quick", "反映了楼道堆物，当天就来了，还留了微信号让我问进度。"),
)
_WAIT_SINCE = DAY  # what was written within the last day waits to be read


async def give_thanks(
    ground: Ground, givers: dict[str, UUID], now: datetime, chance: Chance
) -> int:
    """Write them; how many."""
    targets = await praise.targets_at(ground, Viewer(), now)
    past = []
    for kind, nth, giver, minutes, tag, text in _LINES:
        waits = minutes < _WAIT_SINCE
        past.append(
            PastPraise(
                id=chance.make_id(),
                target=[one for one in targets if one.kind == kind][nth],
                account_id=givers[giver],
                tag=tag,
                text=text,
                state="waiting" if waits else "accepted",
                given_at=now - timedelta(minutes=minutes),
            )
        )
    return await praise.bring_in(past)
