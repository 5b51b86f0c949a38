"""A few hundred wicked files, sent as photos: each is a clean picture or a clear refusal.

The server does not grow by it, and no more than two children of it open them.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import psutil
import pytest

from tests.hostile.problems import problem
from tests.journeys.town_client import Person, Street, done
from tests.journeys.towns import OpenTown
from tests.photos import samples, wicked

AT_ONCE = 2
CHILDREN = 2
GROWS_BY = 60_000_000  # bytes at most, over everything that is sent


@pytest.fixture(scope="module")
def resident(sqlite_town: OpenTown) -> Iterator[Person]:
    with ExitStack() as phones:
        person = Street(sqlite_town, phones).guest()
        person.photo()
        yield person


@pytest.fixture(scope="module")
def before(resident: Person) -> int:
    """How large the server is once it has taken a photo."""
    return _server(resident).memory_info().rss


def _server(resident: Person) -> psutil.Process:
    return psutil.Process(resident.town.server.process.pid)


def _marks_in(resident: Person, photo: bytes) -> list[bytes]:
    """What is left of the file's wickedness in what the town shows of it; a refusal leaves none."""
    answer = resident.send_photo(photo)
    if answer.status_code != 201:
        problem(answer, 413, 415, 422)
        return []
    shape = done(answer, 201)
    shown = resident.http.get(shape["url"]).content + resident.http.get(shape["thumb_url"]).content
    assert samples.opened(shown).format == "JPEG"
    return [mark for mark in (*wicked.MARKS, *samples.TRACES) if mark in shown]


@pytest.mark.parametrize("family", wicked.FAMILIES)
def test_a_wicked_file_is_a_clean_picture_or_a_clear_refusal(
    resident: Person, before: int, family: str
) -> None:
    files = wicked.FAMILIES[family]()

    with ThreadPoolExecutor(AT_ONCE) as phones:
        left = phones.map(lambda photo: _marks_in(resident, photo), files.values())
        found = {name: marks for name, marks in zip(files, left, strict=True) if marks}

    assert found == {}
    assert _server(resident).memory_info().rss - before < GROWS_BY
    assert len(_server(resident).children()) <= CHILDREN


def test_the_town_still_takes_photos(resident: Person) -> None:
    assert resident.photo()
