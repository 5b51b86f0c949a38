"""Shifts and leave in the demo town: three people round the clock, and one who is away."""

from datetime import datetime, timedelta
from uuid import UUID

from server import org, people, rosters
from server.base.unit import unit_of_work
from server.demo import names
from server.demo.chance import Chance
from server.demo.staff import SINCE, Staff

KINDS = (("早班", "07:00", "15:00"), ("中班", "15:00", "23:00"), ("夜班", "23:00", "07:00"))
GONE, BACK = timedelta(days=1), timedelta(days=6)


def take_turns(staff: Staff, now: datetime) -> None:
    """Two more people at the first duty post, and the three of them in a circle."""
    chance = Chance(f"mashang demo turns {staff.size.key}")
    roster = org.Roster(since=SINCE, make_id=chance.make_id)
    registry = people.Registry(make_id=chance.make_id)
    post_id, first = _held(staff, "duty_post")[0]
    others = [registry.staff(names.staff(chance, "值班员"), at=SINCE) for _ in KINDS[1:]]
    for account_id in others:
        roster.held_by(post_id, account_id)
    began = (now - timedelta(days=30)).date()
    for shift in rosters.circle([first, *others], KINDS, began, None):
        roster.shift(post_id, shift)
    staff.registry.accounts += registry.accounts
    staff.roster.appointments += roster.appointments
    staff.roster.duties += roster.duties


async def go_away(staff: Staff, now: datetime) -> None:
    """The grid worker of the last community is on leave, and a colleague of it stands in."""
    leave_id = Chance(f"mashang demo leave {staff.size.key}").make_id()
    post_id, away = _held(staff, "grid_worker")[-1]
    unit_id = next(post["unit_id"] for post in staff.roster.posts if post["id"] == post_id)
    of_the_unit = {post["id"] for post in staff.roster.posts if post["unit_id"] == unit_id}
    workers = [held for held in _held(staff, "community_worker") if held[0] in of_the_unit]
    posts = [post for post, account in _held(staff, "grid_worker") if account == away]
    async with unit_of_work() as unit:
        org.put_leave(
            unit,
            leave_id,
            away,
            since=now - GONE,
            until=now + BACK,
            deputy_id=workers[0][1],
            away_from=posts,
            stood_in_at=[post for post in posts if post in of_the_unit],
            at=now - GONE,
        )


def _held(staff: Staff, role: str) -> list[tuple[UUID, UUID]]:
    """The posts of a role with their holders, in the order they were made."""
    posts = {post["id"] for post in staff.roster.posts if post["role"] == role}
    held = [(row["post_id"], row["account_id"]) for row in staff.roster.appointments]
    return [(post_id, account_id) for post_id, account_id in held if post_id in posts]
