"""Bodies, headers and addresses that no phone of ours sends."""

import json
import socket
from typing import Any

import httpx
import pytest

from tests.hostile.problems import calm, fields_of, problem
from tests.hostile.words import ODD_NUMBERS, SHORTER
from tests.journeys.town_client import API, Person, Street, a_key

JSON = "application/json"
REPORT = b"POST /m/v1/cases HTTP/1.1"
BROKEN = {
    "nothing": b"",
    "half": b'{"flow":"report","text":"',
    "a comma too many": b'{"flow":"report",}',
    "two values": b'{"flow":"report"}{}',
    "single quotes": b"{'flow':'report'}",
    "NaN": b'{"flow":"report","point":{"lng":NaN,"lat":1}}',
    "infinity": b'{"flow":"report","point":{"lng":1e999,"lat":-Infinity}}',
    "bad UTF-8": b'{"flow":"report","text":"\xff\xfe\xc0\xaf"}',
    "cut UTF-8": '{"flow":"report","text":"门'.encode()[:-1] + b'"}',
    "UTF-16": '{"flow":"report","text":"门"}'.encode("utf-16"),
    "deep lists": b"[" * 50_000 + b"]" * 50_000,
    "deep objects": b'{"text":' * 50_000 + b"1" + b"}" * 50_000,
    "a list": b"[]",
    "a word": b'"report"',
    "null": b"null",
    "raw control": b'{"flow":"report","text":"a\x00b"}',
    "a form": b"flow=report&text=hi",
}


@pytest.fixture
def resident(sqlite_street: Street) -> Person:
    return sqlite_street.guest()


def _posted(
    resident: Person, body: bytes, path: str = "/cases", kind: str = JSON
) -> httpx.Response:
    headers = {"content-type": kind, "idempotency-key": a_key()}
    return resident.http.post(API + path, content=body, headers=headers)


def _heard(resident: Person, *lines: str | bytes, first: bytes = REPORT) -> bytes:
    """What the server says to a report with these lines in its head, spoken by hand."""
    where = httpx.URL(resident.town.base_url)
    head = [first, b"host: town", b"connection: close"]
    head += [line if isinstance(line, bytes) else line.encode() for line in lines]
    with socket.create_connection((where.host, where.port), timeout=20) as phone:
        phone.sendall(b"\r\n".join([*head, b"", b"{}"]))
        return b"".join(iter(lambda: _received(phone), b""))


def _received(phone: socket.socket) -> bytes:
    try:
        return phone.recv(65_536)
    except ConnectionResetError:  # It hung up before we had said everything.
        return b""


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("path", ["/cases", "/cases/261123000000/moves/accept", "/session/demo"])
def test_what_is_no_json_is_refused(resident: Person, path: str, body: bytes) -> None:
    problem(_posted(resident, body, path), 400, 422)


@pytest.mark.parametrize("depth", [33, 200, 900])
def test_deep_nesting_where_anything_may_stand_is_refused(resident: Person, depth: int) -> None:
    number = resident.report(text="门坏了")["number"]
    given = b'{"a":' * depth + b"1" + b"}" * depth

    answer = _posted(
        resident, b'{"seen_version":1,"given":' + given + b"}", f"/cases/{number}/moves/withdraw"
    )

    problem(answer, 400, 422)


@pytest.mark.parametrize("escape", [r"\ud800", r"\udfff\ud800", r"\u0000", r"\x41", r"\u12"])
def test_odd_escapes_are_taken_or_refused_politely(resident: Person, escape: str) -> None:
    body = {"flow": "report", "code": resident.town.code(), "text": "HERE门"}

    calm(_posted(resident, json.dumps(body).replace("HERE", escape).encode()))


@pytest.mark.parametrize(
    "kind", ["text/plain", "", "application/xml", "multipart/form-data", "a" * 4_000]
)
def test_another_kind_of_body_is_refused(resident: Person, kind: str) -> None:
    answer = _posted(resident, b'{"flow":"report"}', kind=kind)

    problem(answer, 400, 415)


def test_a_huge_body_is_refused(resident: Person) -> None:
    problem(_posted(resident, b'{"text":"' + b"a" * 1_200_000 + b'"}'), 413)


def test_a_body_that_says_it_is_huge_is_refused(resident: Person) -> None:
    said = _heard(resident, "content-type: application/json", "content-length: 99999999999")

    assert said.startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize(
    "line",
    [
        b"content-length: -1",
        b"content-length: many",
        b"transfer-encoding: chunked\r\ncontent-length: 5",
        b"content-type: \xf0\x9f\x92\xa9",
        b"idempotency-key:  ",
        b"authorization: Bearer ",
        b"cookie: \xff=\xff; ;;; =; __Host-mashang",
        b"host: \xff",
        b"origin: http://[",
        b"no colon",
        b"x: " + b"a" * 20_000,
    ],
)
def test_odd_headers_are_refused_or_overlooked(resident: Person, line: bytes) -> None:
    said = _heard(resident, "content-length: 2", line)

    assert said[:10] in (b"", b"HTTP/1.1 4")


