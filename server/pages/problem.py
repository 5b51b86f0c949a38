"""What did not work, as a page: the sentence, what was typed, and the next thing to do."""

from urllib.parse import quote

from sanic import HTTPResponse, Request

from server.base.viewer import GUEST, Viewer
from server.codes import CodeRetired, CodeUnknown
from server.pages.drawing import came_from, face, here, own_address, show
from server.pages.rendering import Typed
from server.pages.retry import values_of
from server.web import Form, NotSignedIn, Problem, see_other, typed

SAID = ("text", "reason", "call", "spot", "phone")


async def draw_problem(request: Request, problem: Problem, error: BaseException) -> HTTPResponse:
    """The page of a problem; on to the sign-in where that is all that is missing."""
    if isinstance(error, NotSignedIn) and request.method == "GET":
        return see_other(f"/signin/staff?back={quote(here(request))}")
    if isinstance(error, CodeUnknown):
        return await show(request, "code_unknown.html", status=404, path="/", typed=Typed(""))
    if isinstance(error, CodeRetired):
        return await _retired(request, error)
    return await show(
        request,
        "problem.html",
        status=problem.status,
        path="/",
        signin=_signin(request, problem),
        title=_title(problem.status),
        sentence=problem.detail,
        said=_said(typed(request)),
        back=_back(request),
        reference=problem.instance.rpartition(":")[2] if problem.status >= 500 else "",
    )


def _title(status: int) -> str:
    words = face().words.entries
    known = words.get(f"problem.{status}")
    return known or words["problem.400" if status < 500 else "problem.500"]


def _signin(request: Request, problem: Problem) -> str:
    """Where to sign in, for a guest to whom more might be shown then."""
    reader: Viewer = getattr(request.ctx, "viewer", GUEST)
    hidden = problem.status in (401, 403) or problem.code == "case-unknown"
    if reader.account_id or not hidden:
        return ""
    way_back = here(request) if request.method == "GET" else came_from(request)
    return "/signin/staff" + (f"?back={quote(way_back)}" if way_back else "")


def _back(request: Request) -> str:
    """Where one was: what was posted is not to be posted again by going there."""
    if request.method in ("GET", "HEAD"):
        return ""
    form = typed(request)
    return own_address(form.first("back") if form else "", "") or came_from(request)


def _said(form: Form | None) -> str:
    """What was typed, so that it can be copied: nothing is lost with the page it stood on."""
    values = values_of(form) if form else {}
    return "\n".join(values[name].strip() for name in SAID if values.get(name, "").strip())


async def _retired(request: Request, error: CodeRetired) -> HTTPResponse:
    known = error.values
    return await show(
        request,
        "code_retired.html",
        status=410,
        path="/",
        place=known["place"],
        retired_on=known["retired_on"],
        who=f"{known['role_title']}{known['name']}",
        phone=known["phone"],
        successor=known["successor_token"],
    )
