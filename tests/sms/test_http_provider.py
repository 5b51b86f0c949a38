"""Handing a message to a provider: signed, within a time, and never fooled by a kind word."""

import asyncio
import logging

import pytest

from server.sms.errors import SmsFailed
from server.sms.http_provider import AT_ONCE, QUEUE, HttpProvider
from server.sms.messages import code_message
from tests.sms.fake_provider import (
    SECRET,
    a_provider,
    answering,
    dripping,
    endless,
    hanging_up,
    silent,
)

PHONE = "16000001001"
BAD_DAYS = {
    "dead": hanging_up,
    "silent": silent,
    "dripping": dripping,
    "endless": endless,
    "refusing": answering(b'{"accepted": false}'),
    "failing": answering(b"oops", "500 Internal Server Error"),
    "sending elsewhere": answering(b"", "302 Found"),
    "lying in HTML": answering(b"<html>OK</html>"),
    "lying in JSON": answering(b'{"ok": true}'),
    "lying in a list": answering(b"[1]"),
    "half a truth": answering(b'{"accepted": "true"}'),
    "saying nothing": answering(b""),
}


async def _send(url: str, **limits: float) -> None:
    adapter = HttpProvider(url, SECRET, **limits)
    try:
        await adapter.send(PHONE, code_message("123456"))
    finally:
        await adapter.close()


async def test_a_message_arrives_signed_and_whole():
    async with a_provider() as provider:
        await _send(provider.url)
    call = provider.calls[0]
    assert call.is_signed
    assert call.said["phone"] == PHONE
    assert call.said["values"] == {"code": "123456", "minutes": "5"}
    assert "123456" in call.said["text"]


@pytest.mark.parametrize("manners", BAD_DAYS.values(), ids=BAD_DAYS)
async def test_a_provider_on_a_bad_day_is_a_failure_in_words(manners):
    async with a_provider(manners) as provider:
        with pytest.raises(SmsFailed) as told:
            await _send(provider.url, limit_s=0.3)
    assert "短信没有发出去" in told.value.detail


async def test_a_provider_nobody_answers_for_is_a_failure_in_words():
    async with a_provider() as provider:
        url = provider.url
    with pytest.raises(SmsFailed):
        await _send(url)


async def test_after_five_failures_nobody_waits_for_him():
    async with a_provider(answering(b"no")) as provider:
        adapter = HttpProvider(provider.url, SECRET)
        for _ in range(7):
            with pytest.raises(SmsFailed):
                await adapter.send(PHONE, code_message("123456"))
        await adapter.close()
    assert len(provider.calls) == 5


async def test_a_crowd_before_a_silent_provider_is_sent_away_at_once():
    async with a_provider(silent) as provider:
        adapter = HttpProvider(provider.url, SECRET, limit_s=30)
        waiting = [
            asyncio.create_task(adapter.send(PHONE, code_message("123456")))
            for _ in range(AT_ONCE + QUEUE)
        ]
        await asyncio.sleep(0)
        with pytest.raises(SmsFailed):
            await adapter.send(PHONE, code_message("123456"))
        for one in waiting:
            one.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        await adapter.close()


async def test_what_went_wrong_is_logged_without_phone_code_or_address(caplog):
    async with a_provider(answering(b"no")) as provider:
        with caplog.at_level(logging.DEBUG, "mashang"), pytest.raises(SmsFailed):
            await _send(provider.url)
    said = "\n".join(record.getMessage() for record in caplog.records if "mashang" in record.name)
    assert "took nothing" in said
    assert not any(secret in said for secret in (PHONE, "123456", provider.url))
