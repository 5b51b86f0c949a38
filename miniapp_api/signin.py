"""Signing in and out. A guest needs none of it."""

from sanic import HTTPResponse, Request

from miniapp_api.bodies import DemoBody, PhoneBody, PhoneCodeBody, StaffBody, StepUpBody
from server import org, people
from server.base import clock
from server.base.errors import NotFound
from server.views import code_asked
from server.views.me_shapes import CodeAsked, SteppedUp
from server.views.shapes import AccountShape, PersonaList, PersonaShape, SignedIn
from server.web import (
    SIGNED_IN,
    Routes,
    answer,
    enter_staff,
    forget_session,
    knock_of,
    nothing,
    parse,
    public,
    raise_session,
    staff,
    token_of,
    viewer,
)

routes = Routes("/m/v1")
AT_THE_DOOR = public("nobody is signed in before signing in")


@routes.get("/session/demo", access=AT_THE_DOOR, gives=PersonaList, refuses=(404,))
async def get_personas(request: Request) -> HTTPResponse:
    """Whom a visitor of the demo may be."""
    _demo_only(request)
    shapes = [await _persona(each) for each in await people.personas()]
    return answer(PersonaList(personas=shapes))


@routes.post(
    "/session/demo",
    access=AT_THE_DOOR,
    rate="signin",
    body=DemoBody,
    gives=SignedIn,
    refuses=(404,),
)
async def post_demo_session(request: Request) -> HTTPResponse:
    """Be one of the demo's personas."""
    _demo_only(request)
    persona = parse(request, DemoBody).persona
    return await _signed_in(await people.sign_in_demo(persona, knock=knock_of(request)))


@routes.post("/session/staff", access=AT_THE_DOOR, rate="signin", body=StaffBody, gives=SignedIn)
async def post_staff_session(request: Request) -> HTTPResponse:
    """Sign in by name and password, and `otp` where the account has a second factor."""
    body = parse(request, StaffBody)
    return await _signed_in(await enter_staff(request, body.login, body.password, body.otp))


@routes.post(
    "/session/phone/code", access=AT_THE_DOOR, rate="signin", body=PhoneCodeBody, gives=CodeAsked
)
async def post_phone_code(request: Request) -> HTTPResponse:
    """Ask for a code by SMS; the same answer whether the number has an account or not."""
    body = parse(request, PhoneCodeBody)
    asked = await people.ask_code(body.phone, knock=knock_of(request), bound=body.bound)
    return answer(code_asked(asked))


@routes.post("/session/phone", access=AT_THE_DOOR, rate="signin", body=PhoneBody, gives=SignedIn)
async def post_phone_session(request: Request) -> HTTPResponse:
    """Sign in by a code sent by SMS; the first time, an account is opened."""
    body = parse(request, PhoneBody)
    entered = await people.sign_in_phone(
        body.phone, body.code, body.ask, knock=knock_of(request), agreed_to=body.consent
    )
    return await _signed_in(entered)


@routes.post("/session/step-up", access=staff(), rate="signin", body=StepUpBody, gives=SteppedUp)
async def post_step_up(request: Request) -> HTTPResponse:
    """Raise this session for ten minutes by a second factor. Its token changes."""
    body = parse(request, StepUpBody)
    raised = await raise_session(request, viewer(request), body.otp)
    return answer(SteppedUp(token=raised.token, raised_until=raised.until))


@routes.delete("/session", access=SIGNED_IN, rate="signin", status=204)
async def delete_session(request: Request) -> HTTPResponse:
    """Sign out, here at once."""
    response = nothing()
    if token := token_of(request):
        await people.end_session(token)
    forget_session(request, response)
    return response


def _demo_only(request: Request) -> None:
    if not request.app.ctx.settings.demo:
        raise NotFound


async def _persona(one: people.Persona) -> PersonaShape:
    posts = await org.posts_of(one.account_id, clock.now())
    title = posts[0].role_title if posts else "居民"
    return PersonaShape(key=one.key, name=one.name, role_title=title)


async def _signed_in(entered: people.SignIn) -> HTTPResponse:
    posts = await org.posts_of(entered.account_id, clock.now())
    roles = sorted({post.role for post in posts})
    account = AccountShape(id=entered.account_id, name=entered.name, roles=roles)
    return answer(SignedIn(token=entered.token, account=account))
