"""What people of the demo write: every kind of report, never the same sentence all day."""

from server.catalogue import defaults
from server.demo.words import answers
from server.demo.words.reports import REPORTS


def test_every_kind_of_report_is_said_in_five_ways_at_least():
    assert set(REPORTS) == set(defaults.OWNERS)
    assert [key for key, said in REPORTS.items() if len(set(said)) < 5] == []


def test_every_kind_is_resolved_in_five_ways_at_least():
    assert {key[0] for key in REPORTS} == set(answers.RESOLVED)
    assert [key for key, said in answers.RESOLVED.items() if len(set(said)) < 5] == []


def test_sentences_end_as_sentences_do():
    said = [
        sentence for ways in (*REPORTS.values(), *answers.RESOLVED.values()) for sentence in ways
    ]
    assert [sentence for sentence in said if sentence[-1] not in "。？"] == []
