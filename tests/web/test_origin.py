"""Another site can make a browser send our cookies; what it makes it send is refused."""

import pytest

EVIL = {"origin": "https://evil.example"}
NOTE = {"text": "a"}
COOKIE = {"cookie": "__Host-mashang=aaaaaaaaaaaaaaaaaaaa"}


def _ours(kit) -> dict[str, str]:
    return {"origin": str(kit.base_url).rstrip("/")}


async def test_a_page_form_from_here_is_taken(kit):
    words = {"text": "a", "idempotency_key": "k" * 16}
    assert (await kit.post("/page", data=words, headers=_ours(kit))).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        EVIL,
        {"origin": "null"},
        {"referer": "https://evil.example/mashang.example"},
        {"origin": "https://mashang.example.evil.example"},
        {"origin": "http://mashang.example"},
        {"origin": "http://mashang.example", "host": "mashang.example"},
        {"origin": "https://mashang.example", "sec-fetch-site": "cross-site"},
    ],
)
async def test_a_page_form_from_elsewhere_is_refused(kit, headers):
    words = {"text": "a", "idempotency_key": "k" * 16}
    answered = await kit.post("/page", data=words, headers=headers)
    assert answered.status_code == 403


async def test_a_page_form_says_where_from_in_its_referer_too(kit):
    words = {"text": "a", "idempotency_key": "k" * 16}
    headers = {"referer": f"{kit.base_url}/page"}
    assert (await kit.post("/page", data=words, headers=headers)).status_code == 200


async def test_a_form_sent_to_the_public_address_is_ours_behind_a_proxy(kit):
    words = {"text": "a", "idempotency_key": "k" * 16}
    headers = {"origin": "https://mashang.example"}
    assert (await kit.post("/page", data=words, headers=headers)).status_code == 200


async def test_a_guests_phone_needs_no_origin(kit):
    assert (await kit.post("/m/v1/notes", json=NOTE)).status_code == 201


async def test_a_guests_phone_with_a_foreign_origin_is_refused(kit):
    answered = await kit.post("/m/v1/notes", json=NOTE, headers=EVIL)
    assert answered.status_code == 403
    assert answered.json()["code"] == "wrong-origin"


async def test_cookies_without_an_origin_are_refused(kit):
    answered = await kit.post("/m/v1/notes", json=NOTE, headers=COOKIE)
    assert answered.status_code == 403


async def test_cookies_with_a_foreign_origin_are_refused(kit):
    answered = await kit.post("/m/v1/notes", json=NOTE, headers=COOKIE | EVIL)
    assert answered.status_code == 403


async def test_a_form_is_not_taken_where_json_is_meant(kit):
    answered = await kit.post("/m/v1/notes", data=NOTE, headers=_ours(kit))
    assert answered.status_code == 415


async def test_reading_needs_no_origin(kit):
    assert (await kit.get("/page", headers=EVIL)).status_code == 200
