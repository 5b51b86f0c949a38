"""我要联系 without a script, by the phone API, and on the socket."""

import asyncio
import json
import re
from itertools import count

import pytest
import websockets
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.hostile.words import NASTY
from tests.journeys.plain_browser import Counter
from tests.journeys.town_client import API, Person, Street, a_key, done

_times = count(1)


def begun(person: Person, role: str = "grid_worker", **more) -> dict:
    """A conversation with whoever answers in this role at the entrance, with first words."""
    post = next(one for one in person.scan()["contacts"] if one["role"] == role)
    body = {"code": person.town.code(), "post_id": post["post_id"]} | more
    return done(person.send("/conversations", {"text": f"灯坏了{next(_times)}"} | body), 201)


def test_without_a_script_both_sides_write_by_plain_forms(sqlite_counter: Counter) -> None:
    guest, worker = sqlite_counter.browser(), sqlite_counter.browser("grid_worker")
    form = guest.open(f"/c/{guest.town.code()}/contact").form("/contact")
    empty = guest.submit(form, text=" ")
    assert (empty.status, "写一句话，或者拍张照片" in empty.text) == (422, True)
    page = guest.submit(empty.form("/contact"), text="楼道<灯>坏了")
    assert "楼道&lt;灯&gt;坏了" in page.text
    theirs = worker.open(page.path)
    assert "扫码的居民" in theirs.text
    answered = worker.submit(theirs.form(page.path.partition("#")[0]), canned="coming")
    assert "我现在过来看看" in answered.text
    assert "我现在过来看看" in guest.open(page.path).text
    made = worker.submit(answered.form("/acts/case"))
    number = re.search(r"编号(\d{12})", made.text)[1]
    mine = guest.open(page.path)
    key = re.search(rf"/cases/{number}\?key=([\w-]+)", mine.text)[1]
    assert guest.open(f"/cases/{number}?key={key}").status == 200
    assert f"/cases/{number}?key=" not in made.text
    assert sqlite_counter.browser().open(page.path).status == 404
    ended = guest.submit(mine.form("/acts/end"))
    assert "已经结束" in ended.text


def test_no_words_break_a_form(sqlite_counter: Counter) -> None:
    guest = sqlite_counter.browser()
    form = guest.open(f"/c/{guest.town.code()}/contact").form("/contact")
    for words in NASTY.values():
        assert guest.submit(form, post_id=words[:60], text=words).status in (409, 422)


def test_by_the_api_it_is_in_order_once_each_and_for_two_alone(sqlite_street: Street) -> None:
    guest, worker = sqlite_street.guest(), sqlite_street.persona("grid_worker")
    one = begun(guest)
    path = f"/conversations/{one['id']}/messages"
    mine = {"key": one["key"]}
    key = a_key()
    sent = {
        json.dumps(done(guest.http.post(
            API + path, params=mine, json={"text": "还有"}, headers={"idempotency-key": key}
        ), 201))
        for _ in range(3)
    }  # fmt: skip
    assert len(sent) == 1
    first = one["last_seq"]  # out of hours the town has answered already
    assert done(worker.send(path, {"text": "马上"}), 201)["seq"] == first + 2
    items = done(guest.http.get(API + path, params=mine | {"after": first}))["items"]
    said = [(item["seq"], item["who"]["me"]) for item in items]
    assert said == [(first + 1, True), (first + 2, False)]
    for stranger in (sqlite_street.guest(), sqlite_street.persona("property_manager")):
        assert stranger.ask(path).status_code == 404
        assert stranger.send(path, {"text": "x"}).status_code == 404
        ticket = stranger.http.post(API + "/live/ticket", json={"conversation_id": one["id"]})
        assert ticket.status_code == 404
    assert guest.ask("/live", ticket="no-such").status_code == 403


class Ear:
    """A guest's conversation with the grid worker, and sockets opened to it."""

    def __init__(self, street: Street) -> None:
        self.guest, self.worker = street.guest(), street.persona("grid_worker")
        self.one = begun(self.guest)
        self.heard_before = self.one["last_seq"]

    def url(self) -> str:
        asked, key = {"conversation_id": self.one["id"]}, {"key": self.one["key"]}
        made = done(self.guest.http.post(API + "/live/ticket", params=key, json=asked), 201)
        base = self.guest.town.base_url.replace("http", "ws")
        return f"{base}{API}/live?ticket={made['ticket']}&after={self.heard_before}"

    def answer(self, text: str) -> None:
        done(self.worker.send(f"/conversations/{self.one['id']}/messages", {"text": text}), 201)

    async def hears(self, address: str, *, then: str) -> list[int]:
        """Two that were missed, and one that is said while listening."""
        heard: list[int] = []
        async with websockets.connect(address) as socket:
            while len(heard) < 3:
                told = json.loads(await asyncio.wait_for(socket.recv(), 10))
                if told["type"] == "message":
                    heard.append(told["id"] - self.heard_before)
                elif len(heard) == 2:
                    await asyncio.to_thread(self.answer, then)
        return heard


async def hung_up_on(address: str, frames: int) -> bool:
    """Whether the socket is closed on whoever says so much; the reason may be lost on the way."""
    async with websockets.connect(address) as socket:
        with pytest.raises(ConnectionClosed):
            for _ in range(frames):
                await socket.send("x")
            while await asyncio.wait_for(socket.recv(), 10):
                continue
    return True


async def refused(address: str, **how) -> bool:
    with pytest.raises(InvalidStatus, match="403"):
        await websockets.connect(address, **how)
    return True


def test_on_the_socket_what_was_missed_comes_first_and_a_ticket_is_good_once(
    sqlite_street: Street,
) -> None:
    ear = Ear(sqlite_street)
    ear.answer("第一")
    ear.answer("第二")
    address = ear.url()
    assert asyncio.run(ear.hears(address, then="第三")) == [1, 2, 3]
    assert asyncio.run(refused(address))
    assert asyncio.run(refused(ear.url(), origin="https://elsewhere.example"))


def test_who_floods_the_socket_is_sent_away(sqlite_street: Street) -> None:
    assert asyncio.run(hung_up_on(Ear(sqlite_street).url(), 200))
