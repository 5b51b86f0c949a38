"""The small town behind a server that may die at any moment and is started again in its place."""

import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, TypeVar

from tests.journeys.towns import OpenTown, build
from tests.server_process import COMMAND, RunningServer, free_port, launched

T = TypeVar("T")
MOVABLE = (sys.executable, "-m", "tests.faults.movable_clock")


class MortalTown:
    """Start it, kill it, start it again: the same port, database, photos and keys."""

    def __init__(
        self,
        folder: Path,
        database_url: str,
        *,
        program: tuple[str, ...] = (COMMAND,),
        served_by: str = "",
        **settings: str,
    ) -> None:
        """`served_by` is the address under which the server itself knows the database."""
        self.folder, self.database_url = folder, database_url
        self.town = build(database_url, folder)
        self.port = free_port()
        self.server: RunningServer | None = None
        self._program = program
        self._settings = {
            "demo": "1",
            "limits": "0",
            "database_url": served_by or database_url,
        } | settings

    @property
    def database(self) -> str:
        return "sqlite" if self.database_url.startswith("sqlite") else "postgres"

    @property
    def open(self) -> OpenTown:
        """The town as it is served now."""
        assert self.server is not None
        return OpenTown(self.server, self.town, self.database_url)

    @property
    def process_id(self) -> int:
        return self.open.server.process.pid

    def code(self, place: str = "entrance") -> str:
        return self.town.codes[place]

    def start(self) -> None:
        """Return when it is ready."""
        self.server = launched(self.folder, self.port, program=self._program, **self._settings)

    def revive(self) -> None:
        """Started, unless it lives."""
        if self.server is None or self.server.process.poll() is not None:
            self.start()

    def kill(self) -> None:
        assert self.server is not None
        self.server.kill()

    def stop(self) -> None:
        if self.server is not None:
            self.server.stop()

    def look(self, ask: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Ask the features themselves, beside the server, of the same database."""
        return self.open.look(ask)
