"""Signing in and out. A guest needs none of it."""

from sanic import HTTPResponse, Request

from miniapp_api.bodies import DemoBody, PhoneBody, PhoneCodeBody, StaffBody
from server import org, people, sms
from server.base import clock
from server.base.errors import NotFound
from server.views.shapes import AccountShape, PersonaList, PersonaShape, SignedIn
from server.web import (
    SIGNED_IN,
    Routes,
    answer,
    forget_session,
    nothing,
    parse,
    public,
    token_of,
)

routes = Routes("/m/v1")
AT_THE_DOOR = public("nobody is signed in before signing in")


@routes.get("/session/demo", access=AT_THE_DOOR, gives=PersonaList)
async def get_personas(request: Request) -> HTTPResponse:
    """Whom a visitor of the demo may be."""
    _demo_only(request)
    shapes = [await _persona(each) for each in await people.personas()]
    return answer(PersonaList(personas=shapes))


@routes.post("/session/demo", access=AT_THE_DOOR, rate="signin", body=DemoBody, gives=SignedIn)
async def post_demo_session(request: Request) -> HTTPResponse:
    """Be one of the demo's personas."""
    _demo_only(request)
    return await _signed_in(await people.sign_in_demo(parse(request, DemoBody).persona))


@routes.post("/session/staff", access=AT_THE_DOOR, rate="signin", body=StaffBody, gives=SignedIn)
async def post_staff_session(request: Request) -> HTTPResponse:
    """Sign in by name and password."""
    body = parse(request, StaffBody)
    return await _signed_in(await people.sign_in_staff(body.login, body.password))


@routes.post("/session/phone/code", access=AT_THE_DOOR, rate="signin", body=PhoneCodeBody)
async def post_phone_code(request: Request) -> HTTPResponse:
    """Ask for a code by SMS; no SMS provider is connected yet."""
    raise sms.SmsNotConfigured(retry_after_s=3600)


@routes.post("/session/phone", access=AT_THE_DOOR, rate="signin", body=PhoneBody, gives=SignedIn)
async def post_phone_session(request: Request) -> HTTPResponse:
    """Sign in by a code sent by SMS; no SMS provider is connected yet."""
    raise sms.SmsNotConfigured(retry_after_s=3600)


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
