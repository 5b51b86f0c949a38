"""我要点赞 without a script: written before signing in, read by a clerk, found on the sign."""

import re
from itertools import count

import pytest

from tests.hostile.words import HTML, NASTY
from tests.journeys.plain_browser import Counter, Page, PlainBrowser
from tests.journeys.town_client import Street, a_key, done

_numbers, _times = count(16_000_007_001), count(101)


def chosen(browser: PlainBrowser, kind: str = "post") -> Page:
    """The form for the first of that kind at the entrance's sign."""
    sign = f"/c/{browser.town.code()}"
    page = browser.open(f"{sign}/praise")
    return browser.open(re.search(rf'href="([^"]*\?target={kind}[^"]*)"', page.text)[1])


def come_in(browser: PlainBrowser, page: Page) -> Page:
    """Sign in by phone where one was sent to; on to where one came from."""
    number = str(next(_numbers))
    asked = browser.submit(page.form("/signin/code"), phone=number)
    return browser.submit(asked.form("/signin"), code=browser.town.code_sent(), agree="1")


@pytest.fixture
def resident(sqlite_counter: Counter) -> PlainBrowser:
    """A resident who has signed in."""
    browser = sqlite_counter.browser()
    come_in(browser, browser.open("/signin"))
    return browser


def test_what_was_written_before_signing_in_is_there_afterwards(sqlite_counter: Counter) -> None:
    browser = sqlite_counter.browser()
    page = chosen(browser)
    assert "点赞要登录" in page.text
    at_the_door = browser.submit(
        page.form("/praise"), tag="kind", text="谢谢您<扫雪>", nameless="1"
    )
    back = come_in(browser, at_the_door)
    form = back.form("/praise")
    kept = {name: form.first(name) for name in ("tag", "text", "nameless")}
    assert kept == {"tag": "kind", "text": "谢谢您<扫雪>", "nameless": "1"}
    sent = browser.submit(form)
    assert "看过没有不妥就会转达" in sent.text
    assert "mashang-unsent" not in browser.cookies


def test_a_clerk_passes_it_on_and_it_stands_on_the_sign(sqlite_counter, resident) -> None:
    words = f"谢谢您帮忙{next(_times)}次"
    sign = f"/c/{resident.town.code()}"
    resident.submit(chosen(resident).form("/praise"), tag="kind", text=words)
    assert words not in sqlite_counter.browser().open(sign).text

    clerk = sqlite_counter.browser("community_worker")
    queue = clerk.open("/desk/praises")
    at = queue.text.index(words)
    praise_id = re.search(r"/desk/praises/([0-9a-f-]{36})/accept", queue.text[at:])[1]
    assert "已转达" in clerk.submit(queue.form(f"/{praise_id}/accept")).text
    late = sqlite_counter.browser("street_dispatcher")
    again = late.submit(queue.form(f"/{praise_id}/accept"))
    assert (again.status, "不用再看了" in again.text) == (409, True)

    assert words in sqlite_counter.browser().open(sign).text
    assert words in sqlite_counter.browser().open(f"{sign}/praises").text
    assert words in sqlite_counter.browser("grid_worker").open("/work/praises").text
    mine = resident.open("/mine/praises")
    assert "已转达" in mine.text
    assert "已撤回" in resident.submit(mine.form(f"/{praise_id}/withdraw")).text
    assert words not in sqlite_counter.browser().open(sign).text


def test_a_refusal_needs_a_reason_and_the_giver_reads_it(sqlite_counter, resident) -> None:
    words = f"谢谢{next(_times)}次"
    resident.submit(chosen(resident, "unit").form("/praise"), tag="quick", text=words)
    clerk = sqlite_counter.browser("street_dispatcher")
    queue = clerk.open("/desk/praises")
    at = queue.text.index(words)
    refuse = re.search(r"/desk/praises/[0-9a-f-]{36}/refuse", queue.text[at:])[0]
    wrong = clerk.submit(queue.form(refuse), reason=" ")
    assert (wrong.status, "请写明原因" in wrong.text) == (422, True)
    clerk.submit(wrong.form(refuse), reason="请不要写<别人>的事。")
    assert "请不要写&lt;别人&gt;的事。" in resident.open("/mine/praises").text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"tag": "kind", "text": "找我13812345678"}, "请不要写电话"),
        ({"tag": "", "text": "谢谢"}, "请选一个最贴切的"),
        ({"tag": "no-such", "text": HTML}, "请选一个最贴切的"),
        ({"tag": "kind", "text": "好" * 201}, "最多200字"),
    ],
)
def test_what_cannot_be_sent_comes_back_with_everything_typed(resident, typed, said) -> None:
    page = resident.submit(chosen(resident).form("/praise"), **typed)
    assert page.status == 422
    assert said in page.text
    assert page.form("/praise").first("text") == typed["text"]


def test_no_words_and_no_cookie_break_the_form(sqlite_counter: Counter) -> None:
    browser = sqlite_counter.browser()
    page = chosen(browser)
    for words in NASTY.values():
        gone_on = browser.submit(page.form("/praise"), tag=words[:40], text=words, target=words)
        assert gone_on.status == 200
    for cookie in ("e30", "!!", "W10=", "eyJhIjoxfQ==", "A" * 3000):
        browser.cookies["mashang-unsent"] = cookie
        assert browser.open(page.path).status == 200


def test_by_the_api_it_is_given_once_a_day_read_by_all_and_taken_back(
    sqlite_street: Street,
) -> None:
    manager, guest = sqlite_street.persona("property_manager"), sqlite_street.guest()
    post = next(one for one in guest.scan()["contacts"] if one["role"] == "grid_police")
    body = {"code": guest.town.code(), "post_id": post["post_id"], "tag": "careful"}
    assert guest.send("/praises", body).status_code == 401

    key = a_key()
    given = done(manager.send("/praises", body, key=key), 201)
    assert given["state"] == "accepted"
    assert done(manager.send("/praises", body, key=key), 201) == given
    again = manager.send("/praises", body)
    assert (again.status_code, again.json()["code"]) == (409, "praised-today")

    target = f"post:{post['post_id']}"
    (line,) = done(guest.ask("/praises", target=target))["items"]
    assert (line["tag_title"], line["giver"]) == ("认真负责", "演*")
    assert line in done(guest.ask("/praises", target=f"code:{guest.town.code()}"))["items"]
    assert guest.ask("/praises", target="mine").status_code == 401
    assert guest.ask("/praises", target="post:nobody").status_code == 422
    assert guest.ask("/praises", target="case:1").status_code == 404
    assert done(manager.ask("/praises", target="mine"))["items"][0]["state"] == "accepted"

    address = f"/m/v1/praises/{given['id']}"
    other = sqlite_street.persona("grid_worker")
    assert other.http.delete(address).status_code == 404
    assert manager.http.delete(address).status_code == 204
    assert done(guest.ask("/praises", target=target))["items"] == []


def test_ones_own_unit_is_refused_with_a_sentence(sqlite_street: Street) -> None:
    worker = sqlite_street.persona("grid_worker")
    post = next(one for one in worker.scan()["contacts"] if one["role"] == "grid_worker")
    body = {"code": worker.town.code(), "post_id": post["post_id"], "tag": "kind"}
    refused = worker.send("/praises", body)
    assert (refused.status_code, refused.json()["code"]) == (403, "own-unit")
