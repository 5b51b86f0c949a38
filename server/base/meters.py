"""What an operator's monitoring reads: counted here, shown as Prometheus text on his own address.

Nothing here holds a name, a number of a case or an address of a person. Several servers on one
machine each show their own, on ports one after the other.
"""

import asyncio
import time
from collections.abc import Callable
from wsgiref.simple_server import WSGIServer

from prometheus_client import Counter, Gauge, Histogram, start_http_server

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

REQUEST = Histogram(
    "mashang_request_seconds",
    "Time a request was worked on, by the address as declared.",
    ("method", "route", "status"),
    buckets=_SECONDS,
)
UNIT = Histogram(
    "mashang_unit_seconds",
    "Time from a unit of work handed over until it is on disk, or refused.",
    buckets=_SECONDS,
)
DUTY_FAILURES = Counter(
    "mashang_duty_failures", "Rounds of a background duty that failed.", ("duty",)
)
LOOP_LAG = Gauge("mashang_loop_lag_seconds", "How late the event loop last woke somebody up.")
NOTICES_WAITING = Gauge("mashang_notices_waiting", "Messages not delivered yet.")
NOTICES_GIVEN_UP = Counter("mashang_notices_given_up", "Messages given up after the last try.")
CLOCK_LAG = Gauge("mashang_clock_lag_seconds", "How long the oldest due clock has waited to ring.")

PULSE_S = 1.0


async def feel_pulse() -> None:
    """Sleep a second and note how much longer it took."""
    before = time.monotonic()
    await asyncio.sleep(PULSE_S)
    LOOP_LAG.set(max(0.0, time.monotonic() - before - PULSE_S))


def show(host: str, port: int) -> Callable[[], None]:
    """Answer GET /metrics there, from a thread of its own; what is returned stops it.

    Raises OSError when the address is taken.
    """
    server: WSGIServer
    server, thread = start_http_server(port, addr=host)

    def stop() -> None:
        server.shutdown()
        server.server_close()
        thread.join()

    return stop
