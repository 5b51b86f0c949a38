"""登录: residents by a code sent to their phone. Offered only where messages can be sent."""

from urllib.parse import quote

from msgspec import Struct
from sanic import HTTPResponse, Request

from server import people, sms
from server.base.errors import Failure
from server.pages.drawing import own_address, show
from server.pages.entrance import enter
from server.pages.rendering import Typed
from server.pages.retry import errors_of
from server.pages.signin import AT_THE_DOOR
from server.web import Routes, knock_of, parse, see_other, status_of

routes = Routes(kind="page")
UNAGREED = "请先看一看《您的信息，我们怎么用》，同意了再登录。不登录也能上报。"


class AskForm(Struct, frozen=True, kw_only=True):
    """The number a code is to be sent to, and where to go on."""

    phone: str = ""
    back: str = ""


class CodeForm(Struct, frozen=True, kw_only=True):
    """The number, the code, what was handed out with it, and that the notice was agreed to."""

    phone: str = ""
    code: str = ""
    ask: str = ""
    agree: str = ""
    back: str = ""


@routes.get("/signin", access=AT_THE_DOOR)
async def get_signin(request: Request) -> HTTPResponse:
    """The number; without a provider of messages there is the staff's door alone."""
    back = own_address(request.args.get("back", ""), "")
    if not sms.is_configured():
        return see_other("/signin/staff" + (f"?back={quote(back)}" if back else ""))
    return await _phone_step(request, Typed(""), back)


@routes.post("/signin/code", access=AT_THE_DOOR, body=AskForm, rate="signin")
async def post_signin_code(request: Request) -> HTTPResponse:
    """Send a code and ask for it; or the number again, with what is wrong."""
    sent = parse(request, AskForm)
    back = own_address(sent.back, "")
    try:
        asked = await people.ask_code(sent.phone, knock=knock_of(request))
    except Failure as wrong:
        typed = Typed("", {"phone": sent.phone}, _beside(wrong, "phone"))
        return await _phone_step(request, typed, back, status_of(wrong))
    return await _code_step(request, Typed("", {"phone": asked.phone}), asked.ask, back)


@routes.post("/signin", access=AT_THE_DOOR, body=CodeForm, rate="signin")
async def post_signin(request: Request) -> HTTPResponse:
    """Sign in and go on; or the code again, with what is wrong."""
    sent = parse(request, CodeForm)
    back = own_address(sent.back, "")
    values = {"phone": sent.phone, "code": sent.code, "agree": sent.agree}
    if not sent.agree:
        typed = Typed("", values, {"agree": UNAGREED})
        return await _code_step(request, typed, sent.ask, back, 422)
    try:
        entered = await people.sign_in_phone(
            sent.phone, sent.code, sent.ask, knock=knock_of(request), agreed_to=people.NOTICE
        )
    except Failure as wrong:
        typed = Typed("", values, _beside(wrong, "code"))
        return await _code_step(request, typed, sent.ask, back, status_of(wrong))
    return await enter(request, entered, back)


def _beside(wrong: Failure, field: str) -> dict[str, str]:
    """What is wrong, beside the one field there is."""
    found = errors_of(wrong, {field})
    return {name or field: text for name, text in found.items()}


async def _phone_step(request: Request, typed: Typed, back: str, status: int = 200) -> HTTPResponse:
    return await show(
        request, "signin.html", status=status, path="/signin", typed=typed, back=back, ask=""
    )


async def _code_step(
    request: Request, typed: Typed, ask: str, back: str, status: int = 200
) -> HTTPResponse:
    return await show(
        request, "signin.html", status=status, path="/signin", typed=typed, back=back, ask=ask
    )
