"""Files that are no photos, sent as photos."""

import pytest

from tests.hostile.problems import problem
from tests.hostile.words import SHORTER
from tests.journeys.town_client import API, Person, Street, a_key
from tests.photos import samples


@pytest.fixture
def resident(sqlite_street: Street) -> Person:
    return sqlite_street.guest()


def test_a_text_file_named_jpg_is_refused(resident: Person) -> None:
    assert problem(resident.send_photo(samples.text_file()), 415)["code"] == "photo-type"


def test_a_picture_that_is_not_for_photos_is_refused(resident: Person) -> None:
    problem(resident.send_photo(samples.svg()), 415)
    problem(resident.send_photo(samples.gif()), 415)


def test_a_small_file_of_169_megapixels_is_refused(resident: Person) -> None:
    bomb = samples.bomb_png()

    refused = problem(resident.send_photo(bomb), 413)

    assert len(bomb) < 40_000
    assert "万像素" in refused["detail"]


@pytest.mark.parametrize("cut", [samples.truncated_jpeg(), samples.jpeg()[:300]])
def test_a_truncated_jpeg_is_refused_or_shown_as_far_as_it_goes(
    resident: Person, cut: bytes
) -> None:
    problem(resident.send_photo(cut), 422)


def test_an_empty_file_is_refused(resident: Person) -> None:
    problem(resident.send_photo(b""), 415, 422)


def test_twenty_one_megabytes_are_refused(resident: Person) -> None:
    problem(resident.send_photo(samples.jpeg() + b"\0" * 21_000_000), 413)


def test_no_photo_at_all_is_refused(resident: Person) -> None:
    answer = resident.http.post(
        f"{API}/photos", files={"other": ("a.jpg", b"x")}, headers={"idempotency-key": a_key()}
    )

    problem(answer, 422)


def test_two_photos_at_once_are_refused(resident: Person) -> None:
    two = [("photo", ("a.jpg", samples.jpeg())), ("photo", ("b.jpg", samples.jpeg()))]

    answer = resident.http.post(f"{API}/photos", files=two, headers={"idempotency-key": a_key()})

    problem(answer, 422)


@pytest.mark.parametrize("name", [*SHORTER.values(), "../../x.jpg", "照片.jpg", "a" * 300 + ".jpg"])
def test_a_nasty_file_name_changes_nothing(resident: Person, name: str) -> None:
    answer = resident.send_photo(samples.jpeg(64, 64), name)

    assert answer.status_code == 201


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"{}"),
        ("application/x-www-form-urlencoded", b"photo=x"),
        ("multipart/form-data", b"--x\r\n"),
        ("multipart/form-data; boundary=x", b""),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=photo"),
        ("multipart/form-data; boundary=x", b"--y\r\n\r\nabc\r\n--y--"),
        ("multipart/form-data; boundary=" + "x" * 3_000, b"--x"),
    ],
)
def test_what_is_no_form_is_refused(resident: Person, kind: str, body: bytes) -> None:
    headers = {"content-type": kind, "idempotency-key": a_key()}

    problem(resident.http.post(f"{API}/photos", content=body, headers=headers), 400, 415, 422)


def test_a_photo_replayed_is_kept_once(resident: Person) -> None:
    headers, files = {"idempotency-key": a_key()}, {"photo": ("a.jpg", samples.jpeg(80, 60))}

    first = resident.http.post(f"{API}/photos", files=files, headers=headers).json()
    again = resident.http.post(f"{API}/photos", files=files, headers=headers).json()

    assert again["id"] == first["id"]


def test_a_photo_serves_one_case_only(resident: Person) -> None:
    photo = resident.photo()
    resident.report(photos=[photo])
    body = {"flow": "report", "code": resident.town.code(), "photos": [photo]}

    assert problem(resident.send("/cases", body), 422)["errors"][0]["field"] == "photos"


def test_the_town_still_takes_photos(resident: Person) -> None:
    assert resident.photo()
