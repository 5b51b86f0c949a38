"""Who sends a header or a body drop by drop is given up; who is merely slow is not."""

import asyncio
from contextlib import suppress

import pytest

from server.web import slow
from tests.web.kit import answering, make_app


@pytest.fixture
async def hasty():
    """The small app with limits of a second, to be tried in seconds."""
    app = make_app()
    app.config.update(REQUEST_TIMEOUT=0.6, KEEP_ALIVE_TIMEOUT=0.6, RESPONSE_TIMEOUT=0.6)
    async with answering(app) as client:
        yield client


async def test_a_dripped_header_is_given_up(hasty):
    drops = [b"GET /m/v1/large HTTP/1.1\r\n", *[b"x: y\r\n"] * 40]
    assert await _seconds_until_closed(hasty, drops) < 2.5


async def test_a_dripped_body_is_given_up(hasty):
    head = b"POST /m/v1/notes HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
    drops = [head + b"content-length: 5000\r\n\r\n", *[b"a"] * 40]
    assert await _seconds_until_closed(hasty, drops) < 2.5


async def test_a_silent_connection_is_given_up(hasty):
    assert await _seconds_until_closed(hasty, []) < 2.5


async def test_a_body_that_comes_in_pieces_is_taken(hasty):
    body = b'{"text": "' + b"a" * 90_000 + b'"}'
    head = b"POST /m/v1/notes HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
    reader, writer = await asyncio.open_connection(hasty.base_url.host, hasty.base_url.port)
    writer.write(head + b"content-length: %d\r\n\r\n" % len(body))
    pieces = [body[at : at + 20_000] for at in range(0, len(body), 20_000)]
    await _send_slowly(writer, pieces, 0.3)
    assert b" 201 " in await asyncio.wait_for(reader.read(100), 5)
    writer.close()


def test_the_town_gives_nobody_more_than_half_a_minute_of_silence():
    assert max(slow.limits.values()) <= 30


async def _seconds_until_closed(client, drops: list[bytes]) -> float:
    reader, writer = await asyncio.open_connection(client.base_url.host, client.base_url.port)
    loop = asyncio.get_running_loop()
    began = loop.time()
    dripping = asyncio.create_task(_send_slowly(writer, drops, 0.1))
    with suppress(ConnectionResetError):  # Cut off while a drop was under way: closed as well.
        await asyncio.wait_for(reader.read(), 8)
    took = loop.time() - began
    dripping.cancel()
    await asyncio.wait({dripping})
    writer.close()
    return took


async def _send_slowly(writer: asyncio.StreamWriter, pieces: list[bytes], pause_s: float) -> None:
    for piece in pieces:
        writer.write(piece)
        await asyncio.sleep(pause_s)
