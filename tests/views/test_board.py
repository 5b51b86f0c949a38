"""The sign is made once for everybody, and made anew as soon as anything on it has changed."""

import time
from datetime import timedelta
from typing import Any

from server import catalogue, views
from server.base import clock, database
from server.base.viewer import GUEST
from server.views import here
from tests.desk import Desk, asked, guest


async def listed(desk: Desk, code: str = "entrance") -> list[str]:
    return [one.number for one in (await views.scan_card(desk.town.codes[code], GUEST)).open_cases]


async def test_the_second_scan_asks_the_database_nothing(desk: Desk, monkeypatch) -> None:
    token = desk.town.codes["entrance"]
    first = await views.board(token)
    monkeypatch.setattr(database, "fetch", None)
    assert await views.board(token) is first


async def test_a_report_stands_on_the_sign_with_the_next_scan(desk: Desk) -> None:
    assert await listed(desk) == []
    opened = await desk.report(category="P02", text="电梯不动了")
    assert await listed(desk) == [opened.number]


async def test_what_covers_the_estate_is_made_anew_on_every_sign_in_it(desk: Desk) -> None:
    assert await listed(desk, "other_entrance") == []
    opened = await desk.report(category="P03", text="停水了")
    assert await listed(desk, "other_entrance") == [opened.number]


async def test_what_happens_elsewhere_leaves_a_sign_as_it_is(desk: Desk) -> None:
    before = await views.board(desk.town.codes["entrance"])
    await desk.report(code="lamp")
    assert await views.board(desk.town.codes["entrance"]) is before


async def test_a_move_changes_what_the_sign_says(desk: Desk) -> None:
    opened = await desk.report(category="P02", text="电梯不动了")
    said = [(await views.board(desk.town.token)).card.open_cases[0].state_title]
    await desk.move(opened, "sign", desk.property_manager)
    said.append((await views.board(desk.town.token)).card.open_cases[0].state_title)
    assert said == ["已转给承办单位", "正在办理"]


async def test_another_kind_is_gone_from_where_it_no_longer_counts(desk: Desk) -> None:
    opened = await desk.report(category="P03", text="停水了")
    assert await listed(desk, "other_entrance") == [opened.number]
    await desk.move(opened, "classify", desk.grid_worker, category="P05")
    assert await listed(desk, "other_entrance") == []


async def test_her_own_case_is_hers_alone(desk: Desk) -> None:
    opened = await desk.report(category="P02", text="电梯不动了")
    token = desk.town.token
    hers, others = await views.scan_card(token, guest(opened)), await views.scan_card(token, GUEST)
    assert ([one.number for one in hers.mine], hers.open_cases) == ([opened.number], [])
    assert (others.mine, [one.number for one in others.open_cases]) == ([], [opened.number])


async def test_an_outage_ends_on_the_sign_when_it_is_said_to(desk: Desk, hands) -> None:
    until = clock.now() + timedelta(seconds=5)
    estate = desk.town.estate.id
    await catalogue.announce(estate, "停暖", until, by=desk.community_secretary, asked=asked())
    assert (await views.board(desk.town.token)).until < time.monotonic() + 6


async def test_whoever_changes_something_while_a_sign_is_made_has_it_made_again(
    desk: Desk, monkeypatch
) -> None:
    made, token = views.scan.sign_of, desk.town.token

    async def slowly(*what: Any) -> Any:
        card = await made(*what)
        monkeypatch.setattr(views.scan, "sign_of", made)
        await desk.report(category="P02", text="电梯不动了")
        return card

    monkeypatch.setattr(views.scan, "sign_of", slowly)
    assert (await views.board(token)).card.open_cases == []
    assert len((await views.board(token)).card.open_cases) == 1


async def test_a_sign_that_says_the_same_is_not_drawn_again(desk: Desk) -> None:
    first = await views.board(desk.town.token)
    first.faces["page"] = drawn = object()
    first.until = time.monotonic()
    same = await views.board(desk.town.token)
    assert same is not first
    assert same.former["page"] is drawn
    assert same.faces == {}
    await desk.report(category="P02", text="电梯不动了")
    assert (await views.board(desk.town.token)).former == {}


async def test_signs_of_one_kind_share_the_kinds_of_report(desk: Desk) -> None:
    one, other = [await views.board(desk.town.codes[at]) for at in ("entrance", "other_entrance")]
    assert one.card.categories is other.card.categories
    lamp = await views.board(desk.town.codes["lamp"])
    assert lamp.card.categories != one.card.categories


async def test_lists_that_no_sign_shares_any_more_do_not_pile_up(desk: Desk, monkeypatch) -> None:
    monkeypatch.setattr(here, "MOST_SHARED", 1)
    for code in ("entrance", "lamp", "playground"):
        await views.board(desk.town.codes[code])
    assert len(here._categories) == 1
