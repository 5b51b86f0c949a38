"""驿站: the nearest open one that offers something; and at the desk the list of them."""

import re
from uuid import UUID

from msgspec import Struct
from sanic import HTTPResponse, Request

from server import places, stations, views
from server.base.errors import Failure, FieldError, Invalid, NotFound
from server.pages.drawing import after_id, new_key, show
from server.pages.fields import found_id, read_day
from server.pages.hours import closed_up, filled_lines, hours_of
from server.pages.notes import done_words
from server.pages.rendering import Typed
from server.pages.retry import refused
from server.stations import StationSheet
from server.views.stations import StationSheetShape
from server.web import (
    Count,
    Form,
    Nothing,
    Routes,
    parse,
    public,
    replay_key,
    see_other,
    staff,
    typed,
    viewer,
)

routes = Routes(kind="page")
PATH = "/desk/stations"
THE_KEEPERS = staff(*stations.KEEPING_ROLES)
BLANK = 2  # lines of hours beside those there are
FEWEST_LINES = 3
FEWEST_LETTERS = 2
FIELDS = (
    *("name", "kind", "phone", "facilities", "days_off", "place", "lng"),
    *(f"{name}{nth}" for nth in range(1, stations.MOST_HOURS + 1) for name in ("days", "starts")),
)
HOW_DAYS = "休息的日子请写成2026-12-05这样，几天之间用逗号隔开。"
_BETWEEN = re.compile(r"[\s,，、;；]+")


class StationForm(Struct, frozen=True, kw_only=True):
    """What is said of a station; hours line by line, as `days1`, `starts1`, `ends1` and so on."""

    place: str = ""
    name: str = ""
    kind: str = ""
    phone: str = ""
    facilities: list[str] = []
    days_off: str = ""
    lng: str = ""
    lat: str = ""
    seen_version: Count = 0


@routes.get(
    "/c/<token>/stations", access=public("whoever passes may come in and warm up"), rate="scan"
)
async def get_near(request: Request, token: str) -> HTTPResponse:
    """The nearest stations to this sign, with ?with=… those that offer it; open ones first."""
    near = await views.stations_near(token, request.args.get("with", ""))
    return await show(
        request, "stations_near.html", kept=True, path=f"/c/{near.token}/stations", near=near
    )


@routes.get(PATH, access=THE_KEEPERS)
async def get_stations(request: Request) -> HTTPResponse:
    """The stations in one's areas; with ?find=… places where another may stand."""
    words = request.args.get("find", "").strip()[:60]
    asked = len(words) >= FEWEST_LETTERS
    return await show(
        request,
        "stations.html",
        list=await views.kept_stations(viewer(request), after=after_id(request)),
        find=words,
        found=await views.station_spots(viewer(request), words) if asked else [],
        typed=Typed("", values={"find": words}),
        notice=done_words(request),
    )


@routes.get(f"{PATH}/new", access=THE_KEEPERS)
async def get_new(request: Request) -> HTTPResponse:
    """The form for a station at ?place=…."""
    return await _show_new(request, request.args.get("place", ""), Typed(new_key()))


@routes.post(f"{PATH}/new", access=THE_KEEPERS, body=StationForm, rate="move", keyed=True)
async def post_new(request: Request) -> HTTPResponse:
    """Add it; or the form again, with everything that is wrong."""
    form = typed(request) or Form()
    try:
        sheet = _sheet(parse(request, StationForm), form)
        place_id = found_id(form.first("place"))
        await stations.add(place_id, sheet, by=viewer(request), asked=replay_key(request))
    except NotFound:
        raise
    except Failure as wrong:
        again = refused(request, FIELDS, wrong)
        return await _show_new(request, form.first("place"), again)
    return see_other(f"{PATH}?done=station_added")


@routes.get(f"{PATH}/<station_id:uuid>", access=THE_KEEPERS)
async def get_station(request: Request, station_id: UUID) -> HTTPResponse:
    """One station, to be corrected or closed."""
    return await _show_one(request, station_id, Typed(new_key()))


