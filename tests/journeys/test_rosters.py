"""排班 and leave without a script: on the phone, on the desk, read on the sign at once."""

from datetime import timedelta

import pytest

from server.base import clock
from tests.journeys.factors import paper_code
from tests.journeys.plain_browser import Counter, PlainBrowser

DUTY, ROSTER = "/work/duty", "/desk/roster"


@pytest.fixture
def worker(sqlite_counter: Counter) -> PlainBrowser:
    return sqlite_counter.browser("grid_worker")


@pytest.fixture
def secretary(sqlite_counter: Counter) -> PlainBrowser:
    return sqlite_counter.browser("community_secretary")


def _in(days: float) -> str:
    return f"{clock.local(clock.now()) + timedelta(days=days):%Y-%m-%dT%H:%M}"


def test_leave_is_on_the_sign_at_once_and_taken_back_as_soon(sqlite_counter, worker):
    town = sqlite_counter.town.town
    sign, resident = f"/c/{town.codes['entrance']}", sqlite_counter.browser()
    assert "演示-网格员" in resident.open(sign).text

    deputy = str(town.accounts["community_worker"])
    page = worker.submit(worker.open(DUTY).form("/leave"), until=_in(3), deputy=deputy)
    assert "请好假了" in page.text
    assert "演示-社区工作者" in resident.open(sign).text
    stand_in = sqlite_counter.browser("community_worker")
    assert "您替演示-网格员代班" in stand_in.open(DUTY).text

    assert "请假取消了" in worker.submit(page.form("/back")).text
    assert "演示-网格员" in resident.open(sign).text


def test_a_wrong_time_is_said_beside_its_field_and_nothing_is_lost(worker):
    page = worker.submit(worker.open(DUTY).form("/leave"), until=_in(-1))
    assert page.status == 422
    assert "这个时间已经过了" in page.text
    assert page.form("/leave").first("until")


def test_an_own_number_is_on_the_sign_and_off_it(sqlite_counter, worker, secretary):
    town = sqlite_counter.town.town
    sign, resident = f"/c/{town.codes['entrance']}", sqlite_counter.browser()
    post = secretary.open(f"{ROSTER}/posts/{town.posts['grid_worker']}")
    round_the_clock = {"days1": "1234567", "starts1": "00:00", "ends1": "24:00"}
    assert secretary.submit(post.form("/hours"), **round_the_clock).status == 200
    page = worker.submit(worker.open(DUTY).form("/number"), phone="16055556666", agreed="1")
    assert "160 5555 6666" in resident.open(sign).text
    worker.submit(page.form("/number/off"))
    assert "160 5555 6666" not in resident.open(sign).text


def test_a_roster_is_set_up_read_and_printed(sqlite_counter, secretary):
    town = sqlite_counter.town.town
    post = f"{ROSTER}/posts/{town.posts['grid_worker']}"
    page = secretary.open(ROSTER)
    assert post in page.text
    page = secretary.open(post)
    worker, day = str(town.accounts["grid_worker"]), _in(1)[:10]
    shift = {"who": worker, "title": "早班", "starts": "08:00", "ends": "12:00", "on_day": day}
    page = secretary.submit(page.form("/shifts"), **shift)
    assert "班排好了" in page.text
    assert "没有人值班，这段时间由上一级接" in page.text
    assert "早班演示-网格员" in secretary.open(f"{ROSTER}/sheet").text

    page = secretary.submit(page.form("/shifts/drop"))
    page = secretary.submit(page.form("/hours"), days1="135", starts1="09:00", ends1="00:00")
    assert "周一、周三、周五9:00–24:00" in secretary.open(ROSTER).text
    page = secretary.submit(page.form("/hours"), starts1="9点")
    assert page.status == 422
    assert "第1段" in page.text


def test_a_post_is_handed_over_and_its_holder_told(sqlite_counter, secretary):
    town = sqlite_counter.town.town
    page = secretary.open(f"{ROSTER}/posts/{town.posts['grid_leader']}")
    heir = str(town.accounts["community_worker"])
    asked = secretary.submit(page.form("/hand-over"), colleague=heir)
    assert "请验证动态码" in asked.text
    code = paper_code(sqlite_counter.town, "community_secretary")
    page = secretary.submit(asked.form("/hand-over"), step_up_code=code)
    assert "交接好了" in page.text
    page = secretary.submit(page.form("/appoint"), login="nobody")
    assert "没有这个登录名" in page.text


def test_the_first_day_is_a_list_for_those_who_set_up(worker, secretary):
    assert "每个网格有网格员" in secretary.open("/desk/first-day").text
    assert worker.open("/desk/first-day").status == 403
