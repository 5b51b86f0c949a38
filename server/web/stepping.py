"""Raising a session on the way: a page's form may carry a code, and goes on where it was going."""

from dataclasses import replace

from sanic import Request

from server import people
from server.base.viewer import Viewer
from server.web.access import Access, StepUpNeeded
from server.web.entering import knock_of
from server.web.forms import Form
from server.web.who import bearer, token_of

CODE_FIELD = "step_up_code"


async def let_in(request: Request, access: Access, viewer: Viewer) -> Viewer:
    """The viewer if they may call this; raised where that alone lacked and their form brought a
    code along. Raises what `access.check` and `raise_session` raise.
    """
    try:
        access.check(viewer)
        return viewer
    except StepUpNeeded:
        form: Form | None = getattr(request.ctx, "form", None)
        code = form.first(CODE_FIELD) if form else ""
        if not code:
            raise
    raised = await raise_session(request, viewer, code)
    return replace(viewer, raised_until=raised.until)


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
