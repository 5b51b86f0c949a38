"""注销账号: what goes and what stays, said before it is done."""

from msgspec import Struct
from sanic import HTTPResponse, Request

from server import people, privacy
from server.pages.drawing import show
from server.pages.rendering import Typed
from server.web import SIGNED_IN, Routes, forget_session, parse, see_other, viewer

routes = Routes(kind="page")
UNSURE = "请先勾选，确认您知道注销以后不能恢复。"


class EraseForm(Struct, frozen=True, kw_only=True):
    """That it is meant."""

    sure: str = ""


@routes.get("/me/erase", access=SIGNED_IN)
async def get_erase(request: Request) -> HTTPResponse:
    """What it means, and the button."""
    await _residents_only(request)
    return await show(request, "erase.html", typed=Typed(""))


@routes.post("/me/erase", access=SIGNED_IN, body=EraseForm, rate="own")
async def post_erase(request: Request) -> HTTPResponse:
    """Erase the account, here and in every case."""
    await _residents_only(request)
    if not parse(request, EraseForm).sure:
        typed = Typed("", errors={"sure": UNSURE})
        return await show(request, "erase.html", status=422, path="/me/erase", typed=typed)
    await privacy.erase(viewer(request))
    response = see_other("/?done=erased")
    forget_session(request, response)
    return response


async def _residents_only(request: Request) -> None:
    if (await people.own_account(viewer(request))).kind != "resident":
        raise people.StaffAccount
