"""What waits for the personas when a visitor comes: the demo code's neighbourhood, stage by stage.

Each line is a report near the demo code and how far it has come, in minutes before now.
"""

from datetime import datetime, timedelta
from uuid import UUID

from server.base.viewer import GUEST, Viewer
from server.cases import Act, Plan
from server.demo.ground import Community, Land
from server.demo.words import answers
from server.demo.words.reports import REPORTS
from server.places import Ground

DAY = 24 * 60
_STEPS = {
    "accept": {"text": answers.ACCEPTED[2]},
    "dispatch": {"text": answers.DISPATCHED[0]},
    "sign": {"text": answers.SIGNED[0]},
    "return": {"reason": answers.RETURNED[0]},
    "resolve": {"outcome": "fixed", "text": answers.RESOLVED["P"][0]},
    "confirm": {"solved": "yes", "rating": "satisfied", "text": answers.THANKS[0]},
    "reopen": {"reason": answers.REOPENED[1], "solved": "no"},
}
_BY = {"second": "neighbour", "confirm": "raiser", "reopen": "raiser"}

# category, place, spot, opened, then "move@minutes before now"; a trailing name is the raiser's.
_LINES = (
    # The grid worker: to accept, to dispatch, to handle himself.
    ("F01", "second_entrance", "单元门口", 12, ""),
    ("E05", "entrance", "3楼楼道", 26, ""),
    ("E03", "building", "楼后", 55, "accept@40"),
    ("K01", "shed", "东侧", 48, "accept@31"),
    ("S02", "room", "", 3 * 60, "accept@150 self_handle@120"),
    ("Z99", "playground", "", 2 * 60 - 10, ""),
    # The property company: to sign, in hand, late, done and waiting for the resident.
    ("P02", "third_entrance", "电梯轿厢", 75, ""),
    ("E01", "bins", "", 95, "second@60"),
    ("P05", "entrance", "4楼楼道", 20 * 60, "second@1100 sign@1080 second@700 second@300"),
    ("P04", "building", "地下一层", 26 * 60, "sign@1500"),
    ("K01", "next_building", "楼前", 2 * DAY, "accept@2800 dispatch@2780 sign@2700", "resident"),
    ("E01", "second_entrance", "一楼大厅", 9 * 60, "sign@500 resolve@290", "resident"),
    ("P02", "entrance", "", 15 * DAY, "sign@21560 resolve@20700 confirm@20000", "resident"),
    ("F03", "playground", "滑梯", 30 * 60, "accept@1780 dispatch@1750 sign@1700", "neighbour"),
    # The street: disputes to rule, and what the residents sent back.
    ("F02", "bins", "旁边的路灯", 6 * 60, "accept@330 dispatch@300 return@170"),
    ("E04", "playground", "", 28 * 60, "accept@1600 dispatch@1580 return@1450"),
    (
        "P05", "third_entrance", "单元门", 4 * DAY,
        "sign@5700 resolve@3000 reopen@600",
    ),
    # Utilities and departments.
    ("P08", "room", "客厅", 50, ""),
    ("P08", "far_room", "北卧室", 22 * 60, "sign@1290"),
    ("F01", "street", "路边", 70, "accept@52 dispatch@45"),
    ("F02", "street", "", 21 * 60, "accept@1180 dispatch@1150 sign@1100"),
    ("F02", "street", "", 9 * DAY, "accept@12850 dispatch@12800 sign@12700"),
    # Police, community, grid leader.
    ("S01", "third_entrance", "地下车库", 11, ""),
    ("S06", "other_room", "", 50, "accept@38 dispatch@30"),
    ("P06", "room", "", 5 * 60, ""),
    ("C01", "other_room", "", 4 * 60, "accept@200 dispatch@180"),
    ("C04", "entrance", "", 26 * 60, ""),
    ("E06", "street", "", 150, "accept:grid_leader@100"),
)  # fmt: skip


def waiting(land: Land, raisers: dict[str, UUID], now: datetime) -> list[Plan]:
    """The stories around the demo code, the oldest first."""
    grounds = _grounds(land, land.communities[0])
    people = {name: Viewer(account_id=account) for name, account in raisers.items()}
    plans = [_plan(line, nth, grounds, people, now=now) for nth, line in enumerate(_LINES)]
    return sorted(plans, key=lambda plan: plan.opened_at)


def _plan(
    line: tuple[str | int, ...],
    nth: int,
    grounds: dict[str, Ground],
    people: dict[str, Viewer],
    *,
    now: datetime,
) -> Plan:
    key, place, spot, opened, acts, *raiser = map(str, line)
    return Plan(
        place_id=grounds[place].id,
        raiser=people[raiser[0]] if raiser else GUEST,
        category=key,
        opened_at=now - timedelta(minutes=int(opened)),
        text=REPORTS[key][nth % len(REPORTS[key])],
        spot=spot,
        acts=tuple(_act(word, now) for word in acts.split()),
    )


def _act(word: str, now: datetime) -> Act:
    """`sign@30`, or `accept:grid_leader@30` where it is not the owner who acts."""
    said, _, minutes = word.partition("@")
    move, _, by = said.partition(":")
    at = now - timedelta(minutes=int(minutes))
    return Act(move, by or _BY.get(move, "owner"), at, _STEPS.get(move, {}))


def _grounds(land: Land, community: Community) -> dict[str, Ground]:
    """The places these reports are about, by what they are."""
    grid, outside = community.grids[0], community.grids[-1]
    entrances = [one for one in land.entrances if one.path.startswith(grid.path)]
    standing = [one for one in land.facilities if one.path.startswith(grid.path)]
    lamps = [one for one in land.facilities if one.path.startswith(outside.path)]
    first = entrances[0]
    return {
        "entrance": first,
        "second_entrance": entrances[1],
        "third_entrance": entrances[2],
        "building": entrances[-1],
        "next_building": next(one for one in entrances[3:] if one.path[:-3] != first.path[:-3]),
        "playground": standing[0],
        "bins": standing[2],
        "shed": standing[3],
        "room": land.rooms[0][3],
        "other_room": land.rooms[0][8],
        "far_room": land.rooms[len(community.grids) - 1][4],
        "street": lamps[-1],
    }
