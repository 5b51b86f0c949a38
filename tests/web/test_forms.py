"""Forms keep every word as it was typed, photos stay within limits, and nothing foreign gets in."""

import pytest

MEGABYTE = 1_000_000


@pytest.fixture
def ours(kit):
    return {"origin": str(kit.base_url).rstrip("/")}


async def test_words_and_photos_arrive_together(kit, ours):
    answered = await kit.post(
        "/page",
        data={"text": "楼道灯坏了", "urgent": "1", "tags": ["a", "b"], "idempotency_key": "k" * 16},
        files={"photo": ("灯.jpg", b"x" * 300_000, "image/jpeg")},
        headers=ours,
    )
    assert answered.json() == {
        "text": "楼道灯坏了",
        "urgent": True,
        "tags": ["a", "b"],
        "files": [["灯.jpg", 300_000]],
    }


async def test_a_form_without_photos_may_be_urlencoded(kit, ours):
    words = {"text": "灯", "idempotency_key": "k" * 16}
    answered = await kit.post("/page", data=words, headers=ours)
    assert answered.json()["text"] == "灯"


async def test_an_empty_photo_input_is_no_photo(kit, ours):
    words = {"text": "a", "idempotency_key": "k" * 16}
    files = {"photo": ("", b"", "application/octet-stream")}
    answered = await kit.post("/page", data=words, files=files, headers=ours)
    assert answered.json()["files"] == []


async def test_a_photo_over_the_limit_is_413_and_the_words_are_kept(kit, ours):
    words = {"text": "写了很久", "idempotency_key": "k" * 16}
    files = {"photo": ("a.jpg", b"x" * (20 * 1024 * 1024 + 1), "image/jpeg")}
    answered = await kit.post("/page", data=words, files=files, headers=ours)
    assert answered.status_code == 413
    assert "写了很久" in answered.text


async def test_words_over_a_megabyte_are_too_large(kit, ours):
    words = {"text": "a" * (MEGABYTE + 1), "idempotency_key": "k" * 16}
    answered = await kit.post("/page", data=words, headers=ours)
    assert answered.status_code == 413


async def test_a_json_body_over_a_megabyte_is_too_large(kit):
    answered = await kit.post("/m/v1/notes", json={"text": "a" * MEGABYTE})
    assert answered.status_code == 413


async def test_a_wrong_word_shows_the_page_with_what_was_typed(kit, ours):
    words = {"text": "写了很久", "times": "many", "idempotency_key": "k" * 16}
    answered = await kit.post("/page", data=words, headers=ours)
    assert answered.status_code == 422
    assert "写了很久" in answered.text


async def test_a_form_without_its_key_keeps_what_was_typed(kit, ours):
    answered = await kit.post("/page", data={"text": "写了很久"}, headers=ours)
    assert answered.status_code == 400
    assert "写了很久" in answered.text


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--b",
        b'--b\r\ncontent-disposition: form-data; name="text"\r\n\r\nunfinished',
        b"--b\r\ncontent-disposition: form-data\r\nno colon\r\n\r\n\r\n--b--",
        b'--b\r\ncontent-disposition: form-data; name="text"\r\n\r\n\xff\xfe\r\n--b--\r\n',
    ],
)
async def test_a_broken_multipart_form_is_malformed(kit, ours, body):
    headers = ours | {"content-type": "multipart/form-data; boundary=b"}
    answered = await kit.post("/page", content=body, headers=headers)
    assert answered.status_code == 400


@pytest.mark.parametrize("body", [b"text=%ff%fe", "text=灯".encode(), b"a&" * 300])
async def test_a_broken_urlencoded_form_is_malformed(kit, ours, body):
    headers = ours | {"content-type": "application/x-www-form-urlencoded"}
    answered = await kit.post("/page", content=body, headers=headers)
    assert answered.status_code == 400


async def test_another_kind_of_body_is_not_a_form(kit, ours):
    answered = await kit.post("/page", json={"text": "a"}, headers=ours)
    assert answered.status_code == 415
