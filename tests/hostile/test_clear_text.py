"""A thousand residents leave name and number: neither is found in clear, wherever one looks."""

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest

from tests.databases import a_database_of, of_its_own_loop
from tests.journeys.town_client import Person, Street, a_key
from tests.journeys.towns import served

MANY = 1_000  # on SQLite; the same path leads to PostgreSQL, where fewer are enough
FEWER = 240
SAMPLE = 20
HANDS = 8
CONTROL = "路灯不亮，龘龘龘"  # in clear by right: that it is found shows that looking finds
# One rare character before and one behind, another between them for every resident. Masked, only
# the first is left. Looked for as it is, as UTF-16, and as JSON may spell it.
NAME = re.compile(
    "龗.靐".encode().replace(b".", b"...")
    + b"|"
    + re.escape("龗".encode("utf-16-le")) + b".." + re.escape("靐".encode("utf-16-le"))
    + rb"|\\u9f97\\u[0-9a-f]{4}\\u9750",
    re.DOTALL,
)  # fmt: skip
PHONE = re.compile(rb"16097\d{6}")


def a_resident(nth: int) -> dict[str, str]:
    return {"name": f"龗{chr(0x4E00 + nth)}靐", "phone": f"16097{nth:06d}"}


@dataclass(frozen=True, slots=True)
class Crowd:
    """A town of this module's own, and the numbers of the cases of everyone in it."""

    street: Street
    numbers: list[str]


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.pg)])
def crowd(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Crowd]:
    """Reports taken down by the community, each for somebody with name and number."""
    folder, many = tmp_path_factory.mktemp("crowd") / "data", MANY
    url = f"sqlite://{folder / 'town.db'}"
    if request.param == "postgres":
        url, many = a_database_of(request.getfixturevalue("postgres_server")), FEWER
    with served(folder, url) as town, ExitStack() as phones, ThreadPoolExecutor(HANDS) as hands:
        street = Street(town, phones)
        clerk = street.persona("community_secretary")
        made = hands.map(lambda nth: take_down(clerk, nth, many), range(HANDS))
        yield Crowd(street, [number for some in made for number in some])


def take_down(clerk: Person, nth: int, many: int) -> list[str]:
    """Every eighth of them, over one connection; a plain client, for it is the quickest."""
    address = urlsplit(clerk.town.base_url)
    with closing(HTTPConnection(address.hostname, address.port, timeout=60)) as http:
        return [_report(http, clerk, one) for one in range(nth, many, HANDS)]


def _report(http: HTTPConnection, clerk: Person, nth: int) -> str:
    body = {
        "flow": "report",
        "code": clerk.town.code("entrance"),
        "category": "F02",
        "text": CONTROL,
        "channel": "counter",
        "on_behalf": a_resident(nth),
    }
    headers = {
        "authorization": f"Bearer {clerk.token}",
        "content-type": "application/json",
        "idempotency-key": a_key(),
    }
    http.request("POST", "/m/v1/cases", json.dumps(body), headers)
    answer = http.getresponse()
    told = json.loads(answer.read())
    assert answer.status == 201, told
    return str(told["number"])


def found_in(text: bytes) -> list[bytes]:
    return NAME.findall(text)[:3] + PHONE.findall(text)[:3]


def files(street: Street) -> Iterator[Path]:
    """Everything the town has written: database, log of changes, server's log, anchors, keys."""
    folders = [street.town.server.data_dir]
    if street.town.database_url.startswith("postgres"):
        folders.append(of_postgres(street.town.database_url))
    for folder in folders:
        yield from (path for path in folder.rglob("*") if path.is_file())


def of_postgres(url: str) -> Path:
    """Where PostgreSQL keeps its files, everything that was written being in them."""
    told: list[str] = []

    async def ask() -> None:
        connection = await asyncpg.connect(url)
        await connection.execute("CHECKPOINT")
        told.append(await connection.fetchval("SHOW data_directory"))
        await connection.close()

    of_its_own_loop(ask())
    return Path(told[0])


def exported(person: Person) -> bytes:
    """The desk's list as a spreadsheet in plain text."""
    headers = {"origin": person.town.base_url, "sec-fetch-site": "same-origin"}
    body = {"format": "csv", "tab": "open"}
    return person.http.post("/desk/export", data=body, headers=headers).content


def everything_shown_to(person: Person, numbers: list[str]) -> Iterator[bytes]:
    """The lists and pages there are, and some of the cases in each form."""
    for path in ("/desk", "/desk?tab=overdue", "/work", "/mine", "/"):
        yield person.page(path).content
    yield person.page(f"/c/{person.town.code('entrance')}").content
    yield person.ask(f"/codes/{person.town.code('entrance')}").content
    for which in ("mine", "todo"):
        yield person.ask("/cases", list=which, limit=100).content
    yield person.page("/callbacks").content
    for number in numbers[:: len(numbers) // SAMPLE]:
        yield person.ask(f"/cases/{number}").content
        yield person.page(f"/cases/{number}").content


def test_no_file_of_the_town_holds_a_name_or_number(crowd: Crowd) -> None:
    contents = {path: path.read_bytes() for path in files(crowd.street)}

    told = {path.name: found_in(text) for path, text in contents.items()}

    assert {name: found for name, found in told.items() if found} == {}
    assert any(CONTROL.encode() in text for text in contents.values())


@pytest.mark.parametrize(
    "who", ["community_secretary", "grid_worker", "property_manager", "street_dispatcher", None]
)
def test_no_answer_to_anyone_holds_a_name_or_number(crowd: Crowd, who: str | None) -> None:
    person = crowd.street.persona(who) if who else crowd.street.guest()

    answers = list(everything_shown_to(person, crowd.numbers))

    assert [found for found in map(found_in, answers) if found] == []
    may_read = who is not None and who != "property_manager"
    assert any(CONTROL.encode() in text for text in answers) is may_read


def test_an_exported_list_holds_everyone_masked(crowd: Crowd) -> None:
    table = exported(crowd.street.raised("community_secretary"))

    assert found_in(table) == []
    assert table.count(b"160****") == len(crowd.numbers)


def test_a_name_or_number_in_clear_would_be_found() -> None:
    some = a_resident(7)
    for text in (some["name"].encode(), some["name"].encode("utf-16-le"), rb"\u9f97\u4e07\u9750"):
        assert NAME.search(text)
    assert PHONE.search(some["phone"].encode())
