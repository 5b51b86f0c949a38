"""Cases: open one, see one, list them, make a move, join one."""

from msgspec import UNSET, UnsetType
from sanic import HTTPResponse, Request

from miniapp_api import inspections
from miniapp_api.bodies import (
    FlowBody,
    InspectionBody,
    KeyQuery,
    ListQuery,
    MoveBody,
    ReportBody,
    SecondBody,
    UnmaskBody,
)
from server import cases, merchants, views
from server.base.errors import FieldError, Invalid
from server.base.viewer import Viewer
from server.views.case_shapes import CasePage, Receipt, Seconded, Unmasked
from server.views.inspection_shapes import FoundReceipt
from server.views.list_shapes import CaseList
from server.views.shape import Shape
from server.views.sign_shapes import OpenCaseShape
from server.web import (
    PARTY,
    UNMASKING,
    Problem,
    Routes,
    answer,
    attach,
    count_guest,
    glance,
    hand_key,
    parse,
    parse_query,
    public,
    replay_key,
    request_number,
    staff,
    viewer,
)

routes = Routes("/m/v1")
NEVER_AN_ACCOUNT = public("sending never needs an account")


class OpenCaseList(Shape, frozen=True, kw_only=True):
    """What is open at a code, for those who stand before it."""

    items: list[OpenCaseShape]


class MovedOn(Problem, frozen=True, kw_only=True, omit_defaults=True):
    """A 409; `case-moved-on` carries the case as it is now."""

    case: CasePage | UnsetType = UNSET


@routes.post(
    "/cases",
    access=NEVER_AN_ACCOUNT,
    body=ReportBody,
    body_also=InspectionBody,
    gives=Receipt,
    gives_also=FoundReceipt,
    status=201,
    refuses=(404, 410),
    rate="submit",
    keyed=True,
)
async def post_case(request: Request) -> HTTPResponse:
    """Report something; a guest gets the `key` that opens it again. Or, for the staff of the place,
    take down what was found at a shop.
    """
    kind = glance(request, FlowBody)
    if kind is not None and kind.flow == merchants.INSPECTION:
        found, by = parse(request, InspectionBody), viewer(request)
        return answer(await inspections.take_down(found, by, replay_key(request)), 201)
    new = _new_case(parse(request, ReportBody))
    opened = await cases.open_case(new, by=viewer(request), asked=replay_key(request))
    response = answer(await views.receipt(opened), 201)
    hand_key(request, response, opened.key)
    return response


@routes.get(
    "/cases",
    access=PARTY,
    query=ListQuery,
    gives=CaseList,
    gives_also=OpenCaseList,
    refuses=(403, 404, 410),
)
async def get_cases(request: Request) -> HTTPResponse:
    """Mine, what waits for me, or what is open here (with `code`)."""
    asked, person = parse_query(request, ListQuery), viewer(request)
    if asked.list == "here":
        return await _open_here(asked.code, person)
    if asked.list == "mine":
        return answer(await views.my_cases(person, after=asked.after, limit=asked.limit))
    staff().check(person)
    return answer(await views.todo(person, after=asked.after, limit=asked.limit))


@routes.get("/cases/<number>", access=PARTY, query=KeyQuery, gives=CasePage)
async def get_case(request: Request, number: str) -> HTTPResponse:
    """One case, made for whoever asks."""
    return answer(await views.case_page(number, viewer(request)))


@routes.post(
    "/cases/<number>/moves/<move>",
    access=PARTY,
    query=KeyQuery,
    body=MoveBody,
    gives=CasePage,
    conflict=MovedOn,
    rate="move",
    keyed=True,
)
async def post_move(request: Request, number: str, move: str) -> HTTPResponse:
    """Make a move; a 409 `case-moved-on` carries the case as it is now."""
    body, person = parse(request, MoveBody), viewer(request)
    try:
        moved = await cases.make_move(
            number,
            move,
            by=person,
            given=body.given,
            seen_version=body.seen_version,
            row=body.row,
            asked=replay_key(request),
        )
    except cases.CaseMovedOn as late:
        raise attach(late, case=await views.case_page(number, person)) from None
    return answer(await views.page_of(moved, person))


@routes.post(
    "/cases/<number>/second",
    access=NEVER_AN_ACCOUNT,
    query=KeyQuery,
    body=SecondBody,
    gives=Seconded,
    refuses=(410,),
    rate="submit",
    keyed=True,
)
async def post_second(request: Request, number: str) -> HTTPResponse:
    """Join an open case by a code it covers; told of its end."""
    body = parse(request, SecondBody)
    count_guest(request, "second", number, viewer(request))
    joined = await cases.second(number, body.code, by=viewer(request), asked=replay_key(request))
    response = answer(Seconded(seconded=joined.seconded, key=joined.key or UNSET))
    hand_key(request, response, joined.key)
    return response


@routes.post(
    "/cases/<number>/unmask",
    access=UNMASKING,
    body=UnmaskBody,
    gives=Unmasked,
    rate="move",
    keyed=True,
)
async def post_unmask(request: Request, number: str) -> HTTPResponse:
    """See what the raiser left, in clear; who looked, when and why is on record."""
    body = parse(request, UnmaskBody)
    opened = await cases.unmask(
        number,
        body.field,
        reason=body.reason,
        by=viewer(request),
        asked=replay_key(request),
        request=request_number(request),
    )
    return answer(Unmasked(field=body.field, value=opened.value, left_today=opened.left))


def _new_case(body: ReportBody) -> cases.NewCase:
    about, other = body.about, body.on_behalf
    return cases.NewCase(
        flow=body.flow,
        code=body.code,
        place_id=body.place_id,
        category=body.category,
        text=body.text,
        photos=body.photos,
        spot=body.spot,
        point=cases.GivenPoint(lng=body.point.lng, lat=body.point.lat, crs=body.point.crs)
        if body.point
        else None,
        about_post_id=about.post_id if about else None,
        about_unit_id=about.unit_id if about else None,
        conceal=body.conceal,
        phone=(other.phone if other else "") or body.phone,
        name=other.name if other else "",
        channel=body.channel,
        on_behalf=other is not None,
        external_refs=tuple(
            cases.Reference(system=one.system, number=one.number) for one in body.external_refs
        ),
    )


async def _open_here(code: str | None, person: Viewer) -> HTTPResponse:
    if not code:
        raise Invalid(FieldError("code", "missing", "请先扫一扫现场的码。"))
    return answer(OpenCaseList(items=(await views.scan_card(code, person)).open_cases))
