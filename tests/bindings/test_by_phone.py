"""Homes by the phone's API: one says that it is theirs, the grid worker verifies it, it ends."""

import json
from typing import Any

import pytest

from server import people
from server.base.viewer import Viewer
from tests.access.knocking import knock, open_doors


@pytest.fixture
def db(sqlite_db):
    return sqlite_db


async def a_phone(viewer: Viewer, kind: str) -> str:
    """The token of a phone this person is signed in on."""
    account = {"id": viewer.account_id, "kind": kind, "name": "", "name_sealed": None}
    return (await people.begin_staff_session(account, "staff")).token


async def ask(token: str, route: str, body: Any = None) -> tuple[int, dict[str, Any]]:
    """The status, and what was said."""
    (method, path), key = route.split(), f"{route} {body}".encode().hex()[-60:]
    said = await knock(method, f"/m/v1{path}", bearer=True, token=token, key=key, body=body)
    return said.status, json.loads(said.body) if said.body else {}


async def test_a_home_is_claimed_verified_and_ended_by_the_phone(resident, desk):
    open_doors()
    me, worker = await a_phone(resident, "resident"), await a_phone(desk.grid_worker, "staff")
    at_home = f"POST /codes/{desk.town.codes['room']}/home"
    status, wrong = await ask(me, at_home, {"kin": "guest"})
    assert (status, wrong["errors"][0]["field"]) == (422, "kin")
    status, claimed = await ask(me, at_home, {"kin": "tenant"})
    assert (status, claimed["state"]) == (201, "claimed")
    home = claimed["id"]

    assert [one["id"] for one in (await ask(worker, "GET /bindings"))[1]["waiting"]] == [home]
    assert (await ask(worker, f"POST /bindings/{home}/bind"))[0] == 204
    status, late = await ask(worker, f"POST /bindings/{home}/refuse", {"reason": "没人认识"})
    assert (status, late["code"]) == (409, "binding-decided")

    assert [one["state"] for one in (await ask(me, "GET /me/homes"))[1]["items"]] == ["bound"]
    assert (await ask(me, f"DELETE /me/homes/{home}"))[0] == 204
    assert [one["state"] for one in (await ask(me, "GET /me/homes"))[1]["items"]] == ["ended"]
