"""Whoever keeps a shop is a resident: the history of a case names the shop, and nobody."""

from server import cases, privacy, views
from server.base import database
from tests.cases.conftest import hands
from tests.merchants.test_inspections import Street, street

__all__ = ["hands", "street"]


async def _rectified(number: str) -> dict:
    return await database.fetch_one(
        "SELECT e.by_name, e.by_account_id, e.by_role FROM case_event e"
        " JOIN cases c ON c.id = e.case_id WHERE c.number = $1 AND e.move = 'rectify'",
        number,
    )


async def test_what_a_shop_did_is_written_down_without_who_keeps_it(street: Street):
    row = await _rectified(await street.rectified())
    assert (row["by_name"], row["by_account_id"], row["by_role"]) == ("", None, "merchant")


async def test_the_history_says_which_shop_it_was(street: Street):
    number = await street.rectified()
    page = await views.case_page(number, street.worker)
    [line] = [one for one in page.timeline if one.move == "rectify"]
    assert (line.who.name, line.who.role_title) == ("演示·小肥羊馆", "商户")


async def test_after_an_erased_keeper_the_history_still_names_the_shop_and_checks(street: Street):
    number = await street.rectified()
    await privacy.erase(street.keeper)
    page = await views.case_page(number, street.worker)
    [line] = [one for one in page.timeline if one.move == "rectify"]
    assert line.who.name == "演示·小肥羊馆"
    assert (await cases.check_chains())[1] == []
