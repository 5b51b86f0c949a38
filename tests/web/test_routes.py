"""A route says who may call it, or the server does not start; and it keeps what it says."""

import pytest
from sanic import HTTPResponse, Request

from server.base.errors import NotAllowed
from server.base.viewer import HeldPost, Viewer
from server.web import PARTY, SIGNED_IN, NotSignedIn, Routes, public, staff
from server.web.routes import UndeclaredRoute, refuse_undeclared
from tests.web.kit import FORGOTTEN_ID, make_app

WORKER = HeldPost(FORGOTTEN_ID, "grid_worker", "网格员", FORGOTTEN_ID, "社区", "1/")
GUEST = Viewer()
RESIDENT = Viewer(account_id=FORGOTTEN_ID)
GRID_WORKER = Viewer(account_id=FORGOTTEN_ID, posts=(WORKER,))
NOTE = {"text": "a"}


def test_routes_that_all_say_who_may_call_them_start():
    refuse_undeclared(make_app())


def test_a_route_opened_behind_the_kits_back_stops_the_start():
    app = make_app()
    app.add_route(_forgotten, "/forgotten")
    with pytest.raises(UndeclaredRoute, match="/forgotten"):
        refuse_undeclared(app)


def test_a_static_folder_opened_behind_the_kits_back_stops_the_start(tmp_path):
    app = make_app()
    app.static("/files", tmp_path)
    with pytest.raises(UndeclaredRoute, match="/files"):
        refuse_undeclared(app)


def test_a_socket_opened_behind_the_kits_back_stops_the_start():
    app = make_app()
    app.add_websocket_route(_forgotten, "/live")
    with pytest.raises(UndeclaredRoute, match="/live"):
        refuse_undeclared(app)


def test_a_public_route_without_a_reason_cannot_be_written():
    with pytest.raises(ValueError, match="public"):
        public("")


def test_a_rate_class_nobody_knows_cannot_be_written():
    with pytest.raises(ValueError, match="rate class"):
        Routes().post("/x", access=PARTY, rate="sometimes")(_forgotten)


@pytest.mark.parametrize("access", [public("all"), PARTY])
def test_a_guest_may_knock_where_everyone_may(access):
    access.check(GUEST)


@pytest.mark.parametrize("access", [SIGNED_IN, staff(), staff("grid_worker")])
def test_a_guest_is_asked_to_sign_in(access):
    with pytest.raises(NotSignedIn):
        access.check(GUEST)


@pytest.mark.parametrize("access", [staff(), staff("grid_worker")])
def test_a_resident_may_not_do_what_staff_may(access):
    with pytest.raises(NotAllowed):
        access.check(RESIDENT)


def test_staff_may_not_do_what_another_role_may():
    with pytest.raises(NotAllowed):
        staff("street_dispatcher").check(GRID_WORKER)


@pytest.mark.parametrize("access", [SIGNED_IN, staff(), staff("grid_worker", "grid_leader")])
def test_staff_of_the_role_are_let_in(access):
    access.check(GRID_WORKER)


async def test_a_guest_asking_for_what_needs_an_account_is_401(kit):
    answered = await kit.get("/m/v1/mine")
    assert answered.status_code == 401
    assert answered.headers["www-authenticate"] == "Bearer"


async def test_head_is_get_without_the_body(kit):
    answered = await kit.head("/m/v1/large")
    assert answered.status_code == 200
    assert answered.content == b""


@pytest.mark.parametrize("beyond", [str(2**63), str(-(2**63) - 1), "9" * 5000])
async def test_a_row_whose_number_no_column_holds_is_not_there(kit, beyond):
    most = 2**63 - 1
    assert (await kit.get(f"/m/v1/rows/{most}")).json() == {"row": most}
    assert (await kit.get(f"/m/v1/rows/{beyond}")).status_code == 404


async def test_a_create_without_its_key_is_refused(kit):
    answered = await kit.post("/m/v1/keyed/a", json=NOTE)
    assert answered.status_code == 400
    assert answered.json()["code"] == "idempotency-key-missing"


@pytest.mark.parametrize(
    "key", ["a" * 81, "a" * 15, "1", "many words with space", "tab\there in a longer one"]
)
async def test_a_key_too_long_too_easy_or_unprintable_is_refused(kit, key):
    answered = await kit.post("/m/v1/keyed/a", json=NOTE, headers={"idempotency-key": key})
    assert answered.status_code == 400


async def test_the_same_body_again_has_the_same_hash(kit):
    first, second = [await _keyed(kit, "/m/v1/keyed/a", NOTE) for _ in range(2)]
    assert first == second


async def test_another_body_has_another_hash(kit):
    first = await _keyed(kit, "/m/v1/keyed/a", NOTE)
    assert await _keyed(kit, "/m/v1/keyed/a", {"text": "b"}) != first


async def test_the_same_body_to_another_row_has_another_hash(kit):
    first = await _keyed(kit, "/m/v1/keyed/a", NOTE)
    assert await _keyed(kit, "/m/v1/keyed/b", NOTE) != first


async def _keyed(kit, path: str, body: dict) -> str:
    answered = await kit.post(path, json=body, headers={"idempotency-key": "k" * 16})
    return answered.json()["hash"]


async def _forgotten(request: Request, *_: object) -> HTTPResponse:
    raise NotImplementedError
