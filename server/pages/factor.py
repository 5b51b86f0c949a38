"""Staff and their door: the password, the second factor, and raising a session by it."""

from collections.abc import Mapping
from uuid import UUID

from msgspec import Struct
from sanic import HTTPResponse, Request

from server import people
from server.base.errors import Failure
from server.base.viewer import Viewer
from server.pages.drawing import face, own_address, show
from server.pages.notes import done_words
from server.pages.qr import qr
from server.pages.rendering import Typed
from server.pages.retry import errors_of
from server.web import (
    Nothing,
    Routes,
    forget_session,
    knock_of,
    parse,
    raise_session,
    see_other,
    staff,
    status_of,
    viewer,
)
from server.web.stepping import CODE_FIELD

routes = Routes(kind="page")
PASSWORD_GONE = "/signin/staff?done=password"


class PasswordForm(Struct, frozen=True, kw_only=True):
    """The old password and the new one."""

    old: str = ""
    new: str = ""


class BeginForm(Struct, frozen=True, kw_only=True):
    """The password once more, before a second factor is set up."""

    password: str = ""


class OtpForm(Struct, frozen=True, kw_only=True):
    """The first code of the new second factor."""

    otp: str = ""


class StepUpForm(Struct, frozen=True, kw_only=True):
    """A code of the second factor, and where to go on."""

    step_up_code: str = ""
    back: str = ""


@routes.get("/me/password", access=staff())
async def get_password(request: Request) -> HTTPResponse:
    """The form."""
    return await show(request, "password.html", typed=Typed(""))


@routes.post("/me/password", access=staff(), body=PasswordForm, rate="signin")
async def post_password(request: Request) -> HTTPResponse:
    """Change it, and sign out everywhere; or the form again."""
    sent = parse(request, PasswordForm)
    try:
        await people.change_password(_account(request), sent.old, sent.new, knock=knock_of(request))
    except Failure as wrong:
        errors = errors_of(wrong, ("old", "new"))
        typed = Typed("", errors={name or "old": text for name, text in errors.items()})
        return await show(request, "password.html", status=status_of(wrong), typed=typed)
    response = see_other(PASSWORD_GONE)
    forget_session(request, response)
    return response


@routes.get("/me/otp", access=staff())
async def get_otp(request: Request) -> HTTPResponse:
    """How it stands with the second factor; where one is being set up, its QR."""
    return await _otp_page(request, Typed(""))


@routes.post("/me/otp", access=staff(), body=BeginForm, rate="signin")
async def post_otp(request: Request) -> HTTPResponse:
    """Begin to set up the first one, by the password."""
    account = await people.own_account(viewer(request))
    if await people.has_otp(account.id):
        return see_other("/me/otp")
    try:
        if account.has_password:
            password = parse(request, BeginForm).password
            await people.check_password(account.id, password, knock=knock_of(request))
    except Failure as wrong:
        typed = Typed("", errors={"password": wrong.detail})
        return await _otp_page(request, typed, status_of(wrong))
    await people.begin_otp(account.id, _label(account))
    return see_other("/me/otp")


@routes.post("/me/otp/replace", access=staff(stepped_up=True), body=Nothing, rate="own")
async def post_otp_replace(request: Request) -> HTTPResponse:
    """Begin to set up another, by the one there is; it counts until the new one is confirmed."""
    account = await people.own_account(viewer(request))
    await people.begin_otp(account.id, _label(account))
    return see_other("/me/otp")


@routes.post("/me/otp/confirm", access=staff(), body=OtpForm, rate="signin")
async def post_otp_confirm(request: Request) -> HTTPResponse:
    """The first right code: it counts from now on, and here are ten codes for paper."""
    try:
        paper = await people.confirm_otp(_account(request), parse(request, OtpForm).otp)
    except Failure as wrong:
        typed = Typed("", errors={"otp": wrong.detail})
        return await _otp_page(request, typed, status_of(wrong))
    return await show(request, "paper_codes.html", path="/me/otp", codes=paper)


@routes.post("/me/otp/cancel", access=staff(), body=Nothing, rate="own")
async def post_otp_cancel(request: Request) -> HTTPResponse:
    """Leave things as they were before it was begun."""
    await people.drop_pending_otp(_account(request))
    return see_other("/me/otp")


@routes.post("/me/otp/paper", access=staff(stepped_up=True), body=Nothing, rate="own")
async def post_otp_paper(request: Request) -> HTTPResponse:
    """Ten new codes for paper; the old ones open nothing any more."""
    paper = await people.renew_paper_codes(_account(request))
    return await show(request, "paper_codes.html", path="/me/otp", codes=paper)


@routes.post("/me/otp/remove", access=staff(stepped_up=True), body=Nothing, rate="own")
async def post_otp_remove(request: Request) -> HTTPResponse:
    """No second factor any more: what asks for one is closed until there is one again."""
    await people.remove_otp(_account(request))
    return see_other("/me/otp?done=otp_removed")


@routes.get("/step-up", access=staff())
async def get_step_up(request: Request) -> HTTPResponse:
    """Asks for a code, then goes on to where one was going."""
    back = own_address(request.args.get("back", ""), "/me")
    return await show_step_up(request, action="/step-up", kept={"back": [back]})


@routes.post("/step-up", access=staff(), body=StepUpForm, rate="signin")
async def post_step_up(request: Request) -> HTTPResponse:
    """Raise the session and go on; or the form again."""
    sent = parse(request, StepUpForm)
    back = own_address(sent.back, "/me")
    try:
        await raise_session(request, viewer(request), sent.step_up_code)
    except Failure as wrong:
        kept = {"back": [back]}
        return await show_step_up(request, action="/step-up", kept=kept, wrong=wrong)
    return see_other(back)


async def show_step_up(
    request: Request,
    *,
    action: str,
    kept: Mapping[str, list[str]],
    wrong: Failure | None = None,
    status: int = 200,
    back: str = "",
    is_file: bool = False,
) -> HTTPResponse:
    """The page that asks for a code; its form carries on what was `kept` and goes to `action`.

    `back` is the page one was on; what comes after the code may be a file, and this page stays.
    """
    errors = {CODE_FIELD: wrong.detail} if wrong else {}
    account_id = _account(request)
    shown = await people.demo_otp(account_id) if request.app.ctx.settings.demo else ""
    return await show(
        request,
        "step_up.html",
        status=status_of(wrong) if wrong else status,
        path="/me",
        action=action,
        carried=kept,
        typed=Typed("", errors=errors),
        has_otp=await people.has_otp(account_id),
        shown=shown,
        back=back,
        is_file=is_file,
    )


async def _otp_page(request: Request, typed: Typed, status: int = 200) -> HTTPResponse:
    account = await people.own_account(viewer(request))
    pending = await people.pending_otp(account.id, _label(account))
    return await show(
        request,
        "otp.html",
        status=status,
        path="/me/otp",
        typed=typed,
        has_otp=await people.has_otp(account.id),
        has_password=account.has_password,
        paper_left=await people.paper_codes_left(account.id),
        pending=pending,
        qr=qr(pending.address, face().words.plain("otp.qr")) if pending else "",
        notice=done_words(request),
    )


def _label(account: people.OwnAccount) -> str:
    """What the app calls this account among its others."""
    return account.login or account.name


def _account(request: Request) -> UUID:
    reader: Viewer = viewer(request)
    assert reader.account_id is not None
    return reader.account_id
