"""Photos: taken in cleaned, seen by those who may."""

import uuid

import pytest

from tests.photos import samples


def test_a_photo_is_taken_in_and_seen_by_the_guest_who_knows_its_id(phone):
    kept = phone.photo(samples.jpeg())
    assert kept.status_code == 201
    seen = phone.http.get(kept.json()["url"])
    assert seen.headers["content-type"] == "image/jpeg"
    assert seen.headers["x-content-type-options"] == "nosniff"
    assert seen.headers["cache-control"].startswith("private")


def test_a_thumbnail_is_small(phone):
    kept = phone.photo(samples.jpeg()).json()
    full, thumb = phone.http.get(kept["url"]), phone.http.get(kept["thumb_url"])
    assert len(thumb.content) < len(full.content)


def test_a_photo_seen_before_is_not_sent_again(phone):
    url = phone.photo(samples.jpeg()).json()["url"]
    etag = phone.http.get(url).headers["etag"]
    again = phone.http.get(url, headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("known", ["W/{}", '"another", {}', "*"])
def test_a_photo_seen_before_is_known_however_that_is_said(phone, known):
    url = phone.photo(samples.jpeg()).json()["url"]
    etag = phone.http.get(url).headers["etag"]
    again = phone.http.get(url, headers={"if-none-match": known.format(etag)})
    assert again.status_code == 304


def test_a_photo_is_sent_to_whoever_has_another(phone):
    url = phone.photo(samples.jpeg()).json()["url"]
    assert phone.http.get(url, headers={"if-none-match": '"another"'}).status_code == 200


def test_the_same_upload_again_is_the_same_photo(phone):
    first, second = [phone.photo(samples.jpeg(), key="one-upload-key-1") for _ in range(2)]
    assert first.json()["id"] == second.json()["id"]


def test_the_same_key_with_another_photo_is_a_conflict(phone):
    phone.photo(samples.jpeg(), key="one-upload-key-2")
    assert phone.photo(b"other bytes", key="one-upload-key-2").status_code in (409, 415)


def test_a_signed_in_uploaders_photo_is_nobody_elses(phone, signed_in):
    url = signed_in("resident").photo(samples.jpeg()).json()["url"]
    assert phone.http.get(url).status_code == 404


def test_a_photo_of_a_case_is_not_shown_to_strangers(phone, signed_in):
    kept = phone.photo(samples.jpeg()).json()
    phone.report(photos=[kept["id"]])
    assert phone.http.get(kept["url"]).status_code == 404


def test_a_photo_of_a_case_is_shown_to_whoever_holds_its_key(phone):
    kept = phone.photo(samples.jpeg()).json()
    key = phone.report(photos=[kept["id"]]).json()["key"]
    assert phone.http.get(kept["url"], params={"key": key}).status_code == 200


def test_a_photo_nobody_kept_is_not_there(phone):
    assert phone.get(f"/photos/{uuid.uuid4()}").status_code == 404


def test_what_is_no_id_is_not_there(phone):
    assert phone.get("/photos/..%2f..%2fsecrets").status_code == 404


def test_a_text_called_a_photo_is_415(phone):
    answered = phone.photo("这不是照片".encode())
    assert answered.status_code == 415


@pytest.mark.parametrize("size", [20 * 1024 * 1024 + 1, 181_000_000])
def test_a_photo_over_the_limit_is_413(phone, size):
    assert phone.photo(b"\xff\xd8\xff" + b"x" * size).status_code == 413


def test_a_form_without_a_photo_says_so(phone):
    answered = phone.http.post(
        "/m/v1/photos",
        files={"x": ("", b"")},
        headers={"idempotency-key": "there-is-no-photo-at-all"},
    )
    assert answered.status_code == 422
    assert answered.json()["errors"][0]["field"] == "photo"


def test_a_photo_sent_as_json_is_415(phone):
    assert phone.post("/photos", {"photo": "x"}).status_code == 415
