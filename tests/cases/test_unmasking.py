"""Who handles a case may see what its raiser left: with a reason, so often a day, on record."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from server import cases, trust
from server.base import clock, database
from server.base.errors import Invalid
from server.base.viewer import GUEST, Viewer
from server.cases import CaseUnknown, Opened
from server.trust import KeyReused, LookOver, NotToUnmask, Unmasked, UnmaskedEnough
from tests import makers
from tests.desk import Desk, asked, guest

PHONE, NAME = "16000001234", "演示-王女士"


async def a_case(desk: Desk, **more: object) -> Opened:
    """Taken down by the community for a resident who left name and number."""
    said = {"category": "P02", "text": "电梯不动了", "phone": PHONE, "name": NAME}
    return await desk.report(desk.community_secretary, on_behalf=True, **said | more)


async def look(opened: Opened, by: Viewer, field: str = "phone", **more: object) -> Unmasked:
    given = {"reason": "约上门时间", "asked": asked("unmask")} | more
    return await cases.unmask(opened.number, field, by=by, **given)


async def records() -> list[dict]:
    return await database.fetch("SELECT * FROM audit_record ORDER BY id")


async def test_the_handler_sees_phone_and_name(desk: Desk) -> None:
    opened = await a_case(desk)

    phone = await look(opened, desk.property_manager)
    name = await look(opened, desk.property_manager, "name")

    limit = trust.DAILY["property_manager"]
    assert (phone.value, name.value) == (PHONE, NAME)
    assert (phone.left, name.left) == (limit - 1, limit - 2)


async def test_who_looked_when_and_why_is_on_record(desk: Desk) -> None:
    opened = await a_case(desk)

    await look(opened, desk.grid_worker, request="r-7")

    (row,) = await records()
    assert (row["action"], row["target"], row["detail"]) == (
        "case.unmask",
        opened.number,
        {"field": "phone"},
    )
    assert (row["by_name"], row["by_role"], row["by_post_id"]) == (
        "演示-网格员",
        "grid_worker",
        desk.town.posts["grid_worker"],
    )
    assert (row["reason"], row["request"], row["result"]) == ("约上门时间", "r-7", "done")
    assert PHONE not in str(row)


@pytest.mark.parametrize("reason", ["", "   ", "x" * 201])
async def test_without_a_reason_nothing_is_shown_or_written(desk: Desk, reason: str) -> None:
    opened = await a_case(desk)

    with pytest.raises(Invalid) as refused:
        await look(opened, desk.property_manager, reason=reason)

    assert [wrong.field for wrong in refused.value.fields] == ["reason"]
    assert await records() == []


async def test_a_concealed_raiser_is_opened_by_nobody(desk: Desk) -> None:
    opened = await a_case(desk, conceal=True)

    with pytest.raises(NotToUnmask):
        await look(opened, desk.property_manager)
    with pytest.raises(NotToUnmask):
        await look(opened, desk.street_dispatcher)


async def test_the_unit_complained_about_does_not_even_find_the_case(desk: Desk) -> None:
    opened = await a_case(desk, category="P06", text="物业乱收费", conceal=False)

    with pytest.raises(CaseUnknown):
        await look(opened, desk.property_manager)


async def test_a_firm_that_gave_the_case_back_opens_nothing_more(desk: Desk) -> None:
    opened = await a_case(desk)
    await desk.move(opened, "return", desk.property_manager, reason="不归我们")

    with pytest.raises(NotToUnmask):
        await look(opened, desk.property_manager)


@pytest.mark.parametrize("role", ["property_staff", "municipal", "grid_police"])
async def test_a_post_that_does_not_handle_it_or_may_not_open_sees_nothing(
    desk: Desk, role: str
) -> None:
    opened = await a_case(desk)

    with pytest.raises((NotToUnmask, CaseUnknown)):
        await look(opened, await makers.a_viewer(desk.town, role))


async def test_the_raiser_and_strangers_open_nothing(desk: Desk) -> None:
    opened = await desk.report(phone=PHONE, text="灯不亮")

    with pytest.raises(NotToUnmask):
        await look(opened, guest(opened))
    with pytest.raises(CaseUnknown):
        await look(opened, GUEST)


async def test_what_was_not_left_cannot_be_opened(desk: Desk) -> None:
    opened = await desk.report(phone=PHONE, text="灯不亮")

    with pytest.raises(Invalid, match="有地方要改"):
        await look(opened, desk.grid_worker, "name")
    with pytest.raises(Invalid):
        await look(opened, desk.grid_worker, "text")


async def test_the_day_has_a_limit_and_the_next_day_begins_anew(
    desk: Desk, hands: clock.Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(trust.DAILY, "grid_worker", 2)
    opened = await a_case(desk)
    await look(opened, desk.grid_worker)
    await look(opened, desk.grid_worker)

    with pytest.raises(UnmaskedEnough) as refused:
        await look(opened, desk.grid_worker)
    hands.move(timedelta(hours=14, seconds=1))  # from ten in the morning past midnight in town
    again = await look(opened, desk.grid_worker)

    assert refused.value.retry_after_s == pytest.approx(14 * 3600, abs=2)
    assert again.left == 1
    assert [row["result"] for row in await records()] == ["done", "done", "refused", "done"]


async def test_looks_at_the_same_moment_do_not_exceed_the_limit(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(trust.DAILY, "grid_worker", 3)
    opened = await a_case(desk)

    seen = await asyncio.gather(
        *(look(opened, desk.grid_worker) for _ in range(6)), return_exceptions=True
    )

    assert sum(isinstance(one, Unmasked) for one in seen) == 3
    assert sum(isinstance(one, UnmaskedEnough) for one in seen) == 3


async def test_the_same_request_again_is_the_same_look(desk: Desk) -> None:
    opened, request = await a_case(desk), asked("unmask", key="k1")

    first = await look(opened, desk.grid_worker, asked=request)
    again = await look(opened, desk.grid_worker, asked=request)

    assert again == first
    assert len(await records()) == 1
    with pytest.raises(KeyReused):
        await look(opened, desk.grid_worker, asked=replace(request, body_hash=b"other"))


async def test_the_same_request_long_after_opens_nothing(desk: Desk, hands: clock.Hands) -> None:
    opened, request = await a_case(desk), asked("unmask", key="k2")
    await look(opened, desk.grid_worker, asked=request)
    hands.move(timedelta(minutes=5))
    assert await look(opened, desk.grid_worker, asked=request)
    hands.move(timedelta(seconds=1))
    with pytest.raises(LookOver):
        await look(opened, desk.grid_worker, asked=request)
    assert len(await records()) == 1


async def test_a_page_offers_only_what_was_left_and_may_be_opened(desk: Desk) -> None:
    opened, guests = await a_case(desk), await desk.report(phone=PHONE, text="灯不亮")

    def offered(case: cases.CaseFile, viewer: Viewer) -> tuple[str, ...]:
        return cases.unmaskable(case, viewer)

    taken_down = await cases.find_case(opened.number, desk.grid_worker)
    by_phone = await cases.find_case(guests.number, desk.grid_worker)
    assert offered(taken_down, desk.grid_worker) == ("phone", "name")
    assert offered(by_phone, desk.grid_worker) == ("phone",)
    assert offered(by_phone, guest(guests)) == ()
    assert offered(taken_down, desk.property_staff) == ()
