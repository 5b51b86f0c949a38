"""One case, made for one viewer through the widest lens of their relations to it."""

from datetime import date, datetime

from msgspec import UNSET, UnsetType

from server import cases, codes, praise, results
from server.base import clock
from server.base.viewer import Viewer
from server.cases import CaseFile
from server.flows import FLOWS, PASSED_OVER
from server.views.case_shapes import BeforeShape, CasePage, NextShape, ReferenceShape
from server.views.inspections import inspected_points
from server.views.moves import move_shapes
from server.views.people import holder_shape, raiser_shape
from server.views.photos import photo_shapes, pick
from server.views.places import place_of
from server.views.praise_shapes import PraiseList
from server.views.praises import praise_list
from server.views.shapes import PhotoShape
from server.views.timeline import timeline
from server.views.words import category_title, role_title, state_title, title_of_state


async def case_page(number: str, viewer: Viewer) -> CasePage:
    """The case as this viewer may see it. Raises CaseUnknown where it is not theirs."""
    return await page_of(await cases.find_dossier(number, viewer), viewer)


async def page_of(dossier: cases.Dossier, viewer: Viewer) -> CasePage:
    """The same of a dossier at hand, such as that of a case the viewer has just moved.

    Raises CaseUnknown where the move took it out of their sight.
    """
    case, lens = dossier.case, cases.lens_of(dossier.case, viewer)
    if lens is None:
        raise cases.CaseUnknown
    events = dossier.history.events
    staff, now = lens == "work", clock.now()
    words = cases.sees_words(lens)
    return CasePage(
        number=case.number,
        flow=case.flow,
        state=case.state,
        state_title=state_title(case, staff=staff),
        version=case.version,
        category=case.category,
        category_title=await category_title(case),
        place=await place_of(case.place_id, inside=staff),
        opened_at=case.opened_at,
        respond_by=_promised(case, "respond", case.respond_by),
        resolve_by=_promised(case, "resolve", case.resolve_by),
        responded_at=case.responded_at or UNSET,
        resolved_at=case.resolved_at or UNSET,
        overdue=cases.is_overdue(case, now),
        seconded=case.seconded,
        lens=lens,
        text=(case.text or UNSET) if words else UNSET,
        photos=await _photos(events) if words else UNSET,
        spot=(case.spot or UNSET) if words else UNSET,
        raiser=raiser_shape(case, viewer, lens) or UNSET,
        now_with=await holder_shape(case, now) or UNSET,
        next=_next(case, lens) or UNSET,
        ending=case.ending or UNSET,
        outcome=case.outcome or UNSET,
        solved=case.solved or UNSET,
        rating=case.rating or UNSET,
        points=inspected_points(case),
        passed_over=_passed_over(case) or UNSET,
        merged_into=await _merged_into(case, viewer) or UNSET,
        question=_question(case, events) or UNSET,
        hung_until=_hung_until(case) or UNSET,
        before=_before(dossier, lens) or UNSET,
        timeline=await timeline(case, events, lens, staff=staff),
        moves=await move_shapes(case, viewer),
        unread=list(dossier.unread),
        emergency=words and bool(case.facts.get("danger")),
        channel=case.channel if staff else UNSET,
        channel_title=cases.CHANNELS[case.channel] if staff else UNSET,
        external_refs=(_references(dossier.history) or UNSET) if staff else UNSET,
        evidence=case.facts.get("evidence", UNSET),
        unmask=list(cases.unmaskable(case, viewer)) or UNSET,
        praises=UNSET if case.live else await _praises(case),
        publishes=results.publishing_post(case, viewer) is not None,
        praise_at=await _praise_at(case, viewer) or UNSET,
    )


def _promised(case: CaseFile, clock_key: str, by: datetime) -> datetime | UnsetType:
    """Until when something is promised, where this kind of case promises it."""
    return by if FLOWS[case.flow].clock_title(clock_key) else UNSET


def _passed_over(case: CaseFile) -> str:
    """Who would decide, had they no part in it themselves; until it is decided."""
    role = case.facts.get(PASSED_OVER) if case.live else None
    return role_title(str(role)) if role else ""


async def _photos(events: tuple[cases.EventFile, ...]) -> list[PhotoShape]:
    """The photos the report came with."""
    ids = cases.photo_ids(events[0])
    return pick(ids, await photo_shapes(ids))


async def _praises(case: CaseFile) -> PraiseList:
    return await praise_list(await praise.of_target("case", case.id))


async def _praise_at(case: CaseFile, viewer: Viewer) -> str | None:
    """A sign at its place, where this viewer may give thanks for it."""
    if not praise.may_praise_case(case, viewer):
        return None
    return await codes.sign_at(case.place_id)


def _next(case: CaseFile, lens: str) -> NextShape | None:
    """What comes next, in the words of the flow or of the clock that runs, and by when."""
    if not case.live:
        return None
    flow, state = FLOWS[case.flow], FLOWS[case.flow].state(case.state)
    deadline = None if state.rests else cases.next_deadline(case)
    awaited = flow.clock_title(deadline.key) if deadline else ""
    step = state.next_of(lens) or awaited
    if not step:
        return None
    return NextShape(step=step, by=(deadline and deadline.due_at) or UNSET)


def _question(case: CaseFile, events: tuple[cases.EventFile, ...]) -> str | None:
    """What was asked last, while the case waits for the answer."""
    if case.state != "waiting_raiser":
        return None
    asked = (event.body["given"].get("question") for event in reversed(events))
    return next((str(words) for words in asked if words), None)


def _hung_until(case: CaseFile) -> date | None:
    until = case.facts.get("hung_until")
    return date.fromisoformat(until) if isinstance(until, str) else None


def _before(dossier: cases.Dossier, lens: str) -> list[BeforeShape]:
    """又坏了: what was reported here before, for those who handle it and may see that too."""
    if lens != "work":
        return []
    return [
        BeforeShape(
            number=one.number,
            state_title=title_of_state(one.flow, one.state, staff=True),
            opened_at=one.opened_at,
        )
        for one in dossier.before
    ]


def _references(history: cases.History) -> list[ReferenceShape]:
    return [ReferenceShape(system=one.system, number=one.number) for one in history.elsewhere]


async def _merged_into(case: CaseFile, viewer: Viewer) -> str | None:
    """The number of the case this one was merged into, for those who may see that one."""
    if case.merged_into_id is None:
        return None
    return await cases.find_number(case.merged_into_id, viewer)
