"""Every kind of report that gives advice has words for it."""

from server.catalogue.defaults import CATEGORIES
from server.views.advice import ADVICE, advice


def test_every_advice_the_catalogue_names_has_words() -> None:
    named = {row[8] for row in CATEGORIES if row[8]}

    assert named <= set(ADVICE)


def test_a_number_nobody_has_listed_is_the_duty_posts() -> None:
    assert "16000000110" in advice("emergency.gas", [], "16000000110")


def test_no_advice_is_no_words() -> None:
    assert advice(None, [], "16000000110") == ""
