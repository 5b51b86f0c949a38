"""A face built once, and the clock stopped at twenty past ten on a Monday in November."""

from collections.abc import Iterator

import pytest

from server.base import clock
from server.pages.rendering import Face, build_face
from tests.pages.samples import NOON


@pytest.fixture(scope="session")
def face() -> Face:
    return build_face()


@pytest.fixture(autouse=True)
def ten_twenty() -> Iterator[None]:
    with clock.stopped_at(NOON):
        yield