@routes.post(
    f"{PATH}/<station_id:uuid>", access=THE_KEEPERS, body=StationForm, rate="move", keyed=True
)
async def post_station(request: Request, station_id: UUID) -> HTTPResponse:
    """This is what is true of it now; or the form again."""
    form = typed(request) or Form()
    try:
        sent = parse(request, StationForm)
        await stations.correct(
            station_id,
            _sheet(sent, form),
            seen_version=sent.seen_version,
            by=viewer(request),
            asked=replay_key(request),
        )
    except NotFound:
        raise
    except Failure as wrong:
        again = refused(request, FIELDS, wrong)
        return await _show_one(request, station_id, again)
    return see_other(f"{PATH}?done=station_corrected")


@routes.post(
    f"{PATH}/<station_id:uuid>/code", access=THE_KEEPERS, body=Nothing, rate="move", keyed=True
)
async def post_code(request: Request, station_id: UUID) -> HTTPResponse:
    """Make the station's own code, to be printed."""
    made = await stations.make_code(station_id, by=viewer(request), asked=replay_key(request))
    return see_other(f"/desk/codes/batches/{made.id}?done=codes_made")


@routes.post(
    f"{PATH}/<station_id:uuid>/close", access=THE_KEEPERS, body=Nothing, rate="move", keyed=True
)
async def post_close(request: Request, station_id: UUID) -> HTTPResponse:
    """It is there no more."""
    await stations.close(station_id, by=viewer(request), asked=replay_key(request))
    return see_other(f"{PATH}?done=station_closed")


async def _show_new(request: Request, place: str, before: Typed) -> HTTPResponse:
    ground = await places.find(found_id(place))
    if not stations.keeps_at(viewer(request), ground.path):
        raise NotFound
    return await show(
        request,
        "station_new.html",
        status=before.status,
        path=f"{PATH}/new?place={ground.id}",
        place_id=ground.id,
        place_name=ground.full_name,
        options=views.station_options(),
        lines=_lines(before, drawn=FEWEST_LINES),
        typed=closed_up(before, stations.MOST_HOURS),
    )


async def _show_one(request: Request, station_id: UUID, before: Typed) -> HTTPResponse:
    sheet = await views.station_sheet(station_id, viewer(request))
    return await show(
        request,
        "station.html",
        status=before.status,
        path=f"{PATH}/{station_id}",
        sheet=sheet,
        options=views.station_options(),
        lines=_lines(before, drawn=max(FEWEST_LINES, len(sheet.hours) + BLANK)),
        typed=closed_up(before, stations.MOST_HOURS) if before.values else _as_typed(sheet, before),
    )


def _lines(before: Typed, *, drawn: int) -> int:
    """How many lines of hours the form has: all that were filled in, whatever is kept by now."""
    filled = len(filled_lines(before, stations.MOST_HOURS))
    return min(stations.MOST_HOURS, max(drawn, filled))


def _as_typed(sheet: StationSheetShape, before: Typed) -> Typed:
    """What is kept of a station as if somebody had just typed it."""
    said = {
        "name": sheet.name,
        "kind": sheet.kind,
        "phone": sheet.phone,
        "facilities": " ".join(sheet.facilities),
        "days_off": "，".join(day.isoformat() for day in sheet.days_off),
        "lng": str(sheet.lng) if sheet.lng else "",
        "lat": str(sheet.lat) if sheet.lat else "",
    }
    return Typed(before.key, values=said, errors=before.errors)


def _sheet(sent: StationForm, form: Form) -> StationSheet:
    return StationSheet(
        name=sent.name,
        kind=sent.kind,
        phone=sent.phone,
        facilities=sent.facilities,
        hours=hours_of(form, stations.MOST_HOURS),
        days_off=[
            read_day(text, "days_off", HOW_DAYS) for text in _BETWEEN.split(sent.days_off) if text
        ],
        point=places.read_point(_degrees(sent.lng), _degrees(sent.lat))
        if sent.lng or sent.lat
        else None,
    )


def _degrees(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        detail = "经度和纬度请写数字，比如109.7853和39.6052；不知道就都空着。"
        raise Invalid(FieldError("lng", "not-a-point", detail)) from None
