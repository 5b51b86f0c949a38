"""Where text messages land in a test: nobody sends any, and the last code can be read."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from server.sms import port
from server.sms.errors import SmsFailed
from server.sms.messages import Message


class Postbox:
    """Takes every message; `away` makes the provider fail, `silent` lets him say nothing."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, Message]] = []
        self.away = False
        self.silent: asyncio.Event | None = None  # until it is set

    async def send(self, phone: str, message: Message) -> None:
        if self.away:
            raise SmsFailed(retry_after_s=60)
        if self.silent is not None:
            await self.silent.wait()
        self.sent.append((phone, message))

    async def close(self) -> None:
        """Nothing to let go of."""

    @property
    def code(self) -> str:
        """The code that was sent last."""
        return self.sent[-1][1].values["code"]


@pytest.fixture
async def postbox() -> AsyncIterator[Postbox]:
    """Text messages can be sent, and land here."""
    box = Postbox()
    port._Open.port = box
    yield box
    await port.close_port()
