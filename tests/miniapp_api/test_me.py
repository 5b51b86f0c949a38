"""Me, on a phone: signing in by a code, seeing, correcting, copying, taking along, leaving."""

from itertools import count

import pytest

from server import people
from server.base.unit import unit_of_work
from server.people.models import Consent, Tally
from tests.journeys.town_client import API, Person, Street, done

_numbers = count(16_000_003_001)


async def _forget_counts() -> None:
    async with unit_of_work().models():
        await Tally.all().delete()


async def _as_if_agreed_to_an_older_notice() -> None:
    async with unit_of_work().models():
        await Consent.all().update(version=people.NOTICE - 1)


def _sign_in(person: Person, number: str, **more: object) -> dict:
    person.town.look(_forget_counts)
    done(person.send("/session/phone/code", {"phone": number}))
    agreed = {"consent": people.NOTICE}
    body = {"phone": number, "code": person.town.code_sent()} | agreed | more
    entered = done(person.send("/session/phone", body))
    person.http.headers["authorization"] = f"Bearer {entered['token']}"
    return entered


@pytest.fixture
def resident(sqlite_street: Street) -> Person:
    """A resident who has just signed in for the first time."""
    person = sqlite_street.guest()
    _sign_in(person, str(next(_numbers)))
    return person


def test_a_code_is_on_its_way_whether_the_number_is_known_or_not(sqlite_street: Street) -> None:
    guest, number = sqlite_street.guest(), str(next(_numbers))
    answers = []
    for _ in range(2):
        guest.town.look(_forget_counts)
        answers.append(done(guest.send("/session/phone/code", {"phone": number})))
        body = {"phone": number, "code": guest.town.code_sent(), "consent": people.NOTICE}
        done(guest.send("/session/phone", body))
    assert [set(one) for one in answers] == [{"ask", "valid_s", "again_s"}] * 2


def test_a_wrong_code_is_401_and_a_second_ask_within_a_minute_429(sqlite_street: Street) -> None:
    guest, number = sqlite_street.guest(), str(next(_numbers))
    guest.town.look(_forget_counts)
    done(guest.send("/session/phone/code", {"phone": number}))
    wrong = guest.send("/session/phone", {"phone": number, "code": "12345"})
    assert (wrong.status_code, wrong.json()["code"]) == (401, "code-refused")
    again = guest.send("/session/phone/code", {"phone": number})
    assert (again.status_code, again.json()["code"]) == (429, "too-many-codes")
    assert 0 < int(again.headers["retry-after"]) <= 60


def test_a_bound_code_opens_only_with_what_its_asker_was_given(sqlite_street: Street) -> None:
    guest, number = sqlite_street.guest(), str(next(_numbers))
    guest.town.look(_forget_counts)
    asked = done(guest.send("/session/phone/code", {"phone": number, "bound": True}))
    body = {"phone": number, "code": guest.town.code_sent(), "consent": people.NOTICE}
    assert guest.send("/session/phone", body).status_code == 401
    assert done(guest.send("/session/phone", body | {"ask": asked["ask"]}))


def test_i_see_myself_masked_and_correct_my_name(resident: Person) -> None:
    changed = done(resident.http.patch(f"{API}/me", json={"name": "演示-王女士"}))
    assert changed["name"] == "演示-王女士"
    assert changed["phone"].startswith("160****")
    assert [one["me"] for one in changed["sessions"]] == [True]


def test_staff_are_told_which_posts_they_hold_by_the_keys_that_conversations_name(
    sqlite_street: Street,
) -> None:
    answering = sqlite_street.guest().scan()["contacts"][0]
    posts = done(sqlite_street.persona("grid_worker").ask("/me"))["posts"]
    named = ("post_id", "role", "role_title", "unit")
    assert {name: answering[name] for name in named} in posts


def test_a_resident_holds_no_post(resident: Person) -> None:
    assert done(resident.ask("/me"))["posts"] == []


def test_i_agreed_and_may_take_it_back(resident: Person) -> None:
    consent = done(resident.ask("/me"))["consent"]
    assert (consent["version"], consent["agreed"]) == (people.NOTICE, True)
    assert resident.http.delete(f"{API}/me/consent").status_code == 204
    assert resident.ask("/me").status_code == 401


def test_no_account_is_opened_for_whoever_does_not_agree(sqlite_street: Street) -> None:
    guest, number = sqlite_street.guest(), str(next(_numbers))
    guest.town.look(_forget_counts)
    done(guest.send("/session/phone/code", {"phone": number}))
    body = {"phone": number, "code": guest.town.code_sent()}
    refused = guest.send("/session/phone", body)
    assert (refused.status_code, refused.json()["code"]) == (403, "consent-needed")
    assert done(guest.send("/session/phone", body | {"consent": people.NOTICE}))


