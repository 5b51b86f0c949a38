"""What was made for everybody is given before its route is called, and reads as if it had been."""

import asyncio
import gzip

import pytest

from server.base import cache, meters
from tests.web.kit import FOR_MANY, for_many

AGAIN = {"accept-encoding": "gzip"}


async def test_the_second_is_answered_like_the_first_but_for_her_own_word(kit):
    first = await kit.get("/for-many", headers=AGAIN)
    second = await kit.get("/for-many", headers=AGAIN)
    assert (for_many.made, for_many.given) == (1, 1)
    assert first.text.replace("第1位", "第2位") == second.text
    own = {"x-request-id", "content-length", "alt-svc"}  # the last is Sanic's, untuned
    assert {k: v for k, v in first.headers.items() if k not in own} == {
        k: v for k, v in second.headers.items() if k not in own
    }
    assert first.headers["x-request-id"] != second.headers["x-request-id"]


@pytest.mark.parametrize(
    ("brought", "status"),
    [
        ({"cookie": "mashang_size=large"}, 200),
        ({"authorization": "Bearer nobody's"}, 401),
        ({"accept-encoding": "identity"}, 200),
    ],
)
async def test_who_brings_anything_along_goes_in(kit, brought, status):
    await kit.get("/for-many", headers=AGAIN)
    answered = await kit.get("/for-many", headers=AGAIN | brought)
    assert answered.status_code == status
    assert for_many.given == 0


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "POST"])
async def test_only_who_reads_is_answered_on_the_doorstep(kit, method):
    await kit.get("/for-many", headers=AGAIN)
    answered = await kit.request(method, "/for-many", headers=AGAIN)
    assert answered.status_code == (200 if method == "HEAD" else 405)
    assert for_many.given == 0


async def test_a_question_behind_the_address_is_another_address(kit):
    await kit.get("/for-many?a=1", headers=AGAIN)
    await kit.get("/for-many?a=1", headers=AGAIN)
    assert (for_many.made, for_many.given) == (2, 0)


async def test_a_body_nobody_asked_for_is_read_to_its_end(kit):
    await kit.get("/for-many", headers=AGAIN)
    answered = await kit.request("GET", "/for-many", headers=AGAIN, content=b"GET / HTTP/1.1")
    assert answered.status_code == 200
    assert for_many.given == 0


async def test_what_is_no_longer_right_is_made_anew(kit):
    await kit.get("/for-many", headers=AGAIN)
    for_many.right = False
    await kit.get("/for-many", headers=AGAIN)
    assert (for_many.made, for_many.given) == (2, 0)


async def test_nothing_is_left_of_a_town_that_was_closed(kit):
    await kit.get("/for-many", headers=AGAIN)
    cache.clear()
    await kit.get("/for-many", headers=AGAIN)
    assert (for_many.made, for_many.given) == (2, 0)


async def test_the_limits_of_the_route_count_here_too(kit):
    answers = [await kit.get("/for-many", headers=AGAIN) for _ in range(22)]
    assert [each.status_code for each in answers] == [200] * 20 + [429] * 2
    assert int(answers[-1].headers["retry-after"]) > 3500


async def test_it_is_measured_under_its_address(kit):
    def answered() -> float:
        labels = {"method": "GET", "route": "/for-many", "status": "200"}
        return meters.REQUEST.labels(**labels)._sum.get()

    await kit.get("/for-many", headers=AGAIN)
    before = answered()
    await kit.get("/for-many", headers=AGAIN)
    assert for_many.given == 1
    assert answered() > before


async def test_many_on_one_connection_are_answered_in_turn_until_one_says_close(kit):
    await kit.get("/for-many", headers=AGAIN)
    reader, writer = await asyncio.open_connection(kit.base_url.host, kit.base_url.port)
    ask = b"GET /for-many HTTP/1.1\r\nhost: localhost\r\naccept-encoding: gzip\r\n"
    writer.write((ask + b"\r\n") * 3 + ask + b"connection: close\r\n\r\n")
    answered = await asyncio.wait_for(reader.read(), 5)
    heads = [each.partition(b"\r\n\r\n") for each in answered.split(b"HTTP/1.1 200 OK\r\n")[1:]]
    assert [b"connection: close" in head for head, _, _ in heads] == [False, False, False, True]
    assert [gzip.decompress(body).decode()[3:6] for _, _, body in heads] == [
        f"第{n}位" for n in (2, 3, 4, 5)
    ]
    assert len(gzip.decompress(heads[0][2])) == len(FOR_MANY.plain("第2位".encode()))
    writer.close()
