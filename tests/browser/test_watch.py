"""The watch itself: a test browser that overlooks things would prove nothing."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.browser.accessible import assert_accessible
from tests.browser.watch import traffic

CALM = (
    "<!doctype html><html lang=zh-CN><meta charset=utf-8><meta name=viewport "
    "content='width=device-width'><link rel=icon href=data:,><title>码上</title><h1>码上</h1>"
)
PAGES = {
    "/calm": CALM,
    "/complains": CALM + "<script>console.error('坏了')</script>",
    "/throws": CALM + "<script>nothing.there</script>",
    "/strays": CALM + "<img alt='' src='http://elsewhere.example/pixel.png'>",
    "/unlabelled": CALM + "<form><input name=text></form>",
    "/heavy": CALM + "<script src=/script.js></script>",
    "/script.js": "//" + "x" * 10_000,
}


class Answer(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = PAGES.get(self.path, CALM).encode()
        kind = "text/javascript" if self.path.endswith(".js") else "text/html"
        self.send_response(200 if self.path in PAGES else 404)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", "script-src 'self' 'unsafe-inline'")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def base_url() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


async def test_a_calm_page_leaves_nothing_strange_behind(phone):
    await phone.goto("/calm")
    assert phone.watch.strange == []


@pytest.mark.parametrize(
    ("path", "trace"),
    [
        ("/complains", "坏了"),
        ("/throws", "nothing is not defined"),
        ("/strays", "third party asked: http://elsewhere.example/pixel.png"),
        ("/missing", "status of 404"),
    ],
)
async def test_what_is_strange_is_seen(phone, path, trace):
    await phone.goto(path, wait_until="networkidle")
    assert any(trace in line for line in phone.watch.strange)
    phone.watch.expect("")


async def test_an_expected_complaint_is_forgiven(phone):
    phone.watch.expect("坏了")
    await phone.goto("/complains")
    assert phone.watch.strange == []


async def test_a_field_without_a_label_is_found(phone):
    await phone.goto("/unlabelled")
    with pytest.raises(AssertionError, match="label"):
        await assert_accessible(phone)


async def test_a_sound_page_is_accessible(desktop):
    await desktop.goto("/calm")
    await assert_accessible(desktop)


async def test_a_script_costs_its_bytes_and_a_request(phone):
    async with traffic(phone) as cost:
        await phone.goto("/heavy")
    assert cost.requests == 2
    assert 10_000 < cost.bytes_of("Script") < 10_500


async def test_a_phone_without_javascript_runs_none(plain_phone):
    await plain_phone.goto("/complains")
    assert plain_phone.watch.seen == []


async def test_a_phone_is_as_wide_as_a_phone(phone):
    await phone.goto("/calm")
    assert await phone.evaluate("innerWidth") == 390


async def test_chinese_words_have_glyphs(chinese_font):
    assert chinese_font.strip()
