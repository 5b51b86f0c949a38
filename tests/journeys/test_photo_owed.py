"""A thing is done and its photo is not there: what whoever did it is told, by plain forms."""

import re

import pytest

from tests.journeys.plain_browser import Counter, Files, Page, PlainBrowser
from tests.photos import samples

BROKEN: Files = [("photos", ("IMG_0002.jpg", samples.truncated_jpeg(), "image/jpeg"))]
GOOD: Files = [("photos", ("IMG_0003.jpg", samples.jpeg(640, 480), "image/jpeg"))]
OWED = "还缺办好的照片，请在24小时内点“补照片”补上"


def _read(page: Page) -> str:
    """The page without the words that wait for its scripts."""
    return re.sub(r"data-(words|needed)=('[^']*'|\"[^\"]*\")", "", page.text)


@pytest.fixture
def worker(sqlite_counter: Counter) -> PlainBrowser:
    return sqlite_counter.browser("grid_worker")


@pytest.fixture
def number(sqlite_counter: Counter, worker: PlainBrowser) -> str:
    """A case the grid worker is handling; its category wants a photo of what was done."""
    guest = sqlite_counter.browser()
    address = f"/c/{guest.town.code('estate')}/report"
    sent = guest.submit(guest.open(address).form(address), category="F01", text="井盖没了")
    number = sent.path.split("?")[0].rpartition("/")[2]
    for move in ("accept", "self_handle"):
        worker.submit(worker.open(f"/cases/{number}").form(f"/moves/{move}"))
    return number


def test_the_form_says_that_a_photo_is_expected(worker: PlainBrowser, number: str) -> None:
    assert "24小时内点“补照片”补上" in worker.open(f"/cases/{number}").text


def test_whoever_sends_it_without_is_told_until_when_it_is_owed(
    worker: PlainBrowser, number: str
) -> None:
    form = worker.open(f"/cases/{number}").form("/moves/resolve")
    refused = worker.submit(form, BROKEN, outcome="fixed", text="盖好了。")
    done = worker.submit(refused.form("/moves/resolve"), outcome="fixed", text="盖好了。")

    assert "或者先不带照片提交" in _read(refused)
    assert OWED in done.text


def test_with_a_photo_nothing_is_owed(worker: PlainBrowser, number: str) -> None:
    form = worker.open(f"/cases/{number}").form("/moves/resolve")

    done = worker.submit(form, GOOD, outcome="fixed", text="盖好了。")

    assert "已办结，等居民说好没好。" in done.text
    assert OWED not in done.text


def test_what_could_not_be_done_owes_no_photo_of_it(worker: PlainBrowser, number: str) -> None:
    form = worker.open(f"/cases/{number}").form("/moves/resolve")

    done = worker.submit(form, outcome="explained", text="要等换管子。")

    assert "已办结，等居民说好没好。" in done.text
    assert OWED not in done.text


def test_nobody_is_told_to_hand_in_a_photo_without_a_photo(
    worker: PlainBrowser, number: str
) -> None:
    form = worker.open(f"/cases/{number}").form("/moves/resolve")
    done = worker.submit(form, outcome="fixed", text="盖好了。")

    refused = worker.submit(done.form("/moves/add_photos"), BROKEN)

    assert "这张照片打不开。这里一定要有照片，请重拍一张。" in _read(refused)
    assert "先不带照片" not in _read(refused)
