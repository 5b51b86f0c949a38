"""Keeps N server processes alive on one port: starts them again when they die, stops them cleanly.

Sanic's own manager does not restart a worker that was killed, so each of ours is a server of its
own. They share the listening socket, so nobody waiting to be served is lost with one of them.
"""

import contextlib
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import FrameType

log = logging.getLogger("mashang.supervisor")
STOPS_WITHIN_S = 6.0
HEARS_WITHIN_S = 1.0
LOOKS_EVERY_S = 0.2
LONGEST_WAIT_S = 30.0
# Finished in good order; or told while it was still starting, before or after it listened to it.
IN_GOOD_ORDER = (0, -signal.SIGTERM, 128 + signal.SIGTERM)
STEADY_AFTER_S = 10.0  # A server that lived this long starts again at once.

Command = Callable[[int], Sequence[str]]


@dataclass(slots=True)
class Place:
    """One of the N: the process in it now, and when the next may start if it dies."""

    number: int
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    deaths: int = 0
    not_before: float = 0.0


class Supervisor:
    """The parent of N servers. `command(n)` is what the n-th of them runs."""

    def __init__(
        self,
        command: Command,
        count: int,
        *,
        pass_fds: Sequence[int] = (),
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._command, self._pass_fds = command, tuple(pass_fds)
        self._environment = dict(os.environ if environment is None else environment)
        self._places = [Place(number) for number in range(count)]
        self._stopping = False
        # Servers hold the other end: when the parent is gone, however it went, they see it close.
        self._leash, self._held = os.pipe()

    def run(self) -> int:
        """Keep them alive until SIGINT or SIGTERM; 0 if all of them stopped by themselves."""
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, self._stop)
        while not self._stopping:
            self._look()
            time.sleep(LOOKS_EVERY_S)
        return self._end()

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping = True

    def _look(self) -> None:
        for place in self._places:
            if place.process is not None and (code := place.process.poll()) is not None:
                self._mourn(place, code)
            if place.process is None and time.monotonic() >= place.not_before:
                self._start(place)

    def _mourn(self, place: Place, code: int) -> None:
        lived_s = time.monotonic() - place.started_at
        place.deaths = 0 if lived_s > STEADY_AFTER_S else place.deaths + 1
        wait_s = min(LONGEST_WAIT_S, 0.2 * 2**place.deaths) if place.deaths else 0.0
        place.process, place.not_before = None, time.monotonic() + wait_s
        log.warning("server %d ended with %d, starts again in %.1f s", place.number, code, wait_s)

    def _start(self, place: Place) -> None:
        place.process = subprocess.Popen(
            [*self._command(place.number), "--leash", str(self._leash)],
            pass_fds=(*self._pass_fds, self._leash),
            env=self._environment,
            start_new_session=True,  # Ctrl-C reaches the parent alone, which tells them.
        )
        place.started_at = time.monotonic()

    def _end(self) -> int:
        living = [p.process for p in self._places if p.process and p.process.poll() is None]
        for process in living:
            process.send_signal(signal.SIGTERM)
        until = time.monotonic() + STOPS_WITHIN_S
        # A signal may be lost that comes just when a server begins to listen; the leash is not.
        _wait_for(living, HEARS_WITHIN_S)
        os.close(self._held)
        os.close(self._leash)
        stopped = [_stopped(process, until) for process in living]
        return 0 if all(stopped) else 1


def _wait_for(processes: Sequence[subprocess.Popen[bytes]], within_s: float) -> None:
    until = time.monotonic() + within_s
    for process in processes:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(0.0, until - time.monotonic()))


def _stopped(process: subprocess.Popen[bytes], until: float) -> bool:
    """Whether it stopped in time; if not, it and its children are killed.

    Who was still starting has nothing to finish and ends by the signal itself.
    """
    try:
        code = process.wait(max(0.1, until - time.monotonic()))
    except subprocess.TimeoutExpired:
        log.error("server %d did not stop and was killed", process.pid)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return False
    if code not in IN_GOOD_ORDER:
        log.error("server %d ended with %d when it was told to stop", process.pid, code)
    return code in IN_GOOD_ORDER


def server_command(listener: socket.socket, *, works: bool) -> Command:
    """`mashang` serving on this socket; with `works` the first does the worker's duties too."""

    def command(number: int) -> list[str]:
        words = [sys.executable, "-m", "server.cli", "serve", "--socket", str(listener.fileno())]
        return [*words, "--nth", str(number), *([] if works else ["--no-worker"])]

    return command
