"""The disk is full: who reports is told so, nothing is half written, and it heals by itself."""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.databases import beside, of_its_own_loop
from tests.faults import ledger
from tests.faults.conftest import mortal, told
from tests.faults.crowd import Crowd, reporting
from tests.faults.mortal import MortalTown
from tests.faults.records import OpenTally, Tally
from tests.faults.small_disk import FileLimit, Pretence, SmallDisk, Tmpfs, may_mount, mounted
from tests.hostile.problems import problem
from tests.journeys.plain_browser import PlainBrowser
from tests.journeys.town_client import Person, Street
from tests.photos import samples

MEGABYTES = (24, 240)  # in the short form and in the long, which has to hold more cases
REFUSED = 12  # at least, before there is room again
BETWEEN_TWO = 20
MOST_THAT_STILL_FIT = 500  # into what the files had taken already
CAN_MOUNT = may_mount()
KINDS = ["limit", "tmpfs"] if CAN_MOUNT else ["limit"]


@pytest.fixture(scope="module", params=KINDS)
def disk(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, long_form: bool
) -> Iterator[SmallDisk]:
    if request.param == "limit":
        yield FileLimit(tmp_path_factory.mktemp("limited"))
        return
    with mounted(MEGABYTES[long_form]) as folder:
        yield Tmpfs(folder)


@pytest.fixture(scope="module")
def town(disk: SmallDisk) -> Iterator[MortalTown]:
    """A town whose database, photos and temporary files all lie on the small disk."""
    folder = disk.folder / "data"
    (temporary := disk.folder / "tmp").mkdir()
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("TMPDIR", str(temporary))
        with mortal(folder, f"sqlite://{folder / 'town.db'}") as made:
            yield made


@pytest.fixture
def full_town(town: MortalTown, disk: SmallDisk) -> Iterator[MortalTown]:
    """The same, warmed up, and then without room for anything until the test ends."""
    with httpx.Client(base_url=town.open.base_url) as http:
        Person(town.open, http).photo()
    disk.fill(town.process_id)
    yield town
    disk.free(town.process_id)


@pytest.fixture
def resident(full_town: MortalTown) -> Iterator[Person]:
    with ExitStack() as phones:
        yield Street(full_town.open, phones).guest()


@pytest.fixture
def space(sturdy_postgres: Any, long_form: bool) -> Iterator[Path | None]:
    """A small disk that PostgreSQL knows as the tablespace `small`; None where none can be had."""
    if not CAN_MOUNT:
        yield None
        return
    server = sturdy_postgres.get_uri()
    with mounted(MEGABYTES[long_form]) as folder:
        (place := folder / "space").mkdir()
        shutil.chown(folder, sturdy_postgres.system_user)
        shutil.chown(place, sturdy_postgres.system_user)
        of_its_own_loop(told(server, f"CREATE TABLESPACE small LOCATION '{place}'"))
        yield folder
        of_its_own_loop(told(server, "DROP TABLESPACE small"))


@pytest.fixture
def on_postgres(
    space: Path | None, sturdy_postgres: Any, tmp_path: Path
) -> Iterator[tuple[MortalTown, SmallDisk]]:
    """A town of which everything but the log of its PostgreSQL lies on the small disk."""
    server, name = sturdy_postgres.get_uri(), f"small_{secrets.token_hex(4)}"
    on_it = " TABLESPACE small" if space else ""
    of_its_own_loop(told(server, f"CREATE DATABASE {name}{on_it}"))
    with mortal(tmp_path / "data", beside(server, name)) as town:
        pretence = Pretence(
            tmp_path, lambda words: sturdy_postgres.psql(f"\\connect {name}\n{words};")
        )
        yield town, Tmpfs(space) if space else pretence
    of_its_own_loop(told(server, f"DROP DATABASE {name}"))


async def _filled_again_and_again(
    town: MortalTown, disk: SmallDisk, crowd: Crowd, cycles: int, tally: Tally
) -> None:
    for _ in range(cycles):
        await crowd.is_told(BETWEEN_TWO)
        disk.fill(town.process_id)
        await crowd.fails(REFUSED)
        disk.free(town.process_id)
        tally.took(await crowd.is_told(1))


async def test_a_full_disk_loses_nothing_and_heals_without_a_restart(
    town: MortalTown, disk: SmallDisk, cycles: int, tally: OpenTally
) -> None:
    counted, server = tally(f"full disk ({type(disk).__name__})", "sqlite"), town.process_id

    async with reporting(town) as crowd:
        await _filled_again_and_again(town, disk, crowd, cycles, counted)

    ledger.count(town, crowd.sent, counted)
    assert set(crowd.failures) <= {"503", "507"}
    assert (counted.lost, counted.doubled) == (0, 0)
    assert town.process_id == server
    assert ledger.faults(town) == []


@pytest.mark.pg
async def test_a_full_disk_under_postgres_loses_nothing_and_heals_without_a_restart(
    on_postgres: tuple[MortalTown, SmallDisk], cycles: int, tally: OpenTally
) -> None:
    town, disk = on_postgres
    counted = tally(f"full disk ({type(disk).__name__})", "postgres")

    async with reporting(town) as crowd:
        await _filled_again_and_again(town, disk, crowd, cycles, counted)

    ledger.count(town, crowd.sent, counted)
    assert set(crowd.failures) <= {"503"}
    assert (counted.lost, counted.doubled) == (0, 0)
    assert ledger.faults(town) == []


def test_a_report_to_a_full_disk_is_told_to_come_back(resident: Person) -> None:
    body = {"flow": "report", "code": resident.town.code(), "text": "路灯不亮"}

    answers = (resident.send("/cases", body) for _ in range(MOST_THAT_STILL_FIT))
    refused = next(answer for answer in answers if answer.status_code != 201)

    assert problem(refused, 503)["code"] == "unavailable"
    assert int(refused.headers["retry-after"]) > 0


def test_a_photo_to_a_full_disk_is_refused_with_what_to_do(resident: Person) -> None:
    photo = samples.jpeg(1200, 900) + b"\0" * 400_000

    answers = (resident.send_photo(photo) for _ in range(MOST_THAT_STILL_FIT))
    refused = next(answer for answer in answers if answer.status_code != 201)

    problem(refused, 503, 507)


def test_a_full_disk_does_not_keep_anyone_from_reading(resident: Person) -> None:
    assert resident.scan()["contacts"]
    assert resident.page(f"/c/{resident.town.code()}").status_code == 200


def test_a_form_to_a_full_disk_is_shown_again_as_it_was_filled_in(full_town: MortalTown) -> None:
    with httpx.Client(base_url=full_town.open.base_url) as http:
        browser = PlainBrowser(full_town.open, http)
        form = browser.open(f"/c/{full_town.code()}/report").form("/report")
        photo = ("a.jpg", samples.jpeg(900, 900) + b"\0" * 400_000, "image/jpeg")

        shown = browser.submit(form, [("photos", photo)], text="写了很久的一段话")

    assert shown.status in (503, 507)
    assert shown.form("/report").first("text") == "写了很久的一段话"
