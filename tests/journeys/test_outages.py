"""停供信息 without a script: announced at the desk, read on the sign, taken down again."""

from datetime import timedelta

import pytest

from server.base import clock
from tests.journeys.plain_browser import Counter, PlainBrowser

PATH = "/desk/outages"


@pytest.fixture
def clerk(sqlite_counter: Counter) -> PlainBrowser:
    return sqlite_counter.browser("community_secretary")


def _tonight(hours: float = 5) -> str:
    return f"{clock.local(clock.now()) + timedelta(hours=hours):%Y-%m-%dT%H:%M}"


def _announced(clerk: PlainBrowser, **typed: str):
    page, estate = clerk.open(PATH), str(clerk.town.town.estate.id)
    said = {"place": estate, "text": "停暖，正在抢修", "until": _tonight()}
    return clerk.submit(page.form(PATH), **said | typed)


def test_what_is_announced_stands_on_the_sign_and_goes_from_it(sqlite_counter, clerk):
    assert "已发出" in _announced(clerk).text
    sign = f"/c/{sqlite_counter.town.town.codes['entrance']}"
    resident = sqlite_counter.browser()
    assert "停暖，正在抢修" in resident.open(sign).text
    assert "停暖，正在抢修" in resident.open(f"{sign}/report").text

    page = clerk.open(PATH)
    ended = clerk.submit(page.form("/end"))
    assert "已撤下" in ended.text
    assert "停暖，正在抢修" not in resident.open(sign).text


def test_a_time_that_has_passed_is_refused_and_the_words_are_kept(clerk):
    page = _announced(clerk, text="停水<b>", until=_tonight(hours=-1))
    assert page.status == 422
    assert "这个时间已经过了" in page.text
    assert page.form(PATH).first("text") == "停水<b>"


def test_everything_that_lacks_is_said_at_once(clerk):
    page = clerk.submit(clerk.open(PATH).form(PATH), place="", text="", until="今晚")
    assert page.status == 422
    for told in ("请选一个地方", "写一句停了什么", "写清预计哪天几点恢复"):
        assert told in page.text


def test_a_grid_worker_has_no_such_page(sqlite_counter):
    assert sqlite_counter.browser("grid_worker").open(PATH).status == 403
