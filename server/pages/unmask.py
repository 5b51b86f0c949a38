"""See what a raiser left, in clear, from the page of the case: say why, see it once."""

from msgspec import Struct
from sanic import HTTPResponse, Request

from server import cases, views
from server.base.errors import Failure
from server.pages.cases import UNMASK, show_case
from server.pages.drawing import new_key
from server.pages.rendering import Typed
from server.pages.retry import refused
from server.views.case_shapes import Unmasked
from server.web import (
    UNMASKING,
    Routes,
    parse,
    replay_key,
    request_number,
    viewer,
)

routes = Routes(kind="page")
FIELDS = ("field", "reason")


class UnmaskForm(Struct, frozen=True, kw_only=True):
    """Which value, and why."""

    field: str = ""
    reason: str = ""


@routes.post("/cases/<number>/unmask", access=UNMASKING, body=UnmaskForm, rate="move", keyed=True)
async def post_unmask(request: Request, number: str) -> HTTPResponse:
    """The page with the value on it, this once; or with what is wrong beside the form."""
    sent = parse(request, UnmaskForm)
    try:
        opened = await cases.unmask(
            number,
            sent.field,
            reason=sent.reason,
            by=viewer(request),
            asked=replay_key(request),
            request=request_number(request),
        )
    except Failure as wrong:
        before = refused(request, FIELDS, wrong, move=UNMASK)
        return await show_case(request, await views.case_page(number, viewer(request)), before)
    return await show_case(
        request,
        await views.case_page(number, viewer(request)),
        Typed(new_key()),
        opened=Unmasked(field=sent.field, value=opened.value, left_today=opened.left),
    )