def test_under_a_new_notice_nothing_more_is_kept_of_me_before_i_agree(resident: Person) -> None:
    resident.town.look(_as_if_agreed_to_an_older_notice)
    refused = resident.http.patch(f"{API}/me", json={"name": "演示-王女士"})
    assert (refused.status_code, refused.json()["code"]) == (403, "consent-needed")
    assert resident.send("/me/phone/code", {"phone": "16000003999"}).status_code == 403
    assert done(resident.ask("/me"))["name"] == ""
    assert resident.ask("/me/export").status_code == 200
    assert done(resident.send("/me/consent", {"version": people.NOTICE}))["consent"]["agreed"]
    assert resident.http.patch(f"{API}/me", json={"name": "演示-王女士"}).status_code == 200


def test_whoever_did_not_agree_may_go(resident: Person) -> None:
    resident.town.look(_as_if_agreed_to_an_older_notice)
    assert resident.http.delete(f"{API}/me").status_code == 204


def test_a_number_is_changed_by_a_code_to_the_new_one(resident: Person) -> None:
    new = str(next(_numbers))
    resident.town.look(_forget_counts)
    asked = done(resident.send("/me/phone/code", {"phone": new}))
    body = {"phone": new, "code": resident.town.code_sent(), "ask": asked["ask"]}
    changed = done(resident.http.patch(f"{API}/me", json=body))
    assert changed["phone"] == f"{new[:3]}****{new[-4:]}"


def test_with_a_name_that_is_too_long_the_number_stays_too(resident: Person) -> None:
    before, new = done(resident.ask("/me"))["phone"], str(next(_numbers))
    resident.town.look(_forget_counts)
    asked = done(resident.send("/me/phone/code", {"phone": new}))
    body = {"phone": new, "code": resident.town.code_sent(), "ask": asked["ask"]}
    refused = resident.http.patch(f"{API}/me", json=body | {"name": "长" * 21})
    assert refused.status_code == 422
    assert done(resident.ask("/me"))["phone"] == before
    assert done(resident.http.patch(f"{API}/me", json=body | {"name": "长" * 20}))["name"]


def test_a_notice_that_is_not_the_newest_is_told_by_its_field(resident: Person) -> None:
    refused = resident.send("/me/consent", {"version": people.NOTICE - 1})
    assert [one["field"] for one in refused.json()["errors"]] == ["version"]


def test_a_guests_cases_come_along_by_their_keys(sqlite_street: Street) -> None:
    guest = sqlite_street.guest()
    opened = guest.report(text="路灯不亮")
    person = sqlite_street.guest()
    _sign_in(person, str(next(_numbers)))
    assert done(person.send("/me/claim", {"keys": [opened["key"], "nonsense"]})) == {"claimed": 1}
    assert person.has("mine", opened["number"])


def test_i_erase_myself_and_my_token_opens_nothing(resident: Person) -> None:
    number = resident.report(text="路灯不亮", phone="16000001999")["number"]
    assert resident.http.delete(f"{API}/me").status_code == 204
    assert resident.ask(f"/cases/{number}").status_code == 401


def test_staff_see_that_the_raiser_is_gone(sqlite_street: Street, resident: Person) -> None:
    number = resident.report(text="路灯不亮", phone="16000001999")["number"]
    resident.http.delete(f"{API}/me")
    seen = sqlite_street.persona("grid_worker").case(number)
    assert seen["raiser"] == {"me": False, "name": "已注销", "concealed": False, "gone": True}
    assert seen["timeline"][-1]["move_title"] == "诉求人注销"


def test_staff_are_not_erased_by_themselves(sqlite_street: Street) -> None:
    answered = sqlite_street.persona("heating").http.delete(f"{API}/me")
    assert (answered.status_code, answered.json()["code"]) == (403, "staff-account")


def test_a_copy_comes_as_a_file_in_either_form(resident: Person) -> None:
    for form, kind in (("json", "application/json"), ("csv", "text/csv")):
        answered = resident.ask("/me/export", format=form)
        assert answered.headers["content-type"].startswith(kind)
        assert "attachment" in answered.headers["content-disposition"]


def test_an_unknown_form_of_a_copy_is_told_so(resident: Person) -> None:
    assert resident.ask("/me/export", format="pdf").status_code == 422


def test_a_session_i_do_not_have_is_not_there(resident: Person) -> None:
    other = "/me/sessions/01936f00-0000-7000-8000-000000000001"
    assert resident.http.delete(API + other).status_code == 404


def test_nobody_is_me_without_signing_in(sqlite_street: Street) -> None:
    guest = sqlite_street.guest()
    assert guest.ask("/me").status_code == 401
    assert guest.http.delete(f"{API}/me").status_code == 401
