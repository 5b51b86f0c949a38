"""What did not work, as a page: the sentence, what was typed, and the next thing to do."""

from urllib.parse import quote, urlsplit

from sanic import HTTPResponse, Request

from server import people
from server.base.errors import Failure, Invalid
from server.base.viewer import GUEST, Viewer
from server.codes import CodeRetired, CodeUnknown
from server.pages.drawing import came_from, face, here, own_address, show
from server.pages.factor import show_step_up
from server.pages.rendering import Typed
from server.pages.retry import values_of
from server.web import (
    Form,
    NotSignedIn,
    Problem,
    StepUpNeeded,
    declaration_of,
    see_other,
    status_of,
    typed,
)
from server.web.stepping import AGREED_FIELD, CODE_FIELD

# Where only a second factor lacks, or the one that came along was no good.
_ASKS_FOR_CODE = (StepUpNeeded, people.OtpRefused, people.OtpMissing, people.LockedOut)
# The page a form was on, kept while the code is asked for; a file that comes then changes no page.
BACK_FIELD = "step_up_back"
SAID = (
    *("title", "name", "text", "reason", "call", "spot", "phone"),
    *("uscc", "license_short", "days_off"),
)


async def draw_problem(request: Request, problem: Problem, error: BaseException) -> HTTPResponse:
    """The page of a problem; on to the sign-in where that is all that is missing."""
    if isinstance(error, NotSignedIn) and request.method == "GET":
        return see_other(f"/signin?back={quote(here(request))}")
    if isinstance(error, _ASKS_FOR_CODE) and _takes_code(request):
        return await _step_up(request, error)
    if isinstance(error, people.ConsentNeeded) and (form := typed(request)) is not None:
        return await _ask_to_agree(request, form)
    if isinstance(error, CodeUnknown):
        said = _said(typed(request))
        return await show(
            request, "code_unknown.html", status=404, path="/", typed=Typed(""), said=said
        )
    if isinstance(error, CodeRetired):
        return await _retired(request, error)
    return await show(
        request,
        "problem.html",
        status=problem.status,
        path="/",
        signin=_signin(request, problem),
        title=_title(problem.status),
        sentence=_sentence(problem, error),
        said=_said(typed(request)),
        back=_back(request),
        reference=problem.instance.rpartition(":")[2] if problem.status >= 500 else "",
    )


def _takes_code(request: Request) -> bool:
    """Whether what was asked for is open only to a raised session."""
    said = declaration_of(request)
    return said is not None and said.access.stepped_up


async def _step_up(request: Request, error: Failure) -> HTTPResponse:
    """Ask for the code, then go on: to a page, or with everything that was sent in a form."""
    form = typed(request)
    if form is None:
        return see_other(f"/step-up?back={quote(here(request))}")
    kept = {name: words for name, words in form.words.items() if name != CODE_FIELD}
    back = own_address(form.first(BACK_FIELD), "") or _back(request)
    said = declaration_of(request)
    return await show_step_up(
        request,
        action=here(request),
        kept=kept | {BACK_FIELD: [back]} if back else kept,
        wrong=None if isinstance(error, StepUpNeeded) else error,
        status=status_of(error),
        back=back,
        is_file=said is not None and said.rate == "export",
    )


async def _ask_to_agree(request: Request, form: Form) -> HTTPResponse:
    """Ask for it, then go on with everything that was sent."""
    kept = {name: words for name, words in form.words.items() if name != AGREED_FIELD}
    return await show(
        request,
        "consent.html",
        status=403,
        path="/me",
        action=here(request),
        carried=kept,
        field=AGREED_FIELD,
        version=people.NOTICE,
        back=_back(request),
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
    return "/signin" + (f"?back={quote(way_back)}" if way_back else "")


def _sentence(problem: Problem, error: BaseException) -> str:
    """What is wrong; where nothing can be put right beside its field, the field's own words."""
    if isinstance(error, Invalid) and error.fields:
        return "".join(dict.fromkeys(one.detail for one in error.fields))
    return problem.detail


def _back(request: Request) -> str:
    """Where one was: what was posted is not to be posted again by going there."""
    if request.method in ("GET", "HEAD"):
        before = came_from(request)
        return "" if urlsplit(before).path == request.path else before
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
        ended_for=known["ended_for"],
        said=_said(typed(request)),
    )
