"""Bulletins on the sign: there with the next scan, gone with the next, in time by themselves."""

import time
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from server import bulletins, views
from server.base import clock
from tests.desk import Desk, asked


@pytest.fixture
def db(sqlite_db: str) -> str:
    return sqlite_db


async def hung(desk: Desk, title: str, *, place: str = "community", **when: Any) -> UUID:
    """A bulletin of the secretary's."""
    words = bulletins.Wording(
        title=title,
        text="明天停水。",
        place_id=getattr(desk.town, place).id,
        audiences=("residents",),
    )
    by = desk.community_secretary
    bulletin_id = await bulletins.draft(words, by=by, asked=asked("draft"))
    usual = {"seen_version": 1, "out_at": None, "until_at": clock.now() + timedelta(days=1)}
    await bulletins.publish(bulletin_id, **usual | when, by=by, asked=asked("publish"))
    return bulletin_id


async def titles(desk: Desk, code: str = "entrance") -> list[str]:
    return [one.title for one in (await views.board(desk.town.codes[code])).card.bulletins.items]


async def test_a_bulletin_hangs_on_every_sign_under_its_place_with_the_next_scan(
    desk: Desk,
) -> None:
    before = [await titles(desk), await titles(desk, "lamp")]
    await hung(desk, "停水")
    assert (before, await titles(desk), await titles(desk, "lamp")) == (
        [[], []],
        ["停水"],
        ["停水"],
    )


async def test_a_bulletin_for_another_place_leaves_a_sign_as_it_is(desk: Desk) -> None:
    before = await views.board(desk.town.codes["lamp"])
    await hung(desk, "停水", place="estate")
    assert await views.board(desk.town.codes["lamp"]) is before


async def test_what_becomes_of_a_bulletin_is_on_the_sign_with_the_next_scan(desk: Desk) -> None:
    by, bulletin_id = desk.community_secretary, await hung(desk, "停水")
    await hung(desk, "停电")
    read = [await titles(desk)]
    await bulletins.pin(bulletin_id, True, by=by)
    read.append(await titles(desk))
    await bulletins.withdraw(bulletin_id, "写错了", by=by, asked=asked("withdraw"))
    read.append(await titles(desk))
    assert read == [["停电", "停水"], ["停水", "停电"], ["停电"]]


async def test_a_sign_lasts_no_longer_than_until_the_next_bulletin_comes_out_or_ends(
    desk: Desk, hands
) -> None:
    now = clock.now()
    await hung(desk, "停水", until_at=now + timedelta(seconds=9))
    ends = (await views.board(desk.town.token)).until
    await hung(desk, "停电", out_at=now + timedelta(seconds=4))
    comes = (await views.board(desk.town.token)).until
    assert ends < time.monotonic() + 10
    assert comes < time.monotonic() + 5
    assert await titles(desk) == ["停水"]


async def test_the_sign_shows_two_and_says_that_there_are_more(desk: Desk, hands) -> None:
    for title in ("一", "二", "三"):
        await hung(desk, title)
        hands.move(timedelta(minutes=1))
    listed = (await views.board(desk.town.token)).card.bulletins
    assert ([one.title for one in listed.items], listed.next) == (
        ["三", "二"],
        str(listed.items[-1].id),
    )


async def test_the_board_of_a_community_lists_what_is_out_at_the_sign_one_came_from(
    desk: Desk,
) -> None:
    await hung(desk, "全社区停水")
    await hung(desk, "本小区停电", place="estate")
    community = desk.town.community.id
    boards = [await views.community_board(community, one) for one in ("", desk.town.token)]
    assert [[one.title for one in board.bulletins.items] for board in boards] == [
        ["全社区停水"],
        ["本小区停电", "全社区停水"],
    ]
