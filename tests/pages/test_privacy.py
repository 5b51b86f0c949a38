"""The page about privacy promises what the table of rules does, and nothing else by number."""

import re

import pytest

from server import retention
from server.base import phones
from server.pages.rendering import Face
from server.retention import HOLDINGS, RULES
from tests.pages.contexts import page

NUMBER = re.compile(r"\d+")


def said(face: Face) -> str:
    """The words of the page's main part, without the phone to call."""
    main = page(face, "privacy").split("<main", 1)[1].split("</main>")[0]
    words = re.sub(r"<[^>]*>", "", main.partition(">")[2])
    return words.replace(phones.spaced("16000000100"), "")


def test_every_number_on_the_page_is_one_the_rules_obey(face: Face) -> None:
    obeyed = {rule.kept.number for rule in RULES} | {retention.ANSWERED_WITHIN_DAYS}
    assert {int(number) for number in NUMBER.findall(said(face))} == obeyed


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_a_rule_is_promised_with_its_own_time(face: Face, rule: retention.Rule) -> None:
    promised = face.words.plain(f"privacy.rule.{rule.key}", kept=rule.kept)
    assert str(rule.kept) in promised
    assert promised in said(face)


@pytest.mark.parametrize("holding", HOLDINGS, ids=lambda holding: holding.key)
def test_what_is_kept_is_said_with_why_who_and_how_long(
    face: Face, holding: retention.Holding
) -> None:
    whole = said(face)
    parts = ["what", "why", "who", *(["until"] if holding.lasts else [])]
    for part in parts:
        assert face.words.plain(f"privacy.hold.{holding.key}.{part}") in whole
    assert holding.lasts or holding.rules


def test_no_rule_and_no_holding_is_written_about_that_is_not_there(face: Face) -> None:
    written = {
        key.split(".")[2]
        for key in face.words.entries
        if key.startswith(("privacy.rule.", "privacy.hold."))
    }
    assert written == {each.key for each in (*RULES, *HOLDINGS)}
