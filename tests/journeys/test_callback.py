"""电话回访 without a script: a number for one call only, and the resident's word taken down."""

import re

import pytest

from server.base import database
from tests.journeys.plain_browser import Counter, Page, PlainBrowser

PHONE = "16000001007"


@pytest.fixture
def clerk(sqlite_counter: Counter) -> PlainBrowser:
    return sqlite_counter.browser("community_worker")


@pytest.fixture
def solved(sqlite_counter: Counter) -> str:
    """The number of a case the firm says is done; whoever reported it left a phone."""
    guest, manager = sqlite_counter.browser(), sqlite_counter.browser("property_manager")
    token = guest.town.code()
    form = guest.open(f"/c/{token}/report").form(f"/c/{token}/report")
    sent = guest.submit(form, category="P02", text="电梯不动了", phone=PHONE)
    number = re.search(r"/cases/(\d{12})", sent.path)[1]
    for move, given in (("sign", {}), ("resolve", {"outcome": "fixed", "text": "换了皮带"})):
        form = manager.open(f"/cases/{number}").form(f"/moves/{move}")
        manager.submit(form, **given)
    return number


def _call(clerk: PlainBrowser, number: str) -> Page:
    assert clerk.finds(number, "/callbacks")
    return clerk.submit(clerk.open("/callbacks").form(f"/callbacks/{number}"))


def test_the_number_is_on_no_page_but_the_call_itself(clerk, solved):
    assert PHONE not in clerk.open("/callbacks").text
    assert PHONE not in clerk.open(f"/cases/{solved}").text
    called = _call(clerk, solved)
    assert f'href="tel:{PHONE}"' in called.text
    assert called.answer.headers["cache-control"] == "no-store"
    assert clerk.open(f"/callbacks/{solved}").status == 405


def test_who_saw_the_number_is_on_record_without_it(clerk, solved):
    _call(clerk, solved)

    async def recorded():
        sql = "SELECT * FROM audit_record WHERE action = 'case.call' AND target = $1"
        return await database.fetch(sql, solved)

    assert len(rows := clerk.town.look(recorded)) == 1
    assert PHONE not in str(rows)
    assert PHONE not in clerk.town.server.said()


def test_her_answer_ends_it_and_she_leaves_the_list(clerk, solved):
    form = _call(clerk, solved).form("/moves/answer_by_phone")
    after = clerk.submit(form, solved="yes", rating="satisfied")
    assert "记下了居民的回答" in after.text
    assert not after.offers(f"/callbacks/{solved}")


def test_an_answer_without_solved_is_asked_for_again_with_all_that_was_written(clerk, solved):
    form = _call(clerk, solved).form("/moves/answer_by_phone")
    again = clerk.submit(form, text="老人说谢谢")
    assert again.status == 422
    assert again.form("/moves/answer_by_phone").first("text") == "老人说谢谢"


def test_a_missed_call_stays_on_the_list_with_its_time(clerk, solved):
    after = clerk.submit(_call(clerk, solved).form("/moves/call_missed"))
    assert "打过1次没接通" in after.text
    assert after.offers(f"/callbacks/{solved}")


def test_the_firm_that_solved_it_has_no_such_page(sqlite_counter, solved):
    manager = sqlite_counter.browser("property_manager")
    assert manager.open("/callbacks").status == 403
    assert "/callbacks" not in manager.open("/desk").text
