"""Whatever is sent, the answer is a sentence and the right status, never a 500."""

import pytest

HOSTILE = [
    "   ",
    "",
    "字" * 10_000,
    "👩‍👩‍👧‍👦🔥" * 50,
    "a\u0000b\u0007\u202e\ufeff",
    "'; DROP TABLE cases; --",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "{{7*7}}${7*7}%s%n",
    "\ud7ff\uffff",
]
FIELDS = ["code", "category", "text", "spot", "phone", "channel", "flow", "place_id"]
TYPES = [None, True, 0, -1, 1e308, 10**40, [], {}, [[]], ["x"], {"x": 1}]


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_in_a_report_are_never_a_crash(phone, field, words):
    answered = phone.report(**{field: words})
    assert answered.status_code in (201, 404, 422)
    assert answered.status_code == 201 or answered.json()["detail"]


@pytest.mark.parametrize("field", [*FIELDS, "photos", "point", "about", "conceal", "on_behalf"])
@pytest.mark.parametrize("value", TYPES)
def test_a_value_of_another_kind_is_never_a_crash(phone, field, value):
    answered = phone.report(**{field: value})
    assert answered.status_code in (201, 404, 422)


@pytest.mark.parametrize("value", TYPES)
def test_a_move_given_another_kind_of_value_is_never_a_crash(phone, value):
    opened = phone.report().json()
    url = f"/m/v1/cases/{opened['number']}/moves/withdraw"
    fields = ("text", "photos", "unit", "post", "category", "until", "into", "reason", "rating")
    answered = phone.http.post(
        url,
        json={"seen_version": 9, "given": dict.fromkeys(fields, value)},
        params={"key": opened["key"]},
        headers={"idempotency-key": "k" * 16},
    )
    assert answered.status_code in (200, 409, 422)


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b'{"flow": NaN}',
        b'{"flow": "\xff"}',
        b"[" * 10_000,
        b'{"a":' * 50 + b"1" + b"}" * 50,
        b"",
    ],
)
def test_what_is_no_json_is_400(phone, body):
    headers = {"content-type": "application/json", "idempotency-key": "k" * 16}
    answered = phone.http.post("/m/v1/cases", content=body, headers=headers)
    assert answered.status_code == 400
    assert answered.json()["code"] == "malformed"


def test_a_field_nobody_knows_is_named(phone):
    answered = phone.report(colour="red")
    assert answered.status_code == 422
    assert answered.json()["errors"][0]["field"] == "colour"


def test_every_wrong_field_is_named_at_once(phone):
    answered = phone.report(category="nonsense", text="字" * 2000, phone="12")
    named = {each["field"] for each in answered.json()["errors"]}
    assert named == {"category", "text", "phone"}


def test_a_report_of_nothing_says_what_is_enough(phone):
    answered = phone.report(text=" ")
    assert answered.status_code == 422
    assert "有一样就能提交" in answered.json()["errors"][0]["detail"]


@pytest.mark.parametrize(
    "point", [{"lng": 0, "lat": 0}, {"lng": 1e308, "lat": -1e308}, {"lng": 200, "lat": 91}]
)
def test_a_point_outside_every_grid_names_the_point(phone, point):
    answered = phone.report(point=point)
    assert answered.status_code == 422
    assert answered.json()["errors"][0]["field"] == "point"


def test_ten_photos_are_too_many(phone):
    ids = [f"00000000-0000-4000-8000-{n:012}" for n in range(10)]
    answered = phone.report(photos=ids)
    assert answered.status_code == 422
    assert answered.json()["errors"][0]["field"] == "photos"


def test_a_photo_that_is_not_there_names_the_photos(phone):
    answered = phone.report(photos=["00000000-0000-4000-8000-000000000000"])
    assert answered.status_code == 422
    assert answered.json()["errors"][0]["field"] == "photos"


@pytest.mark.parametrize("number", ["0", "1' OR '1'='1", "%00", "9" * 400, "٣٤٥", "..%2f"])
def test_a_number_that_is_none_is_not_there(phone, number):
    assert phone.http.get(f"/m/v1/cases/{number}").status_code == 404


def test_a_guest_cannot_say_the_report_came_by_the_counter(phone):
    answered = phone.report(channel="counter")
    assert answered.status_code == 422
    assert answered.json()["errors"][0]["field"] == "channel"
