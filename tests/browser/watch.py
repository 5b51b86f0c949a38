"""What a page does besides looking right: errors it logs, hosts it asks, bytes it costs."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, ConsoleMessage, Page, Request, WebError


@dataclass
class Watch:
    """Everything strange that happened in one person's browser.

    `expect("status of 409")` takes one kind of console error as intended, by a part of its text:
    Chromium logs every answer of 400 and above as an error, also the ones a test provokes.
    """

    own: str
    seen: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        context.on("console", self._on_console)
        context.on("weberror", self._on_web_error)
        context.on("request", self._on_request)

    def expect(self, *parts: str) -> None:
        self.expected.extend(parts)

    @property
    def strange(self) -> list[str]:
        return [line for line in self.seen if not any(part in line for part in self.expected)]

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.seen.append(f"console {message.type}: {message.text} at {message.location}")

    def _on_web_error(self, error: WebError) -> None:
        self.seen.append(f"thrown: {error.error}")

    def _on_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if (
            parts.scheme in ("http", "https", "ws", "wss")
            and parts.netloc != urlsplit(self.own).netloc
        ):
            self.seen.append(f"third party asked: {request.url}")


@dataclass
class Traffic:
    """What a page cost over the wire: requests and bytes, headers and compression included."""

    requests: int = 0
    total: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    urls: list[str] = field(default_factory=list)
    _kind: dict[str, str] = field(default_factory=dict)

    def responded(self, event: dict) -> None:
        self.requests += 1
        self.urls.append(event["response"]["url"])
        self._kind[event["requestId"]] = event["type"]

    def finished(self, event: dict) -> None:
        size = int(event["encodedDataLength"])
        kind = self._kind.get(event["requestId"], "Other")
        self.total += size
        self.kinds[kind] = self.kinds.get(kind, 0) + size

    def bytes_of(self, *kinds: str) -> int:
        """Bytes of these kinds as Chromium names them: Document, Stylesheet, Script, Image …"""
        return sum(self.kinds.get(kind, 0) for kind in kinds)


@asynccontextmanager
async def traffic(page: Page) -> AsyncIterator[Traffic]:
    """Count what the page fetches inside the block, with an empty cache."""
    counted = Traffic()
    wire = await page.context.new_cdp_session(page)
    wire.on("Network.responseReceived", counted.responded)
    wire.on("Network.loadingFinished", counted.finished)
    await wire.send("Network.enable")
    await wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    yield counted
    await page.wait_for_load_state("networkidle")
    await wire.detach()
