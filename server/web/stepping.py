"""What may be made good on the way: a page's form may carry a code that raises the session, or the
version of the privacy notice that was agreed to, and goes on where it was going.
"""

from dataclasses import replace

from sanic import Request

from server import people
from server.base.viewer import Viewer
from server.web.access import Access, StepUpNeeded
from server.web.entering import knock_of
from server.web.forms import Form
from server.web.who import bearer, token_of

CODE_FIELD = "step_up_code"
AGREED_FIELD = "agreed_version"


async def let_in(request: Request, access: Access, viewer: Viewer) -> Viewer:
    """The viewer if they may call this; raised where that alone lacked and their form brought a
    code along. Raises what `access.check` and `raise_session` raise, and ConsentNeeded.
    """
    if access.agreed:
        await _agree(request, viewer)
    try:
        access.check(viewer)
        return viewer
    except StepUpNeeded:
        code = _brought(request, CODE_FIELD)
        if not code:
            raise
    raised = await raise_session(request, viewer, code)
    return replace(viewer, raised_until=raised.until)


async def _agree(request: Request, viewer: Viewer) -> None:
    """Take the agreement a form brought along, where one lacks; raises ConsentNeeded."""
    if viewer.account_id is None or not await people.is_to_agree(viewer.account_id):
        return
    if _brought(request, AGREED_FIELD) != str(people.NOTICE):
        raise people.ConsentNeeded
    await people.agree(viewer.account_id, people.NOTICE)


def _brought(request: Request, field: str) -> str:
    form: Form | None = getattr(request.ctx, "form", None)
    return form.first(field) if form else ""


async def raise_session(request: Request, viewer: Viewer, code: str) -> people.Raised:
    """Raise the session this was asked in; a browser is given its new token with the answer.

    Raises OtpMissing, OtpRefused, or LockedOut after too many wrong codes.
    """
    token = token_of(request)
    assert viewer.account_id is not None
    assert token is not None
    raised = await people.step_up(viewer.account_id, token, code, knock=knock_of(request))
    if bearer(request) is None:
        request.ctx.new_token = raised.token
    return raised
