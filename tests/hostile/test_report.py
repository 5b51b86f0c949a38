"""我要上报 with everything wrong that can be wrong, on both databases."""

from typing import Any

import pytest

from tests.hostile.problems import calm, fields_of, problem
from tests.hostile.words import EMOJI, HTML, LONG, NASTY, ODD_NUMBERS, SPACES, SQL, WRONG_TYPES
from tests.journeys.town_client import Person, Street

FIELDS = (
    "flow",
    "code",
    "place_id",
    "category",
    "text",
    "photos",
    "spot",
    "point",
    "about",
    "conceal",
    "phone",
    "channel",
    "on_behalf",
    "external_refs",
    "no_such_field",
)
INNER = (
    ("about", "post_id"),
    ("about", "unit_id"),
    ("about", "who"),
    ("point", "lng"),
    ("point", "lat"),
    ("point", "crs"),
    ("on_behalf", "name"),
    ("on_behalf", "phone"),
)


@pytest.fixture
def resident(sqlite_street: Street) -> Person:
    return sqlite_street.guest()


@pytest.fixture
def each_resident(street: Street) -> Person:
    """On both databases."""
    return street.guest()


def _sent(resident: Person, **said: Any) -> Any:
    return resident.send("/cases", _body(resident) | said)


def _body(resident: Person) -> dict[str, Any]:
    return {"flow": "report", "code": resident.town.code(), "text": "门坏了"}


@pytest.mark.parametrize("words", NASTY.values(), ids=NASTY)
@pytest.mark.parametrize("field", ["text", "spot", "phone", "category"])
def test_nasty_words_in_what_is_kept_are_taken_or_refused_politely(
    each_resident: Person, field: str, words: str
) -> None:
    calm(_sent(each_resident, **{field: words}))


@pytest.mark.parametrize("words", NASTY.values(), ids=NASTY)
@pytest.mark.parametrize("field", FIELDS)
def test_nasty_words_in_any_field_are_taken_or_refused_politely(
    resident: Person, field: str, words: str
) -> None:
    calm(_sent(resident, **{field: words}))


@pytest.mark.parametrize("value", WRONG_TYPES.values(), ids=WRONG_TYPES)
@pytest.mark.parametrize("field", FIELDS)
def test_a_wrong_type_in_any_field_is_refused_politely(
    resident: Person, field: str, value: Any
) -> None:
    calm(_sent(resident, **{field: value}))


@pytest.mark.parametrize("words", NASTY.values(), ids=NASTY)
@pytest.mark.parametrize(("field", "inner"), INNER)
def test_nasty_words_deep_inside_are_taken_or_refused_politely(
    resident: Person, field: str, inner: str, words: str
) -> None:
    point = {"lng": 109.785, "lat": 39.605} if field == "point" else {}

    calm(_sent(resident, **{field: point | {inner: words}}))


@pytest.mark.parametrize("said", [SQL, HTML, EMOJI])
def test_what_is_only_unusual_is_kept_letter_by_letter(each_resident: Person, said: str) -> None:
    number = each_resident.report(text=said)["number"]

    assert each_resident.case(number)["text"] == said


@pytest.mark.parametrize(
    "said", [{"text": SPACES}, {"text": ""}, {"text": "\x00\x07"}, {"text": "", "photos": []}]
)
def test_nothing_said_is_told_that_one_thing_is_enough(
    resident: Person, said: dict[str, Any]
) -> None:
    refused = problem(_sent(resident, **said), 422)

    assert refused["errors"][0]["detail"] == "选个类型、写一句话、拍张照片，有一样就能提交。"


@pytest.mark.parametrize("field", ["text", "spot"])
def test_too_many_words_are_told_how_many(resident: Person, field: str) -> None:
    refused = problem(_sent(resident, **{field: LONG}), 422)

    assert fields_of(refused) == {field}
    assert "字" in refused["errors"][0]["detail"]


