"""The codes of the demo: at entrances, gates, facilities and shops, one station, behind doors."""

from server.codes import Batch
from server.demo.chance import Chance
from server.demo.ground import Land
from server.demo.sizes import Size
from server.demo.staff import SINCE, Staff


def put_up(size: Size, chance: Chance, land: Land, staff: Staff) -> tuple[Batch, str]:
    """The batch, and the token of the demo code: 云锦苑 1号楼1单元. The last is the badge of the
    grid worker there."""
    batch = Batch("演示第一批", SINCE, make_id=chance.make_id, randbits=chance.randbits)
    tokens = [batch.code(entrance.id, "outdoor") for entrance in land.entrances]
    for ground in (*land.estates, *land.facilities):
        batch.code(ground.id, "outdoor")
    for shop in land.premises:
        batch.code(shop.id, "vendor" if shop.id in land.stalls else "merchant")
    batch.code(land.houses[-1].id, "station")
    left = None if size.codes is None else size.codes - len(batch.codes) - 1
    for at, room in enumerate(land.all_rooms()):
        if left is not None and at >= left:
            break
        batch.code(room.id, "household")
    grid = land.grids[0]
    batch.code(grid.id, "staff", post_id=staff.post_at("grid_worker", grid))
    return batch, tokens[0]
