"""What a resident reads of each step, and what staff read in the same place."""

import html
import re

from server.pages.rendering import Face
from tests.pages import samples
from tests.pages.case_contexts import judge
from tests.pages.case_samples import a_case, a_staff_case, an_event
from tests.pages.samples import at

OPENED = an_event(at(23, 8, 0), "open", "上报", state_title="已收到，等人接手")
TAKEN = an_event(at(23, 8, 5), "accept", "受理", state_title="有人接手了")
ASKED = an_event(at(23, 8, 10), "ask", "问居民", state_title="想请您补充几句")
ANSWERED = an_event(at(23, 9, 0), "answer", "回答", state_title="正在办理", text="三楼的。")
URGED = an_event(at(23, 8, 3), "urge", "催一催")
APPEALED = an_event(at(23, 9, 0), "appeal", "不同意，请街道复核", state_title="已收到，等人接手")


def _case_page(face: Face, **changes: object) -> str:
    context = judge(face) | {"case": a_case(**changes), "forms": ()}
    return face.render("case.html", samples.a_frame(path="/cases/1"), **context)


def _steps(face: Face, *events, **changes: object) -> list[str]:
    """The headings of the rail, the oldest first."""
    rail = _case_page(face, timeline=list(events), **changes).partition('class="rail"')[2]
    heads = re.findall(r"<h3>(.*?)</h3>", rail, re.DOTALL)[1:]
    return [html.unescape(head).strip() for head in reversed(heads)]


def test_her_own_answer_is_called_her_answer(face: Face) -> None:
    assert _steps(face, OPENED, TAKEN, ASKED, ANSWERED)[2:] == ["想请您补充几句", "您回答了"]


def test_a_neighbour_reads_that_whoever_reported_it_answered(face: Face) -> None:
    assert _steps(face, OPENED, ASKED, ANSWERED, lens="progress")[-1] == "上报的居民回答了"


def test_a_report_waits_for_somebody_only_until_somebody_has_it(face: Face) -> None:
    assert _steps(face, OPENED, URGED) == ["已收到，等人接手", "催一催"]
    assert _steps(face, OPENED, TAKEN) == ["已收到", "有人接手了"]


def test_her_appeal_is_called_what_she_did(face: Face) -> None:
    assert _steps(face, OPENED, TAKEN, APPEALED)[-1] == "不同意，请街道复核"


def test_staff_read_the_names_of_the_moves(face: Face) -> None:
    timeline = [OPENED, TAKEN, ANSWERED]
    case = a_staff_case(timeline=timeline)
    read = _steps(face, *timeline, lens=case.lens)
    assert read == ["上报", "受理", "回答"]


def test_staff_are_not_addressed_as_the_resident_who_was_asked(face: Face) -> None:
    waiting = {"state": "waiting_raiser", "question": "几楼的灯？"}
    hers, theirs = (_case_page(face, lens=lens, **waiting) for lens in ("own", "work"))
    assert ("我们想问您" in hers, "我们想问您" in theirs) == (True, False)
    assert "问了上报的居民，等回答" in theirs


def test_the_number_of_the_hotline_stays_in_one_piece(face: Face) -> None:
    feedback = face.render("feedback.html", samples.a_frame(path="/feedback"))
    ending = {"state": "closed", "ending": "declined"}
    assert '<span class="num">12345</span>' in feedback
    assert '<a class="whole" href="tel:12345">12345</a>' in _case_page(face, **ending)
