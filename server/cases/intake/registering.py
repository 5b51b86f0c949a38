"""Opening a case: the checked report, the law's first step, and one unit that writes it all."""

from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from server import flows, org, photos, places, trust
from server.base import clock
from server.base.ids import new_id, new_number
from server.base.unit import Duplicate, unit_of_work
from server.base.viewer import Viewer
from server.cases.effects.telling import tell_all, tell_duty_post
from server.cases.effects.values import Occasion
from server.cases.intake.danger import sounds_dangerous
from server.cases.intake.opening import Checked, NewCase, checked
from server.cases.owners import holders, routing
from server.cases.record.chain import START
from server.cases.record.files import CaseFile
from server.cases.record.keys import key_of
from server.cases.record.raisers import blind_phone, sealed
from server.cases.record.references import refuse_taken, write_references
from server.cases.record.writing import Maker, write_new
from server.catalogue import CategoryRow
from server.places import Ground
from server.trust import ReplayKey

MOST_DRAWS = 8
DAY = 6  # a number begins with its day
_drawn: set[str] = set()


class Opened(Struct, frozen=True):
    """A case just opened, or opened before by the same request. `key` is a guest's way back."""

    case: CaseFile
    key: str | None

    @classmethod
    def of(cls, case: CaseFile) -> "Opened":
        """A raiser with an account needs no key; any other holds the one made from the case."""
        keyless = case.raiser_account_id is not None or case.raiser_gone
        return cls(case, None if keyless else key_of(case.id))

    @property
    def number(self) -> str:
        return self.case.number


async def register(new: NewCase, by: Viewer, asked: ReplayKey | None) -> Opened:
    """Check, ask the law, write. Raises Duplicate where the number or the request is taken,
    ReferenceTaken where another system's number belongs to a case already.
    """
    report = await checked(new, by, clock.now())
    await refuse_taken(report.references)
    try:
        return await _register(new, report, by, asked)
    except Duplicate as twin:
        if twin.table == "case_reference":
            await refuse_taken(report.references)
        raise


async def _register(new: NewCase, report: Checked, by: Viewer, asked: ReplayKey | None) -> Opened:
    now = clock.now()
    blank = blank_case(new.flow, report, by, now)
    step = flows.open_(
        flows.FLOWS[new.flow],
        who=flows.Mover(account_id=by.account_id, posts=_in_office(report)),
        given=given_of(report),
        facts=facts_of(report),
        now=now,
        calendar=await org.calendar(),
    )
    step = await holders.answered(step, blank, report.ground, now)
    async with unit_of_work() as unit:
        found_by = {"phone_blind": blind_phone(report.phone)}
        case = write_new(unit, blank, step, Maker.of(by), now, also=found_by, filer=report.filer)
        write_references(unit, report.references, case.id)
        photos.attach(unit, report.photos, case_id=case.id)
        if asked is not None:
            trust.remember(unit, asked, {"number": case.number}, at=now)
        occasion = Occasion(case, report.ground, by, now)
        await tell_all(unit, step.tells, occasion)
        await tell_duty_post(unit, occasion)
    return Opened.of(case)


def _in_office(report: Checked) -> tuple[flows.MoverPost, ...]:
    post = report.filer
    return (flows.MoverPost(post.id, post.unit_id, post.role),) if post else ()


def category_facts(category: CategoryRow) -> dict[str, Any]:
    """What the law needs to know of a category."""
    return {
        "category": category.key,
        "respond": category.respond,
        "resolve": category.resolve,
        "evidence": category.evidence,
        "direct": category.direct,
        "urgent": category.urgent,
        "about_people": category.key in routing.ABOUT_PEOPLE,
    }


def facts_of(report: Checked) -> dict[str, Any]:
    """What the law needs to know, as plain values; what is not so is left out."""
    told = category_facts(report.category) | routing.about_facts(report.about)
    facts = told | {
        "danger": sounds_dangerous(f"{report.text} {report.spot}"),
        "photos": len(report.photos),
    }
    return {name: value for name, value in facts.items() if value not in (None, False, 0)}


def given_of(report: Checked) -> dict[str, Any]:
    """What the resident gave, for the history. The words themselves stay with the case."""
    given: dict[str, Any] = {"photos": [str(photo.id) for photo in report.photos]}
    if report.is_sorted or not report.photos:
        given["category"] = report.category.key
    return given


def _unused_number(now: datetime) -> str:
    """A number this process has not drawn today: a taken one costs its whole unit again."""
    for _ in range(MOST_DRAWS):
        number = new_number(now)
        if _drawn and next(iter(_drawn))[:DAY] != number[:DAY]:
            _drawn.clear()
        if number not in _drawn:
            break
    _drawn.add(number)
    return number


def blank_case(flow: str, report: Checked, by: Viewer, now: datetime) -> CaseFile:
    """What the law does not know of a new report."""
    ground, category, bare = report.ground, report.category, bare_case(flow, report.ground, now)
    return replace(
        bare,
        category=category.key,
        place_name=report.place_name,
        covers_path=places.covers_path(ground, category.covers),
        code_id=report.code_id,
        spot=report.spot,
        text=report.text,
        lng=report.point.lng if report.point else None,
        lat=report.point.lat if report.point else None,
        public=category.public,
        conceal=report.conceal,
        about_unit_id=report.about.unit_id,
        about_post_id=report.about.post_id,
        channel=report.channel,
        raiser_account_id=report.raiser_id if report.filer else by.account_id,
        name_sealed=sealed("name_sealed", report.name, bare.id),
        phone_sealed=sealed("phone_sealed", report.phone, bare.id),
    )


def bare_case(flow: str, ground: Ground, now: datetime) -> CaseFile:
    """A new case at a place, of which nothing else is known yet."""
    return CaseFile(
        id=new_id(),
        number=_unused_number(now),
        flow=flow,
        flow_version=0,
        version=0,
        state="",
        live=True,
        ending=None,
        outcome=None,
        category="",
        facts={},
        place_id=ground.id,
        place_name=ground.full_name,
        path=ground.path,
        covers_path=ground.path,
        estate_id=ground.estate_id,
        code_id=None,
        spot="",
        text="",
        lng=None,
        lat=None,
        public=False,
        conceal=False,
        about_unit_id=None,
        about_post_id=None,
        channel="code",
        raiser_account_id=None,
        raiser_gone=False,
        forgotten_at=None,
        name_sealed=None,
        phone_sealed=None,
        opened_at=now,
        closed_at=None,
        respond_by=now,
        resolve_by=now,
        due_at=None,
        responded_at=None,
        resolved_at=None,
        seconded=0,
        solved=None,
        rating=None,
        merged_into_id=None,
        chain=START,
    )
