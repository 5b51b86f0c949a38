"""Cases on a phone: opened, seen by those who may, moved, joined."""

from concurrent.futures import ThreadPoolExecutor
from itertools import repeat

import pytest


@pytest.fixture
def opened(phone):
    """A guest's report of an urgent matter that goes straight to its owner, or to the grid."""
    return phone.report(category="P01").json()


def test_a_guest_gets_a_number_both_promises_and_a_key(opened):
    assert {"number", "state", "state_title", "respond_by", "resolve_by", "key"} <= set(opened)


def test_the_key_opens_the_case_again(phone, opened):
    seen = phone.get(f"/cases/{opened['number']}", key=opened["key"]).json()
    assert seen["text"] == "楼道灯坏了"
    assert seen["raiser"]["me"] is True


def test_the_number_alone_opens_nothing(phone, opened):
    answered = phone.get(f"/cases/{opened['number']}")
    assert answered.status_code == 404


def test_another_cases_key_opens_nothing(phone, opened):
    other = phone.report().json()["key"]
    assert phone.get(f"/cases/{opened['number']}", key=other).status_code == 404


def test_someone_elses_case_looks_like_one_that_never_was(phone, opened):
    there = phone.get(f"/cases/{opened['number']}").json()
    never = phone.get("/cases/261123000000").json()
    assert (there["code"], there["detail"]) == (never["code"], never["detail"])


def test_a_signed_in_resident_needs_no_key(signed_in):
    resident = signed_in("resident")
    number = resident.report().json()["number"]
    assert resident.get(f"/cases/{number}").status_code == 200


def test_a_signed_in_resident_gets_no_key(signed_in):
    assert "key" not in signed_in("resident").report().json()


def test_a_resident_finds_the_case_among_theirs(signed_in):
    resident = signed_in("resident")
    number = resident.report().json()["number"]
    mine = resident.get("/cases", list="mine").json()["items"]
    assert mine[0]["number"] == number


def test_a_guest_finds_the_case_by_its_key_among_theirs(phone, opened):
    mine = phone.get("/cases", list="mine", key=opened["key"]).json()["items"]
    assert [each["number"] for each in mine] == [opened["number"]]


def test_the_list_of_work_is_not_for_guests(phone):
    assert phone.get("/cases", list="todo").status_code == 401


def test_the_list_of_work_is_not_for_residents(signed_in):
    assert signed_in("resident").get("/cases", list="todo").status_code == 403


def test_what_is_open_here_is_told_without_anyones_words(phone, opened):
    here = phone.get("/cases", list="here", code=phone.code).json()
    assert all(
        set(each) <= {"number", "title", "state_title", "seconded", "opened_at"}
        for each in here["items"]
    )


def test_a_list_without_a_name_says_what_is_missing(phone):
    answered = phone.get("/cases")
    assert answered.status_code == 422
    assert answered.json()["errors"][0]["field"] == "list"


@pytest.mark.parametrize("query", [{"limit": "0"}, {"limit": "9" * 30}, {"after": "x\x00"}])
def test_a_list_asked_for_wrongly_is_422(signed_in, query):
    assert signed_in("resident").get("/cases", list="mine", **query).status_code == 422


def test_a_move_is_made_and_answered_with_the_case(phone, opened):
    seen = phone.get(f"/cases/{opened['number']}", key=opened["key"]).json()
    answered = phone.post(
        f"/cases/{opened['number']}/moves/withdraw",
        {"seen_version": seen["version"], "given": {"reason": "自己换好了"}},
        key="withdraw-once-please",
        **{},
    )
    assert answered.status_code == 404  # without the key nothing is theirs


def test_a_guest_moves_with_the_key_in_the_address(phone, opened):
    url = f"/m/v1/cases/{opened['number']}/moves/withdraw"
    seen = phone.get(f"/cases/{opened['number']}", key=opened["key"]).json()
    body = {"seen_version": seen["version"], "given": {"reason": "自己换好了"}}
    answered = phone.http.post(
        url, json=body, params={"key": opened["key"]}, headers={"idempotency-key": "1" * 16}
    )
    assert answered.status_code == 200
    assert answered.json()["ending"] == "withdrawn"


def test_a_move_that_came_too_late_is_told_how_things_stand(phone, opened):
    url = f"/m/v1/cases/{opened['number']}/moves/withdraw"
    body = {"seen_version": 0, "given": {"reason": "自己换好了"}}
    answered = phone.http.post(
        url, json=body, params={"key": opened["key"]}, headers={"idempotency-key": "2" * 16}
    )
    assert answered.status_code == 409
    assert answered.json()["code"] == "case-moved-on"
    assert answered.json()["case"]["number"] == opened["number"]


