"""Who of the demo lives where: one was found to, behind the demo code; of another it is asked."""

from datetime import datetime, timedelta
from uuid import UUID

from server import bindings
from server.bindings import PastBinding
from server.demo.chance import Chance
from server.demo.ground import Land


async def move_in(land: Land, accounts: dict[str, UUID], now: datetime, chance: Chance) -> int:
    """Write both; how many."""
    first, second = land.rooms[0][:2]
    bound = PastBinding(
        id=chance.make_id(),
        account_id=accounts["resident"],
        ground=first,
        kin="owner",
        state="bound",
        claimed_at=now - timedelta(days=40),
    )
    waits = PastBinding(
        id=chance.make_id(),
        account_id=accounts["neighbour"],
        ground=second,
        kin="tenant",
        state="claimed",
        claimed_at=now - timedelta(hours=20),
    )
    return await bindings.bring_in([bound, waits])
