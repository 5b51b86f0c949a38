"""The main job, end to end, in the verbs of the desk: from the scan to the resident's word."""

from server import cases, views
from server.base.viewer import GUEST
from tests.desk import Desk, a_photo, guest, inbox


async def test_a_report_travels_to_the_firm_and_back_until_the_resident_says_it_is_fixed(
    desk: Desk,
) -> None:
    """Two residents, a return, a ruling, a reopening; each is told what concerns them."""
    photo = await a_photo()
    opened = await desk.report(category="F02", text="门口的灯不亮", photos=(photo,))
    raiser = guest(opened)
    joined = await cases.second(opened.number, desk.town.codes["entrance"], by=GUEST)
    neighbour = guest(joined)

    await desk.move(opened, "accept", desk.grid_worker)
    firm = str(desk.town.units["property_firm"])
    await desk.move(opened, "dispatch", desk.grid_worker, unit=firm)
    await desk.move(opened, "return", desk.property_manager, reason="不在物业范围")
    ruled = await desk.move(opened, "rule_dispute", desk.street_dispatcher, unit=firm)
    await desk.move(opened, "sign", desk.property_manager)
    await desk.move(opened, "resolve", desk.property_manager, outcome="fixed", text="换了灯泡")
    reopened = await desk.move(opened, "reopen", raiser, reason="还是不亮")
    await desk.move(opened, "dispatch", desk.street_dispatcher, unit=firm)
    await desk.move(opened, "sign", desk.property_manager)
    await desk.move(opened, "resolve", desk.property_manager, outcome="fixed", text="换了线路")
    closed = await desk.move(opened, "confirm", raiser, solved="yes", rating="satisfied")

    assert ruled.main.unit_id == desk.town.units["property_firm"]
    assert reopened.main.post_id == desk.town.posts["street_dispatcher"]
    assert (closed.state, closed.ending, closed.rating) == ("closed", "confirmed", "satisfied")
    told = await inbox(raiser, opened)
    assert told.count("请您看看办好了没有") == 2
    assert "正在重新确定由谁来办" in told
    assert told[-1] == "这件事结束了"
    assert (await inbox(neighbour, opened))[-1] == "您附议的事结束了"
    page = await views.case_page(opened.number, raiser)
    assert [line.move for line in page.timeline] == (
        "open second accept dispatch return rule_dispute sign resolve reopen dispatch sign resolve"
        " confirm"
    ).split()
    assert await cases.check_cases() == []