def test_a_move_nobody_knows_is_refused(phone, opened):
    url = f"/m/v1/cases/{opened['number']}/moves/explode"
    answered = phone.http.post(
        url,
        json={"seen_version": 9, "given": {}},
        params={"key": opened["key"]},
        headers={"idempotency-key": "3" * 16},
    )
    assert answered.status_code in (403, 404, 422)


def test_a_neighbour_joins_by_a_code_the_case_covers(phone, opened):
    joined = phone.post(f"/cases/{opened['number']}/second", {"code": phone.code})
    assert joined.status_code == 200
    assert joined.json()["seconded"] == 1
    assert "key" in joined.json()


def test_a_neighbour_sees_how_it_goes_but_not_who_said_what(phone, opened):
    key = phone.post(f"/cases/{opened['number']}/second", {"code": phone.code}).json()["key"]
    seen = phone.get(f"/cases/{opened['number']}", key=key).json()
    assert "text" not in seen
    assert "raiser" not in seen or "name" not in seen["raiser"]


def test_the_same_report_again_is_the_same_case(phone):
    first, second = [phone.report(key="one-and-the-same-key").json() for _ in range(2)]
    assert first == second


def test_the_same_key_with_another_report_is_a_conflict(phone):
    phone.report(key="a-key-used-for-two")
    answered = phone.report(key="a-key-used-for-two", text="另一件事")
    assert answered.status_code == 409
    assert answered.json()["code"] == "key-reused"


def test_the_same_key_of_another_person_is_another_report(phone, signed_in):
    mine = signed_in("resident").report(key="a-key-of-two-people").json()["number"]
    theirs = signed_in("neighbour").report(key="a-key-of-two-people").json()["number"]
    assert mine != theirs


def test_fifty_submits_at_once_with_one_key_make_one_case(phone):
    def send(key: str) -> str:
        return phone.report(key=key, text="同一件事").text

    with ThreadPoolExecutor(50) as many:
        answers = set(many.map(send, repeat("fifty-at-once-one-key", 50)))
    assert len(answers) == 1


def test_a_report_without_its_key_is_400(phone):
    answered = phone.http.post("/m/v1/cases", json={"flow": "report", "code": phone.code})
    assert answered.status_code == 400


def test_a_complaint_about_the_firm_never_shows_the_firm_who_complained(signed_in):
    resident, firm = signed_in("resident"), signed_in("property_manager")
    card = resident.get(f"/codes/{resident.code}").json()
    manager = next(one for one in card["contacts"] if one["role"] == "property_manager")
    number = resident.report(about={"post_id": manager["post_id"]}).json()["number"]
    answered = firm.get(f"/cases/{number}")
    assert answered.status_code == 404 or "王" not in answered.text


FILED = {
    "channel": "counter",
    "on_behalf": {"name": "演示-王奶奶", "phone": "16000001003"},
    "external_refs": [{"system": "12345", "number": "API-1"}],
}


def test_staff_file_for_a_resident_who_gets_a_key_and_stays_the_raiser(phone, signed_in):
    clerk = signed_in("community_secretary")
    receipt = clerk.report(**FILED).json()
    hers = phone.get(f"/cases/{receipt['number']}", key=receipt["key"]).json()
    theirs = clerk.get(f"/cases/{receipt['number']}").json()
    assert hers["raiser"]["me"] is True
    assert (theirs["lens"], theirs["raiser"]["me"]) == ("work", False)
    assert theirs["raiser"]["phone"] == "160****1003"
    assert "16000001003" not in clerk.get(f"/cases/{receipt['number']}").text


def test_a_second_entry_with_the_same_reference_is_told_which_case_has_it(signed_in):
    ticket = [{"system": "12345", "number": "API-2"}]
    clerk = signed_in("community_secretary")
    first = clerk.report(**FILED | {"external_refs": ticket}).json()["number"]
    again = signed_in("grid_worker").report(**FILED | {"external_refs": ticket})
    assert (again.status_code, again.json()["code"]) == (409, "reference-taken")
    assert first in again.json()["detail"]


def test_a_guest_cannot_file_for_somebody_else(phone):
    answered = phone.report(**FILED)
    wrong = {one["field"] for one in answered.json()["errors"]}
    assert (answered.status_code, wrong) == (422, {"channel", "on_behalf", "external_refs"})