@pytest.mark.parametrize("path", ["/cases", "/cases/261123000000/moves/accept", "/photos"])
def test_a_create_or_move_without_its_key_is_refused(resident: Person, path: str) -> None:
    if_photo = {"files": {"photo": ("a.jpg", b"x")}} if path == "/photos" else {"json": {}}

    assert problem(resident.http.post(API + path, **if_photo), 400)["code"] == (
        "idempotency-key-missing"
    )


@pytest.mark.parametrize(
    "key", ["", "k", "a b" * 9, "k" * 81, "k" * 7_000, "\x01" * 16, "a\tb" * 9, "\xe9" * 16]
)
def test_a_key_that_is_none_is_refused(resident: Person, key: str) -> None:
    headers = {"idempotency-key": key.encode("latin-1")}
    body = {"flow": "report", "code": resident.town.code(), "text": "门坏了"}

    problem(resident.http.post(f"{API}/cases", json=body, headers=headers), 400)


def test_the_same_key_with_another_body_is_refused(street: Street) -> None:
    resident, key = street.guest(), a_key()
    resident.report(text="门坏了", key=key)
    body = {"flow": "report", "code": resident.town.code(), "text": "窗坏了"}

    assert problem(resident.send("/cases", body, key=key), 409)["code"] == "key-reused"


@pytest.mark.parametrize("token", ["", "x", "Bearer", "Bearer " + "a" * 5_000, "Basic x"])
def test_a_token_that_opens_nothing_is_refused(resident: Person, token: str) -> None:
    answer = resident.http.get(f"{API}/cases?list=mine", headers={"authorization": token})

    problem(answer, 401)


@pytest.mark.parametrize("words", SHORTER.values(), ids=SHORTER)
@pytest.mark.parametrize("name", ["list", "after", "limit", "key", "code", "no_such"])
def test_nasty_words_in_the_address_are_taken_or_refused_politely(
    resident: Person, name: str, words: str
) -> None:
    query: dict[str, Any] = {"list": "mine"} | {name: words}

    calm(resident.http.get(f"{API}/cases", params=query))


@pytest.mark.parametrize("n", [*ODD_NUMBERS, 0, 101])
def test_an_odd_limit_is_refused_politely(resident: Person, n: int) -> None:
    problem(resident.ask("/cases", list="mine", limit=n), 422)


@pytest.mark.parametrize("after", ["x", "AAAA", "e30", "W10", "=" * 9, "LTE", "9" * 60])
def test_an_invented_cursor_is_refused_politely(resident: Person, after: str) -> None:
    resident.report(text="门坏了")

    refused = problem(resident.ask("/cases", list="mine", after=after), 422)

    assert fields_of(refused) == {"after"}


@pytest.mark.parametrize(
    "raw", ["%FF", "%00", "%", "..%2f..%2fetc%2fpasswd", "a" * 4_000, "+", "é"]
)
@pytest.mark.parametrize("path", ["/cases/{}", "/photos/{}", "/photos/{}/thumb", "/{}"])
def test_an_odd_address_is_not_found(resident: Person, path: str, raw: str) -> None:
    problem(resident.ask(path.format(raw)), 400, 404)


@pytest.mark.parametrize("raw", [b"a:80", b"http://", b"http://[", b"x", b"?", b"#", b"/\x7f"])
def test_what_is_no_address_is_refused(resident: Person, raw: bytes) -> None:
    said = _heard(resident, first=b"GET " + raw + b" HTTP/1.1")

    assert said.startswith(b"HTTP/1.1 400 ")
    assert b"application/problem+json" in said


def test_an_address_without_end_is_refused(resident: Person) -> None:
    answer = resident.http.get("/m/v1/cases/" + "a" * 30_000)

    assert 400 <= answer.status_code < 500


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
def test_another_method_is_refused(resident: Person, method: str) -> None:
    assert 400 <= resident.http.request(method, f"{API}/cases").status_code < 500


@pytest.mark.parametrize("words", SHORTER.values(), ids=SHORTER)
def test_nasty_words_at_the_door_are_refused(resident: Person, words: str) -> None:
    sent = resident.http.post(f"{API}/session/staff", json={"login": words, "password": words})
    demo = resident.http.post(f"{API}/session/demo", json={"persona": words})

    problem(sent, 401, 422)
    problem(demo, 404, 422)


def test_the_town_still_answers(resident: Person) -> None:
    assert resident.http.get("/readyz").status_code == 200
