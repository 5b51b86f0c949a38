"""The small town of `tests/makers.py` behind a real server: all its signs and people are known."""

import asyncio
import re
import shutil
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pytest

from server import codes
from server.base import cache, database, seal, unit
from tests.databases import a_database_of, of_its_own_loop, sqlite_template
from tests.makers import SINCE, SmallTown, a_town
from tests.server_process import RunningServer, running

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class OpenTown:
    """A running server, the town it serves, and the database behind it."""

    server: RunningServer
    town: SmallTown
    database_url: str

    @property
    def base_url(self) -> str:
        return self.server.base_url

    def code(self, place: str = "entrance") -> str:
        """The token of the sign at this place."""
        return self.town.codes[place]

    def unit(self, role: str) -> str:
        return str(self.town.units[role])

    def code_sent(self) -> str:
        """The code that was sent to a phone last."""
        return re.findall(r"验证码(\d{6})", self.server.said())[-1]

    def look(self, ask: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Ask the features themselves, beside the running server, of the same database."""

        async def asked() -> T:
            async with _opened(self.database_url, self.server.data_dir):
                return await ask()

        # A thread has room for a loop of its own, whether or not the test has one.
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(lambda: asyncio.run(asked())).result()


@asynccontextmanager
async def _opened(url: str, folder: Path) -> Any:
    seal.configure(folder / "secrets")
    await database.open(url)
    try:
        yield
    finally:
        await unit.drain()
        await database.close()
        cache.clear()


def build(url: str, folder: Path) -> SmallTown:
    """Make the small town in a database without anything in it; its keys go beside it."""
    made: list[SmallTown] = []

    async def built() -> None:
        async with _opened(url, folder):
            await database.migrate()
            town = await a_town()
            town.codes["retired"], town.codes["successor"] = await _replaced_sign(town)
            made.append(town)

    (folder / "secrets").mkdir(parents=True, mode=0o700)
    if url.startswith("sqlite://"):
        shutil.copy(sqlite_template(), url.removeprefix("sqlite://"))
    of_its_own_loop(built())
    return made[0]


async def _replaced_sign(town: SmallTown) -> tuple[str, str]:
    """A sign that was taken down, and the one that hangs there now."""
    batch = codes.Batch("旧牌子", SINCE)
    old = batch.code(town.playground.id, "outdoor")
    await codes.make_batch(batch)
    return old, await codes.replace_code(old, "damaged", doer=codes.Doer(operator="tests"))


@contextmanager
def served(folder: Path, url: str) -> Iterator[OpenTown]:
    """The small town behind a server of one's own, until the block ends."""
    town = build(url, folder)
    # Codes sent to phones are written into the server's log, where tests read them.
    with running(folder, database_url=url, demo="1", limits="0", sms_url="log:") as server:
        yield OpenTown(server, town, url)


@pytest.fixture(scope="session")
def sqlite_town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenTown]:
    """The small town on SQLite, for the whole session: tests add to it."""
    folder = tmp_path_factory.mktemp("made-town") / "data"
    with served(folder, f"sqlite://{folder / 'town.db'}") as town:
        yield town


@pytest.fixture(scope="session")
def postgres_made_town(
    tmp_path_factory: pytest.TempPathFactory, postgres_server: str
) -> Iterator[OpenTown]:
    """The same on PostgreSQL."""
    folder = tmp_path_factory.mktemp("made-town-postgres") / "data"
    with served(folder, a_database_of(postgres_server)) as town:
        yield town


@pytest.fixture(
    params=["sqlite_town", pytest.param("postgres_made_town", marks=pytest.mark.pg)],
    ids=["sqlite", "postgres"],
)
def made_town(request: pytest.FixtureRequest) -> OpenTown:
    """The test runs twice: in the small town on SQLite and in the one on PostgreSQL."""
    town: OpenTown = request.getfixturevalue(request.param)
    return town
