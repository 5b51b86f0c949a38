"""Whoever is signed out, or holds the post no more, hears nothing more on a socket that is open."""

import asyncio
import json
from collections.abc import Callable

import pytest
import websockets
from websockets.exceptions import ConnectionClosed

from tests.journeys.test_contact import begun
from tests.journeys.town_client import API, Person, Street, a_key, done

AT_MOST_S = 5


class Ear:
    """A guest's conversation, to which the grid worker listens."""

    def __init__(self, street: Street) -> None:
        self.guest, self.worker = street.guest(), street.persona("grid_worker")
        self.one = begun(self.guest)

    def url(self) -> str:
        made = done(self.worker.send("/live/ticket", {"conversation_id": self.one["id"]}), 201)
        base = self.guest.town.base_url.replace("http", "ws")
        return f"{base}{API}/live?ticket={made['ticket']}&after={self.one['last_seq']}"

    def writes(self) -> None:
        path = f"{API}/conversations/{self.one['id']}/messages?key={self.one['key']}"
        once = {"idempotency-key": a_key()}
        sent = self.guest.http.post(path, json={"text": "还有人吗"}, headers=once)
        done(sent, 201)

    async def hears_after(self, what: Callable[[], object]) -> list[str]:
        """What is told after that, until the socket is closed."""
        told = []
        async with websockets.connect(self.url()) as socket:
            await asyncio.wait_for(socket.recv(), 10)  # how it stands
            await asyncio.to_thread(what)
            await asyncio.to_thread(self.writes)
            with pytest.raises(ConnectionClosed):
                while said := json.loads(await asyncio.wait_for(socket.recv(), AT_MOST_S)):
                    told.append(said["type"])
        return told


def sign_out(person: Person) -> None:
    assert person.http.delete(API + "/session").status_code == 204


def test_who_signs_out_hears_nothing_more_and_is_hung_up_on(sqlite_street: Street) -> None:
    ear = Ear(sqlite_street)
    assert asyncio.run(ear.hears_after(lambda: sign_out(ear.worker))) == []


def test_who_is_signed_out_from_elsewhere_is_hung_up_on(sqlite_street: Street) -> None:
    ear, elsewhere = Ear(sqlite_street), sqlite_street.persona("grid_worker")

    def end_others() -> None:
        assert elsewhere.http.delete(API + "/me/sessions").status_code == 204

    assert asyncio.run(ear.hears_after(end_others)) == []
