"""What every answer tells the browser beside its content."""

import gzip

import httpx
import pytest

PATHS = ["/page", "/m/v1/large", "/m/v1/nowhere", "/m/v1/break", "/broken"]


@pytest.mark.parametrize("path", PATHS)
async def test_every_answer_forbids_guessing_and_keeping(kit, path):
    headers = (await kit.get(path)).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"
    assert "frame-ancestors" in headers["content-security-policy"]


async def test_a_page_allows_nothing_foreign_and_nothing_inline(kit):
    policy = (await kit.get("/page")).headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "http" not in policy


async def test_what_a_route_says_of_keeping_is_said_once(kit):
    answered = await kit.get("/m/v1/kept")
    assert answered.headers.get_list("cache-control") == ["private, no-cache"]


async def test_nobody_slips_a_header_of_their_own_in(kit):
    answered = await kit.get("/m/v1/said", params={"word": "a\r\nset-cookie: b=c"})
    assert answered.headers["x-said"] == "aset-cookie: b=c"
    assert "set-cookie" not in answered.headers


async def test_every_answer_has_its_own_number(kit):
    numbers = [(await kit.get("/page", headers={"x-request-id": "mine"})) for _ in range(2)]
    first, second = [each.headers["x-request-id"] for each in numbers]
    assert first != second
    assert "mine" not in (first, second)


async def test_a_long_answer_is_packed_for_who_can_unpack(kit):
    answered = await kit.get("/m/v1/large", headers={"accept-encoding": "gzip"})
    assert answered.headers["content-encoding"] == "gzip"
    assert answered.json()["text"] == "长" * 2000


async def test_a_long_answer_is_sent_as_it_is_to_who_cannot(kit):
    answered = await kit.get("/m/v1/large", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in answered.headers
    assert answered.headers["vary"] == "accept-encoding"


async def test_a_packed_answer_says_its_packed_length(kit):
    async with (
        httpx.AsyncClient(base_url=kit.base_url, verify=False) as client,
        client.stream("GET", "/m/v1/large", headers={"accept-encoding": "gzip"}) as answered,
    ):
        packed = b"".join([chunk async for chunk in answered.aiter_raw()])
    assert int(answered.headers["content-length"]) == len(packed)
    assert gzip.decompress(packed).startswith(b'{"text"')
