"""排班: the roster of a unit, on the desk and on paper; and what a town lacks on its first day."""

import re
from uuid import UUID

from sanic import HTTPResponse, Request

from server import rosters, views
from server.base import clock
from server.base.ids import id_in
from server.pages.codes import unfit_address
from server.pages.drawing import show
from server.pages.notes import done_words
from server.web import Nothing, Routes, see_other, staff, viewer

routes = Routes(kind="page")
PATH = "/desk/roster"
_NUMBER = re.compile(r"[0-9]{1,6}")


@routes.get(PATH, access=staff())
async def get_roster(request: Request) -> HTTPResponse:
    """Everybody's posts in one unit."""
    card = await views.roster_card(viewer(request), _unit(request))
    return await show(request, "roster.html", card=card, notice=done_words(request))


@routes.get(f"{PATH}/sheet", access=staff())
async def get_roster_sheet(request: Request) -> HTTPResponse:
    """The same for the wall."""
    card = await views.roster_card(viewer(request), _unit(request))
    return await show(request, "roster_sheet.html", card=card, printed_at=clock.now())


@routes.post(
    f"{PATH}/leave/<leave_id:uuid>/back",
    access=staff(),
    body=Nothing,
    rate="move",
)
async def post_leave_back(request: Request, leave_id: UUID) -> HTTPResponse:
    """Somebody below is back, or does not go."""
    await rosters.take_back(leave_id, by=viewer(request))
    return see_other(f"{PATH}?done=leave_back")


@routes.get("/desk/first-day", access=staff(*rosters.FIRST_DAY_ROLES))
async def get_first_day(request: Request) -> HTTPResponse:
    """What is still missing before residents can scan; with ?step=… everything one step lacks."""
    skip = _skipped(request)
    key = request.args.get("step", "")
    step = await views.first_day_step(viewer(request), key, skip=skip) if key else None
    if step is not None:
        return await show(request, "first_day_step.html", step=step, skip=skip)
    steps = await views.first_day(viewer(request))
    return await show(request, "first_day.html", steps=steps, address=unfit_address(request))


def _skipped(request: Request) -> int:
    """How many were named already, from ?skip=…; none for what is no such number."""
    said = request.args.get("skip", "")
    return int(said) if _NUMBER.fullmatch(said) else 0


def _unit(request: Request) -> UUID | None:
    """The unit asked for; what is no id is no unit, so one's own."""
    return id_in(request.args.get("unit", ""))
