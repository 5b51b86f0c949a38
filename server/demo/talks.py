"""What residents of the demo code's neighbourhood wrote to those who answer there, and the answers.

Each line is who speaks, minutes before now, and the words. All of it is answered, so nothing rings.
"""

from datetime import datetime, timedelta
from uuid import UUID

from server import contact, org
from server.contact import PastLine, PastTalk
from server.demo.chance import Chance
from server.places import Ground

DAY = 24 * 60
_TALKS = (
    (
        "resident",
        "grid_worker",
        (
            ("resident", 2 * DAY, "巴特尔你好，我妈腿脚不好，楼道里的鞋柜能不能请邻居挪一挪？"),
            ("staff", 2 * DAY - 12, "王姐好，我下午上门说一声，晚上给您回话。"),
            ("staff", 2 * DAY - 300, "邻居已经挪走了，您让阿姨慢点走。"),
            ("resident", 2 * DAY - 320, "太好了，谢谢你。"),
            ("staff", 2 * DAY - 330, "应该的。"),
        ),
    ),
    (
        "neighbour",
        "property_manager",
        (
            ("resident", DAY, "地下车库几号开始清洗？"),
            ("staff", DAY - 20, "您好，下周一上午九点，负一层A区，请提前把车挪开。"),
        ),
    ),
)


async def talk(ground: Ground, people: dict[str, UUID], now: datetime, chance: Chance) -> int:
    """Write them; how many."""
    by_role = {one.role: one for one in await org.contacts(ground, now)}
    past = [
        PastTalk(
            id=chance.make_id(),
            ground=ground,
            to=by_role[role],
            account_id=people[who],
            lines=tuple(
                PastLine(chance.make_id(), side, now - timedelta(minutes=minutes), text)
                for side, minutes, text in lines
            ),
        )
        for who, role, lines in _TALKS
    ]
    return await contact.bring_in(past)
