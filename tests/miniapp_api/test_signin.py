"""Signing in and out on a phone."""

import re


def test_a_demo_offers_its_personas(phone):
    offered = phone.get("/session/demo").json()["personas"]
    assert {"resident", "grid_worker", "property_manager"} <= {each["key"] for each in offered}


def test_a_persona_is_told_its_roles(phone):
    entered = phone.post("/session/demo", {"persona": "grid_worker"}).json()
    assert "grid_worker" in entered["account"]["roles"]


def test_a_token_cannot_be_guessed_from_another(phone):
    tokens = [
        phone.post("/session/demo", {"persona": "resident"}).json()["token"] for _ in range(2)
    ]
    assert tokens[0] != tokens[1]
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43}", token) for token in tokens)


def test_an_unknown_persona_is_not_there(phone):
    assert phone.post("/session/demo", {"persona": "mayor"}).status_code == 404


def test_a_wrong_password_is_401_and_says_no_more_than_for_an_unknown_name(phone):
    answers = [
        phone.post("/session/staff", {"login": login, "password": "wrong"})
        for login in ("nobody", "demo")
    ]
    assert [each.status_code for each in answers] == [401, 401]
    assert answers[0].json()["detail"] == answers[1].json()["detail"]


def test_sms_that_is_not_connected_says_so(phone):
    answered = phone.post("/session/phone/code", {"phone": "16000000001"})
    assert answered.status_code == 503
    assert answered.json()["code"] == "sms-not-configured"
    assert "retry-after" in answered.headers


def test_who_signs_out_is_out_at_once(signed_in):
    worker = signed_in("grid_worker")
    assert worker.get("/cases", list="todo").status_code == 200
    assert worker.http.delete("/m/v1/session").status_code == 204
    ended = worker.get("/cases", list="todo")
    assert ended.status_code == 401
    assert ended.json()["code"] == "session-ended"


def test_a_token_nobody_has_is_401(phone):
    answered = phone.http.get("/m/v1/session/demo", headers={"authorization": "Bearer " + "a" * 43})
    assert answered.status_code == 401


def test_a_stale_cookie_is_a_guest(phone):
    answered = phone.http.get(
        "/m/v1/session/demo", headers={"cookie": "__Host-mashang=" + "a" * 43}
    )
    assert answered.status_code == 200
