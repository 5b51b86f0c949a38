"""电话回访: the residents to ring up; one of them with her number, and what became of the call."""

from dataclasses import replace

from sanic import HTTPResponse, Request

from server import views
from server.flows import CALLER_ROLES, CALLS
from server.pages.drawing import face, new_key, show
from server.pages.moves import move_forms
from server.pages.notes import done_words
from server.pages.rendering import Typed
from server.web import Nothing, Routes, staff, viewer

routes = Routes(kind="page")
PATH = "/callbacks"
HEARD = "answer_by_phone"
THE_CALLERS = staff(*CALLER_ROLES)


@routes.get(PATH, access=THE_CALLERS)
async def get_callbacks(request: Request) -> HTTPResponse:
    """Whom to ring up, the soonest to end in silence first."""
    found = await views.calls_to_make(viewer(request), after=request.args.get("after") or None)
    return await show(request, "callbacks.html", list=found, notice=done_words(request))


@routes.post(f"{PATH}/<number>", access=THE_CALLERS, body=Nothing, rate="move")
async def post_call(request: Request, number: str) -> HTTPResponse:
    """One resident with her number, shown for this call, and a form for each way it can go.

    Posted, so that no link, no reload and no history shows a number by itself.
    """
    call = await views.call(number, viewer(request))
    case = await views.case_page(number, viewer(request))
    forms = move_forms(case, face().words, Typed(new_key()))
    ways = [replace(form, main=form.key == HEARD) for form in forms if form.key in CALLS]
    return await show(
        request,
        "call.html",
        path=PATH,
        call=call,
        case=case,
        forms=sorted(ways, key=lambda form: not form.main),
    )