def test_a_name_too_long_is_told_under_its_own_field(sqlite_street: Street) -> None:
    worker = sqlite_street.persona("grid_worker")

    refused = problem(_sent(worker, channel="phone", on_behalf={"name": LONG}), 422)

    assert fields_of(refused) == {"on_behalf.name"}


def test_every_wrong_field_is_named_at_once(resident: Person) -> None:
    refused = problem(_sent(resident, text=LONG, spot=LONG, category="X99", phone="12"), 422)

    assert fields_of(refused) == {"text", "spot", "category", "phone"}


@pytest.mark.parametrize("channel", ["counter", "hotline", "no-such"])
def test_a_guest_cannot_say_it_came_another_way(resident: Person, channel: str) -> None:
    assert fields_of(problem(_sent(resident, channel=channel), 422)) == {"channel"}


@pytest.mark.parametrize(
    "point",
    [
        {"lng": 0, "lat": 0},
        {"lng": 116.39, "lat": 39.9, "crs": "gcj02"},
        {"lng": 181, "lat": 39.6},
        {"lng": 109.785, "lat": -91},
        {"lng": 1e308, "lat": 1e308},
        {"lng": 39.605, "lat": 109.785},
    ],
)
def test_a_point_outside_every_grid_is_refused(resident: Person, point: dict[str, Any]) -> None:
    refused = problem(_sent(resident, point=point), 422)

    assert {field.partition(".")[0] for field in fields_of(refused)} == {"point"}


@pytest.mark.parametrize("n", ODD_NUMBERS)
def test_odd_numbers_as_a_point_are_refused_politely(resident: Person, n: int) -> None:
    problem(_sent(resident, point={"lng": n, "lat": n}), 400, 422)


@pytest.mark.parametrize("count", [10, 1_000])
def test_ten_photos_are_too_many(resident: Person, count: int) -> None:
    photo = "0197f5a0-0000-7000-8000-000000000000"

    refused = problem(_sent(resident, photos=[photo] * count), 422)

    assert fields_of(refused) == {"photos"}


def test_ten_real_photos_are_too_many_and_none_is_lost(resident: Person) -> None:
    photos = [resident.photo() for _ in range(10)]

    refused = problem(_sent(resident, photos=photos), 422)
    number = resident.report(photos=photos[:9])["number"]

    assert "9" in refused["errors"][0]["detail"]
    assert len(resident.case(number)["photos"]) == 9


def test_a_photo_that_is_not_there_is_refused(resident: Person) -> None:
    refused = problem(_sent(resident, photos=["0197f5a0-0000-7000-8000-000000000000"]), 422)

    assert fields_of(refused) == {"photos"}


@pytest.mark.parametrize("kind", ["post_id", "unit_id"])
def test_a_complaint_about_nobody_is_refused(resident: Person, kind: str) -> None:
    nobody = "0197f5a0-0000-7000-8000-000000000000"

    refused = problem(_sent(resident, category="C04", about={kind: nobody}), 422)

    assert {field.partition(".")[0] for field in fields_of(refused)} == {"about"}


def test_a_complaint_about_somebody_of_another_unit_is_refused(resident: Person) -> None:
    manager = resident.scan()["contacts"][-1]["post_id"]
    other = "0197f5a0-0000-7000-8000-000000000000"

    refused = problem(
        _sent(resident, category="C04", about={"post_id": manager, "unit_id": other}), 422
    )

    assert fields_of(refused) == {"about"}


def test_a_place_that_is_not_there_is_refused(resident: Person) -> None:
    body = {"flow": "report", "text": "门坏了", "place_id": "0197f5a0-0000-7000-8000-000000000000"}

    refused = problem(resident.send("/cases", body), 422)

    assert fields_of(refused) == {"place_id"}


def test_neither_code_nor_place_is_told_to_scan(resident: Person) -> None:
    refused = problem(resident.send("/cases", {"flow": "report", "text": "门坏了"}), 422)

    assert fields_of(refused) == {"code"}
