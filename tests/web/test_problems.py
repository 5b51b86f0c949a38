"""Every way to fail has its status, one shape, and a sentence a person can use."""

import asyncio

import httpx
import pytest
from jsonschema import Draft202012Validator
from msgspec.json import schema

from server.base import errors
from server.web import problems

PROBLEM = Draft202012Validator(schema(problems.Problem, ref_template="#/$defs/{name}"))


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("missing", 404),
        ("moved", 409),
        ("gone", 410),
        ("wrong", 422),
        ("often", 429),
        ("busy", 503),
    ],
)
async def test_a_failure_has_the_status_of_its_kind(kit, kind, status):
    answered = await kit.get(f"/m/v1/fail/{kind}")
    assert answered.status_code == status
    assert answered.json()["status"] == status


@pytest.mark.parametrize(
    "path", ["/m/v1/fail/wrong", "/m/v1/break", "/m/v1/nowhere", "/m/v1/mine", "/m/v1/fail/busy"]
)
async def test_every_problem_has_the_one_shape(kit, path):
    answered = await kit.get(path)
    assert answered.headers["content-type"].startswith("application/problem+json")
    PROBLEM.validate(answered.json())


async def test_an_unexpected_failure_tells_nothing_of_the_house(kit):
    answered = await kit.get("/m/v1/break")
    assert answered.status_code == 500
    assert "secret" not in answered.text
    assert "RuntimeError" not in answered.text


async def test_an_unexpected_failure_is_logged_with_the_number_the_person_is_told(kit, caplog):
    answered = await kit.get("/m/v1/break")
    number = answered.json()["instance"].rpartition(":")[2]
    assert answered.headers["x-request-id"] == number
    assert number in caplog.text


async def test_one_that_is_told_to_try_again_is_logged_in_one_line(kit, caplog):
    answered = await kit.get("/m/v1/fail/busy")
    assert answered.status_code == 503
    (line,) = [one for one in caplog.records if one.name == "mashang.web"]
    assert "/m/v1/fail/busy: Unavailable(" in line.getMessage()
    assert line.exc_info is None


async def test_each_wrong_field_is_named(kit):
    answered = await kit.get("/m/v1/fail/wrong")
    assert answered.json()["errors"] == [
        {"field": "text", "code": "too-long", "detail": "太长了。"}
    ]


async def test_a_failure_may_carry_what_is_there_now(kit):
    answered = await kit.get("/m/v1/fail/moved")
    assert answered.json()["case"] == {"number": "1"}


async def test_too_often_says_how_long_to_wait(kit):
    answered = await kit.get("/m/v1/fail/often")
    assert answered.headers["retry-after"] == "61"
    assert "2分钟" in answered.json()["detail"]


async def test_an_address_nobody_opened_is_404_for_a_phone(kit):
    answered = await kit.get("/m/v1/nowhere")
    assert answered.status_code == 404
    assert answered.json()["code"] == "http-404"


async def test_an_address_nobody_opened_is_a_page_for_a_person(kit):
    answered = await kit.get("/nowhere", headers={"accept": "text/html"})
    assert answered.status_code == 404
    assert answered.headers["content-type"].startswith("text/html")


async def test_a_failed_page_is_a_page(kit):
    answered = await kit.get("/broken")
    assert answered.status_code == 404
    assert "<h1>" in answered.text


@pytest.mark.parametrize("method", ["DELETE", "TRACE", "PROPFIND"])
async def test_a_method_not_taken_here_is_told_which_are(kit, method):
    answered = await kit.request(method, "/m/v1/large")
    assert answered.status_code == 405
    assert answered.headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    "sent",
    [
        b"GARBAGE\r\n\r\n",
        b"GET /m/v1/large HTTP/1.1\r\nhost x\r\n\r\n",
        b"POST /m/v1/notes HTTP/1.1\r\nhost: x\r\ncontent-length: -4\r\n\r\n",
        b"POST /m/v1/notes HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\ncontent-length: 5\r\n\r\n",
        "GET /汉字 HTTP/1.1\r\nhost: x\r\n\r\n".encode(),
    ],
)
async def test_a_request_that_is_none_is_refused_as_malformed(kit, sent):
    assert b"HTTP/1.1 400 " in await _raw(kit, sent)


async def test_a_head_without_end_is_refused(kit):
    sent = b"GET / HTTP/1.1\r\nx: " + b"a" * 20_000 + b"\r\n\r\n"
    assert b"HTTP/1.1 413 " in await _raw(kit, sent)


def test_a_code_may_have_a_status_of_its_own():
    class PhotoTooLarge(errors.Invalid):
        code = "photo-too-large"

    assert problems.status_of(PhotoTooLarge()) == 413


def test_every_kind_of_failure_has_a_status():
    kinds = set(errors.Failure.__subclasses__()) & {
        errors.NotFound,
        errors.NotAllowed,
        errors.Conflict,
        errors.Gone,
        errors.Invalid,
        errors.TooMany,
        errors.Unavailable,
    }
    assert len(kinds) == 7
    assert kinds <= set(problems.STATUS_OF_KIND)


async def _raw(kit: httpx.AsyncClient, sent: bytes) -> bytes:
    reader, writer = await asyncio.open_connection(kit.base_url.host, kit.base_url.port)
    writer.write(sent)
    answered = await asyncio.wait_for(reader.read(100), 5)
    writer.close()
    return answered
