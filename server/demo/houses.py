"""Two houses of the demo open to whoever passes: one of the community, one that is warm."""

from server import stations
from server.demo import names
from server.demo.chance import Chance
from server.demo.ground import Land
from server.org import DutyHours
from server.stations import StationSheet

_CENTER = StationSheet(
    name=f"{names.MARK}湖畔社区党群服务中心",
    kind="center",
    phone="16000000105",
    facilities=("water", "toilet", "rest", "baby", "books", "wifi", "barrier_free"),
    hours=(
        DutyHours("workday", "08:30", "12:00"),
        DutyHours("workday", "14:30", "18:00"),
        DutyHours("off", "09:00", "17:00"),
    ),
)
_WARM = StationSheet(
    name=f"{names.MARK}暖心驿站",
    kind="warm",
    phone="16000000106",
    facilities=("water", "charging", "microwave", "medicine", "umbrella", "fridge", "heating"),
    hours=(DutyHours("every", "06:30", "22:30"),),
)


async def open_houses(land: Land, chance: Chance) -> int:
    """Write them; how many."""
    sheets = zip(land.houses, (_CENTER, _WARM), strict=True)
    return await stations.bring_in([(chance.make_id(), ground, sheet) for ground, sheet in sheets])
