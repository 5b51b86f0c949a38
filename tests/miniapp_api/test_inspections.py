"""Shops on a phone: staff find something, its keeper sees it among the own shops and answers."""

import pytest

from tests.photos import samples


@pytest.fixture
def keeper(signed_in):
    return signed_in("merchant")


@pytest.fixture
def worker(signed_in):
    return signed_in("grid_worker")


@pytest.fixture
def sign(keeper) -> str:
    """The code at the door of the keeper's shop."""
    return keeper.get("/shops").json()["items"][0]["sign"]


def a_photo(phone) -> str:
    return phone.photo(samples.jpeg(64, 48)).json()["id"]


def found(worker, sign, **said):
    said = {"item": "noise", "text": "喇叭响了一上午。", "photos": [a_photo(worker)]} | said
    return {"flow": "merchant_inspection", "code": sign} | said


def test_a_keeper_sees_how_the_shop_stands_and_what_was_signed_for(keeper):
    [shop] = keeper.get("/shops").json()["items"]
    assert {"band", "points", "full", "duties", "asked", "past", "lost"} <= set(shop)
    assert keeper.get(f"/shops/{shop['id']}").json()["name"] == shop["name"]


def test_what_is_found_is_told_to_the_shop_which_answers_by_the_phone(keeper, worker, sign):
    body = found(worker, sign)
    first = worker.post("/cases", body, key="found-once-by-the-grid-worker")
    again = worker.post("/cases", body, key="found-once-by-the-grid-worker")
    assert (first.status_code, first.json()) == (201, again.json())
    assert (first.json()["title"], first.json()["points"]) == ("用高音喇叭招揽", 1)
    number = first.json()["number"]
    twice = worker.post("/cases", found(worker, sign))
    assert (twice.status_code, twice.json()["code"]) == (409, "found-already")
    assert number in twice.json()["detail"]
    assert number in [one["number"] for one in worker.get("/inspections").json()["items"]]

    [shop] = keeper.get("/shops").json()["items"]
    asked = next(one for one in shop["asked"] if one["number"] == number)
    assert [move["key"] for move in asked["moves"]] == ["rectify"]
    given = {"text": "关了。", "photos": [a_photo(keeper)]}
    moved = keeper.move(number, "rectify", version=asked["version"], **given)
    assert (moved.status_code, moved.json()["state"]) == (200, "recheck_due")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"photos": []}, "photos"), ({"item": "everything"}, "item"), ({"phone": "1"}, "phone")],
)
def test_what_is_wrong_with_a_finding_is_named_by_field(worker, sign, wrong, field):
    answered = worker.post("/cases", found(worker, sign, **wrong))
    assert (answered.status_code, answered.json()["errors"][0]["field"]) == (422, field)


def test_the_checklist_is_for_those_who_inspect(worker, keeper, phone, sign):
    card = worker.get(f"/codes/{sign}/inspection").json()
    assert {"value": "outside", "title": "店外经营、占道摆放（2分）"} in card["items"]
    refused = [one.get(f"/codes/{sign}/inspection").status_code for one in (keeper, phone)]
    assert refused == [403, 401]


def test_where_nobody_trades_nothing_is_found(worker):
    answered = worker.post("/cases", found(worker, worker.code))
    assert (answered.status_code, answered.json()["code"]) == (404, "merchant-unknown")


def test_a_guest_finds_nothing(phone, worker, sign):
    assert phone.post("/cases", found(worker, sign)).status_code == 401
