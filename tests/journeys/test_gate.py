"""The main job, end to end: a hole at the gate, from the scan to the resident's last word."""

import pytest

from tests.journeys.town_client import Person, Street, done
from tests.journeys.wholeness import faults_of
from tests.photos import samples

HOLE = "小区门口井盖没了，晚上看不见。"


@pytest.fixture
def resident(street: Street) -> Person:
    """Nobody the town knows."""
    return street.guest()


@pytest.fixture
def worker(street: Street) -> Person:
    return street.persona("grid_worker")


@pytest.fixture
def manager(street: Street) -> Person:
    return street.persona("property_manager")


@pytest.fixture
def dispatcher(street: Street) -> Person:
    return street.persona("street_dispatcher")


def _reported(resident: Person) -> str:
    photo = resident.photo(samples.rotated_jpeg_with_gps(900, 1200))
    return str(resident.report("estate", category="F01", text=HOLE, photos=[photo])["number"])


def _handled(number: str, worker: Person, manager: Person) -> None:
    """Accepted, dispatched to the firm of the place, and signed by it."""
    worker.move(number, "accept")
    worker.move(number, "dispatch", unit=worker.town.unit("property_firm"))
    manager.move(number, "sign")


def _resolved(number: str, by: Person) -> None:
    by.move(number, "resolve", outcome="fixed", text="已换新井盖。", photos=[by.photo()])


def test_a_hole_is_reported_returned_ruled_reopened_and_judged_by_the_resident(
    resident: Person, worker: Person, manager: Person, dispatcher: Person
) -> None:
    firm = resident.town.unit("property_firm")
    card = resident.scan("estate")
    assert {one["role"] for one in card["contacts"]} >= {"grid_worker", "property_manager"}

    number = _reported(resident)
    assert worker.has("todo", number)
    worker.move(number, "accept", text="我去看看。")
    worker.move(number, "dispatch", unit=firm)
    assert manager.has("todo", number)
    manager.move(number, "return", reason="井盖不属物业范围。")
    assert dispatcher.has("todo", number)
    dispatcher.move(number, "rule_dispute", unit=firm, text="小区门内归物业。")
    manager.move(number, "sign")
    _resolved(number, manager)
    resident.move(number, "reopen", reason="盖子还在晃。")
    dispatcher.move(number, "dispatch", unit=firm)
    manager.move(number, "sign")
    _resolved(number, manager)
    judged = resident.move(number, "confirm", solved="yes", rating="satisfied")

    assert (judged["state"], judged["ending"], judged["rating"]) == (
        "closed",
        "confirmed",
        "satisfied",
    )
    assert [line["move"] for line in judged["timeline"]] == [
        "open", "accept", "dispatch", "return", "rule_dispute", "sign", "resolve",
        "reopen", "dispatch", "sign", "resolve", "confirm",
    ]  # fmt: skip
    assert faults_of(resident.town, number) == []


def test_a_guest_sees_what_was_sent_and_who_has_it_now(resident: Person, worker: Person) -> None:
    number = _reported(resident)

    worker.move(number, "accept")

    case = resident.case(number)
    assert case["text"] == HOLE
    assert case["now_with"]["name"] == "演示-网格员"
    assert len(case["photos"]) == 1


def test_without_the_key_the_case_is_not_there(resident: Person, street: Street) -> None:
    number = _reported(resident)

    answer = street.guest().ask(f"/cases/{number}")

    assert answer.status_code == 404


def test_the_street_may_handle_a_reopened_case_itself(
    resident: Person, worker: Person, manager: Person, dispatcher: Person
) -> None:
    number = _reported(resident)
    _handled(number, worker, manager)
    _resolved(number, manager)
    resident.move(number, "reopen", reason="没有修。")

    _resolved(number, dispatcher)

    assert resident.case(number)["state"] == "resolved"
    assert faults_of(resident.town, number) == []


def test_a_neighbour_joins_at_another_sign_that_the_case_covers(
    resident: Person, street: Street
) -> None:
    number = _reported(resident)
    neighbour = street.guest()
    offered = {one["number"] for one in neighbour.scan("entrance")["open_cases"]}

    joined = neighbour.second(number, "entrance")

    assert number in offered
    assert joined["seconded"] == 1
    assert neighbour.case(number)["lens"] == "progress"


def test_a_neighbour_sees_how_far_it_is_but_not_the_words_and_photos(
    resident: Person, street: Street
) -> None:
    number = _reported(resident)
    neighbour = street.guest()
    neighbour.second(number, "entrance")

    case = neighbour.case(number)

    assert HOLE not in str(case)
    assert case.get("photos") is None


def test_a_neighbour_and_the_raiser_are_both_told_of_the_end(
    resident: Person, worker: Person, manager: Person, street: Street
) -> None:
    number, neighbour = _reported(resident), street.guest()
    neighbour.second(number, "entrance")
    _handled(number, worker, manager)
    _resolved(number, manager)

    told = (
        told_of(resident, number, "请您看看办好了没有"),
        told_of(neighbour, number, "您附议的事有结果了"),
    )

    assert told == (True, True)
    assert resident.line("mine", number)["unread"]


def test_an_open_case_at_a_far_sign_cannot_be_joined(resident: Person, street: Street) -> None:
    number = _reported(resident)

    answer = street.guest().send(f"/cases/{number}/second", {"code": resident.town.code("lamp")})

    assert answer.status_code == 404


def test_a_direct_category_reaches_the_firm_without_the_grid_workers_hands(
    resident: Person, worker: Person, manager: Person
) -> None:
    number = resident.report("entrance", category="P04", text="楼道漏水")["number"]

    case = manager.case(number)

    assert case["state"] == "dispatched"
    assert "sign" in manager.may(number)
    assert manager.has("todo", number)
    assert not worker.has("todo", number)
    assert told_of(worker, number, "您这里有人报：漏水、管道堵塞")


def test_the_resident_reads_her_photo_upright_and_without_its_secrets(resident: Person) -> None:
    number = _reported(resident)
    shape = resident.case(number)["photos"][0]

    picture = resident.ask(f"/photos/{shape['id']}", key=resident.keys[number])

    assert picture.status_code == 200
    assert shape["height"] > shape["width"]
    assert not [trace for trace in samples.TRACES if trace in picture.content]


def test_the_evidence_is_seen_by_the_resident(
    resident: Person, worker: Person, manager: Person
) -> None:
    number = _reported(resident)
    _handled(number, worker, manager)
    _resolved(number, manager)
    photo = resident.case(number)["timeline"][-1]["photos"][0]

    answer = resident.ask(f"/photos/{photo['id']}/thumb", key=resident.keys[number])

    assert answer.headers["content-type"].startswith("image/")


def test_a_replayed_report_answers_the_same_number_and_key(resident: Person) -> None:
    first = resident.report("estate", key="the-same-key-twice-1", text=HOLE)

    again = resident.report("estate", key="the-same-key-twice-1", text=HOLE)

    assert (again["number"], again["key"]) == (first["number"], first["key"])


def test_a_replayed_move_is_made_once(resident: Person, worker: Person) -> None:
    number = _reported(resident)
    version = worker.case(number)["version"]
    once = {"seen_version": version, "key": "accept-once-only"}
    done(worker.try_move(number, "accept", **once))

    again = done(worker.try_move(number, "accept", **once))

    assert (again["state"], again["version"]) == ("accepted", version + 1)


def told_of(person: Person, number: str, title: str) -> bool:
    """Whether this message reaches the person within a few seconds."""
    return person.waits_until(lambda: title in person.case(number)["unread"])
