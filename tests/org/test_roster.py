"""Setting up posts: what is refused before it is written."""

from uuid import uuid4

import pytest

from server import org
from tests.makers import SINCE


def test_a_post_needs_a_role_that_exists():
    with pytest.raises(ValueError, match="king"):
        org.Roster(since=SINCE).post("king", uuid4(), "1/")


@pytest.mark.parametrize("given", [{}, {"post": uuid4(), "unit": uuid4()}])
def test_one_post_or_one_unit_answers(given):
    with pytest.raises(ValueError, match="one post or one unit"):
        org.Roster(since=SINCE).answers("1/", "heating", **given)


def test_nobody_answers_in_a_role_that_does_not_exist():
    with pytest.raises(ValueError, match="king"):
        org.Roster(since=SINCE).answers("1/", "king", unit=uuid4())


def test_every_role_has_a_title_people_read():
    assert org.role_title("grid_worker") == "网格员"
    assert not [title for title in org.ROLE_TITLES.values() if title.isascii()]
