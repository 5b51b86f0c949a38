"""Signing in: staff by name and password; in a demo as one of its people, with one press."""

from msgspec import Struct
from sanic import HTTPResponse, Request

from server import org, people
from server.base import clock
from server.base.errors import Failure, NotFound
from server.pages.drawing import own_address, show
from server.pages.entrance import enter
from server.pages.notes import done_words
from server.pages.rendering import Typed
from server.views.shapes import PersonaShape
from server.web import (
    Routes,
    enter_staff,
    forget_session,
    knock_of,
    parse,
    public,
    see_other,
    status_of,
    token_of,
)

routes = Routes(kind="page")
AT_THE_DOOR = public("nobody is signed in before signing in")
RESIDENT = "居民"


class StaffForm(Struct, frozen=True, kw_only=True):
    """A name, a password, a code for who has a second factor, and where to go on."""

    login: str = ""
    password: str = ""
    otp: str = ""
    back: str = ""


class DemoForm(Struct, frozen=True, kw_only=True):
    """Who of the demo to be, and where to go on."""

    persona: str = ""
    back: str = ""


@routes.get("/signin/staff", access=AT_THE_DOOR)
async def get_staff_signin(request: Request) -> HTTPResponse:
    """The form."""
    back = own_address(request.args.get("back", ""), "")
    return await _form(request, Typed(""), back)


@routes.post("/signin/staff", access=AT_THE_DOOR, body=StaffForm, rate="signin")
async def post_staff_signin(request: Request) -> HTTPResponse:
    """Sign in and go on; or the form again, with the name still in it."""
    sent = parse(request, StaffForm)
    back = own_address(sent.back, "")
    try:
        entered = await enter_staff(request, sent.login, sent.password, sent.otp)
    except Failure as wrong:
        field = "otp" if isinstance(wrong, people.OtpNeeded | people.OtpRefused) else "password"
        typed = Typed("", values={"login": sent.login}, errors={field: wrong.detail})
        return await _form(request, typed, back, status_of(wrong))
    return await enter(request, entered, back)


@routes.post("/signin/demo", access=AT_THE_DOOR, body=DemoForm, rate="signin")
async def post_demo_signin(request: Request) -> HTTPResponse:
    """Be one of the demo's people."""
    if not request.app.ctx.settings.demo:
        raise NotFound
    sent = parse(request, DemoForm)
    entered = await people.sign_in_demo(sent.persona, knock=knock_of(request))
    return await enter(request, entered, own_address(sent.back, ""))


@routes.post("/signout", access=AT_THE_DOOR, rate="signin")
async def post_signout(request: Request) -> HTTPResponse:
    """Sign out, here at once."""
    if token := token_of(request):
        await people.end_session(token)
    response = see_other("/")
    forget_session(request, response)
    return response


async def personas(request: Request) -> list[PersonaShape]:
    """Whom a visitor may be; nobody outside a demo."""
    if not request.app.ctx.settings.demo:
        return []
    return [
        PersonaShape(key=one.key, name=one.name, role_title=await _title(one))
        for one in await people.personas()
    ]


async def _title(one: people.Persona) -> str:
    posts = await org.posts_of(one.account_id, clock.now())
    return posts[0].role_title if posts else RESIDENT


async def _form(request: Request, typed: Typed, back: str, status: int = 200) -> HTTPResponse:
    offered = await personas(request)
    return await show(
        request, "signin_staff.html", status=status, path="/signin/staff",
        typed=typed, back=back, personas=offered, notice=done_words(request),
    )  # fmt: skip
