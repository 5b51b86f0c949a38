"""What hangs as 公告 in the demo code's neighbourhood: the community's, and the firm's.

Each line is the persona who says it, days before now, days until it ends, and the words.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from server import bulletins, org
from server.bulletins import PastBulletin
from server.demo.chance import Chance
from server.places import Ground

_LINES = (
    (
        "community_worker",
        2,
        21,
        True,
        "冬季用火用电用气安全提醒",
        """天冷了，请大家互相提醒，平平安安过冬。

# 请您看一看

- 电动车和电池不要带上楼，楼下有充电棚
- 出门前关好燃气阀门和电暖气
- 楼道里不要堆纸箱、旧家具

# 请您帮一帮

独居老人家里的**报警器**要是响了，请马上敲门问一声，再打24小时值班电话。""",
    ),
    (
        "property_manager",
        1,
        14,
        False,
        "地下车库清洗安排",
        """下周一到周三清洗地下车库，每天9点到17点。

1. 周一：A区
2. 周二：B区
3. 周三：C区

请提前把车挪开，给您添麻烦了。""",
    ),
)


async def hang_up(
    nodes: Iterable[Ground], people: dict[str, UUID], now: datetime, chance: Chance
) -> int:
    """Write them for the node each of these personas answers for; how many."""
    at = {node.path: node for node in nodes}
    past = []
    for persona, days, left, pinned, title, text in _LINES:
        post = (await org.posts_of(people[persona], now))[0]
        past.append(
            PastBulletin(
                id=chance.make_id(),
                ground=at[post.area],
                title=title,
                text=text,
                audiences=("residents", "merchants"),
                account_id=people[persona],
                post=post,
                out_at=now - timedelta(days=days),
                until_at=now + timedelta(days=left),
                pinned=pinned,
            )
        )
    return await bulletins.bring_in(past)
