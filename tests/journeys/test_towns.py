"""The made town is served as it was made."""

from tests.journeys.towns import OpenTown


def test_the_made_town_answers(made_town: OpenTown) -> None:
    assert made_town.server.process.poll() is None
