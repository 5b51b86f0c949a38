"""What every answer tells the browser beside its content."""

import gzip

import httpx
import pytest

PATHS = [
    "/page",
    "/for-many",
    "/for-many?signed=1",
    "/m/v1/large",
    "/m/v1/nowhere",
    "/m/v1/break",
    "/broken",
]


@pytest.mark.parametrize("path", PATHS)
async def test_every_answer_forbids_guessing_and_keeping(kit, path):
    headers = (await kit.get(path)).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == ("private, no-cache" if "many" in path else "no-store")
    assert len(headers.get_list("content-type")) == 1
    assert len(headers.get_list("content-length")) == 1
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


@pytest.mark.parametrize("said", ["gzip;q=0", "br, gzip ; q=0.00", "gzip;q=0,deflate"])
@pytest.mark.parametrize("path", ["/m/v1/large", "/for-many"])
async def test_who_says_no_to_gzip_gets_none(kit, path, said):
    await kit.get(path, headers={"accept-encoding": "gzip"})
    answered = await kit.get(path, headers={"accept-encoding": said})
    assert "content-encoding" not in answered.headers


@pytest.mark.parametrize("said", ["gzip;q=0.5", "br;q=0, gzip"])
async def test_who_would_rather_have_another_still_gets_gzip(kit, said):
    answered = await kit.get("/m/v1/large", headers={"accept-encoding": said})
    assert answered.headers["content-encoding"] == "gzip"


async def test_a_packed_answer_says_its_packed_length(kit):
    async with (
        httpx.AsyncClient(base_url=kit.base_url, verify=False) as client,
        client.stream("GET", "/m/v1/large", headers={"accept-encoding": "gzip"}) as answered,
    ):
        packed = b"".join([chunk async for chunk in answered.aiter_raw()])
    assert int(answered.headers["content-length"]) == len(packed)
    assert gzip.decompress(packed).startswith(b'{"text"')


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
async def test_an_answer_made_for_many_says_how_it_is_packed_and_sets_a_cookie(kit, encoding):
    asked = {"accept-encoding": encoding}
    answered = await kit.get("/for-many?signed=1", headers=asked)
    assert answered.headers.get("content-encoding", "identity") == encoding
    assert answered.headers["content-type"] == "text/html; charset=utf-8"
    assert answered.headers["vary"] == "accept-encoding"
    assert answered.text.startswith("钥匙：第1位。")
    assert answered.headers["set-cookie"].startswith("a=b")
    assert "set-cookie" not in (await kit.get("/for-many", headers=asked)).headers
