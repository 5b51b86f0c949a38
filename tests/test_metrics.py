"""What an operator's monitoring reads, and that nobody else does."""

import httpx
import pytest

from tests.server_process import RunningServer, StartServer, free_port


@pytest.fixture(scope="module")
def watched(start_server: StartServer) -> tuple[RunningServer, str]:
    """A server with an operator's address, and that address."""
    port = free_port()
    server = start_server(operator_address=f"127.0.0.1:{port}")
    httpx.get(f"{server.base_url}/privacy").raise_for_status()
    return server, f"http://127.0.0.1:{port}/metrics"


def test_requests_are_counted_under_their_address_as_declared(watched):
    _, metrics = watched
    counted = 'mashang_request_seconds_count{method="GET",route="/privacy",status="200"} 1.0'
    assert counted in httpx.get(metrics).text


def test_how_much_waits_is_shown(watched):
    _, metrics = watched
    text = httpx.get(metrics).text
    assert "mashang_clock_lag_seconds" in text
    assert "mashang_notices_waiting" in text


def test_the_address_people_use_shows_no_metrics(watched):
    server, _ = watched
    assert httpx.get(f"{server.base_url}/metrics").status_code == 404


def test_rings_of_garbage_are_looked_for_seldom(watched):
    server, metrics = watched
    looked, asked = 'python_gc_collections_total{generation="0"} ', 600
    before = _shown(metrics, looked)
    with httpx.Client(base_url=server.base_url) as client:
        for _ in range(asked):
            client.get("/privacy?size=large").raise_for_status()
    assert _shown(metrics, looked) - before < asked / 150


def _shown(metrics: str, name: str) -> float:
    lines = httpx.get(metrics).text.splitlines()
    return next(float(line.removeprefix(name)) for line in lines if line.startswith(name))
