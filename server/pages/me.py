"""我的账号: what is kept of me; correct it, copy it, see where I am signed in, and go."""

from uuid import UUID

from msgspec import Struct
from sanic import HTTPResponse, Request

from server import notices, people, privacy, views
from server.base import clock
from server.base.errors import Failure
from server.pages.drawing import show
from server.pages.homes import TO_RESIDENTS
from server.pages.notes import done_words
from server.pages.rendering import Typed
from server.pages.retry import errors_of
from server.privacy import CopyQuery
from server.web import (
    AGREED,
    SIGNED_IN,
    Nothing,
    Routes,
    file,
    forget_session,
    knock_of,
    parse,
    parse_query,
    see_other,
    status_of,
    viewer,
)

routes = Routes(kind="page")


class NameForm(Struct, frozen=True, kw_only=True):
    """What to be called; nothing is an answer too."""

    name: str = ""


class PhoneForm(Struct, frozen=True, kw_only=True):
    """The new number, and once a code was sent to it, the code."""

    phone: str = ""
    code: str = ""
    ask: str = ""


class ConsentForm(Struct, frozen=True, kw_only=True):
    """The version of the privacy notice that was read."""

    version: int = 0


@routes.get("/me", access=SIGNED_IN)
async def get_me(request: Request) -> HTTPResponse:
    """One's own account; whoever looks has read what it tells of homes."""
    await notices.mark_texts_read(viewer(request), TO_RESIDENTS, at=clock.now())
    return await _page(request, Typed(""))


@routes.post("/me/name", access=AGREED, body=NameForm, rate="own")
async def post_name(request: Request) -> HTTPResponse:
    """Another name."""
    name = parse(request, NameForm).name
    try:
        await people.change_name(viewer(request), name)
    except Failure as wrong:
        typed = Typed("", {"name": name}, errors_of(wrong, {"name"}))
        return await _page(request, typed, status_of(wrong))
    return see_other("/me?done=name")


@routes.post("/me/phone/code", access=AGREED, body=PhoneForm, rate="signin")
async def post_phone_code(request: Request) -> HTTPResponse:
    """Send a code to the new number and ask for it."""
    phone = parse(request, PhoneForm).phone
    try:
        asked = await people.ask_phone_change(viewer(request), phone, knock=knock_of(request))
    except Failure as wrong:
        typed = Typed("", {"phone": phone}, errors_of(wrong, {"phone"}))
        return await _page(request, typed, status_of(wrong))
    return await _page(request, Typed("", {"phone": asked.phone}), ask=asked.ask)


@routes.post("/me/phone", access=AGREED, body=PhoneForm, rate="signin")
async def post_phone(request: Request) -> HTTPResponse:
    """Sign in by the new number from now on."""
    sent = parse(request, PhoneForm)
    try:
        await people.change_phone(viewer(request), sent.phone, sent.code, sent.ask)
    except Failure as wrong:
        typed = Typed("", {"phone": sent.phone, "code": sent.code}, {"code": wrong.detail})
        return await _page(request, typed, status_of(wrong), ask=sent.ask)
    return see_other("/me?done=phone")


@routes.post("/me/sessions/<session_id:uuid>/end", access=SIGNED_IN, body=Nothing, rate="own")
async def post_session_end(request: Request, session_id: UUID) -> HTTPResponse:
    """Sign out somewhere else."""
    await people.end_own_session(session_id, viewer(request))
    return see_other("/me?done=session")


@routes.post("/me/sessions/end", access=SIGNED_IN, body=Nothing, rate="own")
async def post_sessions_end(request: Request) -> HTTPResponse:
    """Sign out everywhere else."""
    await people.end_other_sessions(viewer(request))
    return see_other("/me?done=sessions")


@routes.post("/me/consent", access=SIGNED_IN, body=ConsentForm, rate="own")
async def post_consent(request: Request) -> HTTPResponse:
    """Agree to the privacy notice as it was read."""
    account_id = viewer(request).account_id
    assert account_id is not None
    await people.agree(account_id, parse(request, ConsentForm).version)
    return see_other("/me?done=consent")


@routes.post("/me/consent/withdraw", access=SIGNED_IN, body=Nothing, rate="own")
async def post_consent_withdraw(request: Request) -> HTTPResponse:
    """Take consent back, as easily as it was given; whoever does is signed out everywhere."""
    await people.take_consent_back(viewer(request))
    response = see_other("/?done=consent_back")
    forget_session(request, response)
    return response


@routes.get("/me/export", access=SIGNED_IN, query=CopyQuery, rate="export")
async def get_export(request: Request) -> HTTPResponse:
    """A copy of everything, to keep."""
    asked = parse_query(request, CopyQuery)
    return file(*await privacy.as_file(await privacy.copy_of(viewer(request)), asked))


async def _page(
    request: Request, typed: Typed, status: int = 200, *, ask: str = ""
) -> HTTPResponse:
    return await show(
        request,
        "me.html",
        status=status,
        path="/me",
        me=await views.me(viewer(request)),
        typed=typed,
        ask=ask,
        notice=done_words(request),
    )
