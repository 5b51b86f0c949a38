"""Any provider behind one HTTP address: JSON out, signed, and a plain yes back.

    POST MASHANG_SMS_URL
    X-Mashang-Timestamp: 1764200000
    X-Mashang-Signature: v1=<hex HMAC-SHA256 of "timestamp.body" with the shared secret>

    {"phone": "16000000001", "template": "code", "values": {"code": "123456", "minutes": "5"},
     "text": "【码上】验证码123456，…"}

He took it if he answers 2xx with a JSON object in which `accepted` is true. Anything else, or three
seconds without an answer, is a failure; five in a row, and he is left alone for half a minute.
"""

import asyncio
import hashlib
import hmac
import logging
from typing import TYPE_CHECKING

import msgspec

from server.base import clock
from server.base.breaker import Breaker
from server.sms.errors import SmsFailed
from server.sms.messages import Message

if TYPE_CHECKING:
    import httpx

LIMIT_S = 3.0
AT_ONCE, QUEUE = 8, 24
LONGEST_ANSWER = 65_536
AGAIN_S = 60
log = logging.getLogger("mashang.sms")


class _Refused(Exception):
    """He answered, but not that he took it."""


class HttpProvider:
    """Speaks to one provider. No more than `AT_ONCE` messages at once, and a short queue."""

    def __init__(self, url: str, secret: bytes, *, limit_s: float = LIMIT_S) -> None:
        import httpx  # Only where a provider is configured: 14 MB nobody else should carry.

        self._url, self._secret, self._limit_s = url, secret, limit_s
        self._client = httpx.AsyncClient(trust_env=False, follow_redirects=False, timeout=limit_s)
        self._troubles: tuple[type[Exception], ...] = (
            _Refused,
            TimeoutError,
            httpx.HTTPError,
            msgspec.DecodeError,
        )
        self._free = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0
        self._breaker = Breaker()

    async def send(self, phone: str, message: Message) -> None:
        """Raises SmsFailed, within the time limit whatever he does."""
        if self._waiting >= AT_ONCE + QUEUE:
            raise SmsFailed(retry_after_s=AGAIN_S)
        self._waiting += 1
        try:
            async with asyncio.timeout(self._limit_s), self._free:
                if self._breaker.rests_for_s():
                    raise SmsFailed(retry_after_s=AGAIN_S)
                await self._ask(phone, message)
        except self._troubles as cause:
            self._breaker.failed()
            # Never the cause's whole story: it holds the address, and with it perhaps a key.
            log.warning("the SMS provider took nothing: %s", type(cause).__name__)
            raise SmsFailed(retry_after_s=AGAIN_S) from None
        finally:
            self._waiting -= 1
        self._breaker.worked()

    async def close(self) -> None:
        await self._client.aclose()

    async def _ask(self, phone: str, message: Message) -> None:
        said = {
            "phone": phone,
            "template": message.template,
            "values": dict(message.values),
            "text": message.text,
        }
        body = msgspec.json.encode(said)
        headers = signed_headers(self._secret, body)
        async with self._client.stream(
            "POST", self._url, content=body, headers=headers
        ) as answered:
            if not answered.is_success or not _is_yes(await _read(answered)):
                raise _Refused


def signed_headers(secret: bytes, body: bytes) -> dict[str, str]:
    """What proves to the provider that we sent this body, and when."""
    at = str(int(clock.now().timestamp()))
    signature = hmac.new(secret, at.encode() + b"." + body, hashlib.sha256).hexdigest()
    return {
        "content-type": "application/json",
        "x-mashang-timestamp": at,
        "x-mashang-signature": f"v1={signature}",
    }


async def _read(answered: "httpx.Response") -> bytes:
    read = b""
    async for chunk in answered.aiter_bytes():
        read += chunk
        if len(read) > LONGEST_ANSWER:
            raise _Refused
    return read


def _is_yes(body: bytes) -> bool:
    said = msgspec.json.decode(body)
    return isinstance(said, dict) and said.get("accepted") is True
