"""Every way to fail, as people and phones are told: one table from failure to status, one shape.

The shape is RFC 9457 `application/problem+json`; pages show the same problem as HTML, made by the
function handed to `install`. An exception nobody expected is a 500 without a word of detail, logged
with the request's number.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from msgspec import UNSET, Struct, UnsetType
from sanic import HTTPResponse, Request, Sanic
from sanic.exceptions import RequestCancelled, SanicException

from server.base import errors
from server.base.errors import Failure, FieldError
from server.web.access import NotSignedIn
from server.web.answers import problem_json
from server.web.headers import request_number

log = logging.getLogger("mashang.web")


class Malformed(Failure):
    """It cannot be read at all: no valid JSON, no valid form, no key."""

    code = "malformed"
    sentence = "发来的内容读不懂，请刷新页面再试。"


class KeyMissing(Malformed):
    """A create or a move came without its idempotency key, or with one that others may have."""

    code = "idempotency-key-missing"
    sentence = "缺少防止重复提交的编号，或者它不是16到80个字符。请刷新页面再提交。"


class WrongOrigin(errors.NotAllowed):
    """Another site made this browser send it."""

    code = "wrong-origin"
    sentence = "这次提交不是从本站页面发出的，没有收下。请回到本站页面再提交。"


class Misdirected(Failure):
    """The town was asked for by a name that is not its own."""

    code = "misdirected"
    sentence = "这不是本站的网址，请打开{address}。"


class TooLarge(Failure):
    """More bytes than are taken here."""

    code = "too-large"
    sentence = "发来的内容太大了，请减少一些再试。"


class WrongType(Failure):
    """Another kind of body than is taken here."""

    code = "wrong-type"
    sentence = "这里不收这种格式的内容。"


STATUS_OF_KIND: dict[type[Failure], int] = {
    Malformed: 400,
    NotSignedIn: 401,
    errors.NotAllowed: 403,
    errors.NotFound: 404,
    errors.Conflict: 409,
    errors.Gone: 410,
    TooLarge: 413,
    WrongType: 415,
    Misdirected: 421,
    errors.Invalid: 422,
    errors.TooMany: 429,
    errors.Unavailable: 503,
}
# Features below know nothing of HTTP; these of their codes have a status of their own.
STATUS_OF_CODE = {
    "photo-too-large": 413,
    "photo-type": 415,
    "photo-no-room": 507,
    "sign-in-refused": 401,
    "otp-needed": 401,
    "code-refused": 401,
}

TITLES = {
    400: "读不懂",
    401: "需要登录",
    403: "不能这样做",
    404: "没找到",
    405: "不能这样做",
    408: "等得太久",
    409: "这一步现在做不了",
    410: "已经停用",
    413: "太大了",
    415: "格式不对",
    421: "网址不对",
    422: "有几处要改",
    429: "太频繁了",
    500: "出了点问题",
    503: "暂时忙不过来",
    507: "照片放不下",
}
SENTENCES = {  # of what Sanic itself refuses
    404: "没找到这个页面，请核对网址。",
    405: "这个地址不能这样用。",
    408: "等了太久还没收到完整的内容，请再试一次。",
    413: TooLarge.sentence,
    500: "系统出了点问题，我们已经记下。请稍后再试；急事请直接打电话。",
    503: errors.Unavailable(5).detail,
}


class FieldProblem(Struct, frozen=True):
    field: str
    code: str
    detail: str


class Problem(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The one shape of every error. `detail` is a sentence for the person."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    instance: str
    errors: list[FieldProblem] | UnsetType = UNSET


PageRenderer = Callable[[Request, Problem, BaseException], Awaitable[HTTPResponse]]


def attach(failure: Failure, **members: Any) -> Failure:
    """Let a failure carry more members in its problem: the current case beside `case-moved-on`."""
    failure.__dict__["carries"] = members
    return failure


def status_of(failure: Failure) -> int:
    """The status of a failure: by its code, else by its kind."""
    if failure.code in STATUS_OF_CODE:
        return STATUS_OF_CODE[failure.code]
    return next((STATUS_OF_KIND[k] for k in type(failure).__mro__ if k in STATUS_OF_KIND), 500)


def problem_of(error: BaseException, number: str) -> Problem:
    """What to tell about any exception, ours, Sanic's or nobody's."""
    if isinstance(error, Failure):
        return _problem(status_of(error), error.code, error.detail, number, _fields(error))
    if isinstance(error, SanicException):
        status = error.status_code or 500
        return _problem(status, f"http-{status}", _sentence(status), number)
    if isinstance(error, TimeoutError | ConnectionError):
        return _problem(503, errors.Unavailable.code, SENTENCES[503], number)
    return _problem(500, "internal", SENTENCES[500], number)


def install(app: Sanic[Any, Any], *, page: PageRenderer | None = None) -> None:
    """Answer every exception of this app with a problem; `page` draws it for a browser."""

    async def answer(request: Request, error: Exception) -> HTTPResponse:
        number = request_number(request)
        problem = problem_of(error, number)
        if problem.status >= 500 and not isinstance(error, RequestCancelled):
            _note(error, f"{number} {request.method} {request.path}")
        response = await _drawn(page, request, problem, error) or _encoded(problem, error)
        _add_headers(app, request, response, error)
        return response

    app.error_handler.add(Exception, answer)
    app.error_handler.add(asyncio.CancelledError, answer)


def _note(error: Exception, where: str) -> None:
    """What nobody expected with all that led to it; what a person can be told, in one line."""
    if isinstance(error, Failure):
        why = f" because of {error.__cause__!r}" if error.__cause__ else ""
        log.error("%s: %r%s", where, error, why)
    else:
        log.error("%s", where, exc_info=error)


async def _drawn(
    page: PageRenderer | None, request: Request, problem: Problem, error: Exception
) -> HTTPResponse | None:
    """The problem as a page, for a browser that asked for one."""
    if page is None or not wants_page(request):
        return None
    try:
        return await page(request, problem, error)
    except Exception:
        log.exception("%s the page of a problem could not be drawn", problem.instance)
        return None


def wants_page(request: Request) -> bool:
    """Was this asked for by a person looking at pages, not by a program?"""
    if request.route is not None and hasattr(request.route.handler, "declaration"):
        return bool(request.route.handler.declaration.kind == "page")
    return not request.path.startswith("/m/") and "text/html" in request.headers.get("accept", "")


def _encoded(problem: Problem, error: BaseException) -> HTTPResponse:
    carried = getattr(error, "carries", None)
    shown = msgspec.to_builtins(problem) | carried if carried else problem
    return problem_json(shown, problem.status)


def _add_headers(
    app: Sanic[Any, Any], request: Request, response: HTTPResponse, error: BaseException
) -> None:
    if isinstance(error, errors.TooMany | errors.Unavailable):
        response.headers["retry-after"] = str(error.retry_after_s)
    elif response.status == 503:
        response.headers["retry-after"] = "5"
    elif response.status == 401:
        response.headers["www-authenticate"] = "Bearer"
    elif response.status == 405:
        response.headers["allow"] = ", ".join(_allowed(app, request.path)) or "GET"


def _allowed(app: Sanic[Any, Any], path: str) -> list[str]:
    """The methods an address takes. Sanic leaves them out for methods it has never heard of."""
    allowed = []
    for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"):
        try:
            app.router.resolve(path=path, method=method)
        except Exception:
            continue
        allowed.append(method)
    return allowed


def _fields(failure: Failure) -> tuple[FieldError, ...]:
    return failure.fields if isinstance(failure, errors.Invalid) else ()


def _sentence(status: int) -> str:
    if status in SENTENCES:
        return SENTENCES[status]
    return Malformed.sentence if status < 500 else SENTENCES[500]


def _problem(
    status: int, code: str, detail: str, number: str, fields: tuple[FieldError, ...] = ()
) -> Problem:
    return Problem(
        type=f"urn:mashang:problem:{code}",
        title=TITLES.get(status, "没有办成"),
        status=status,
        detail=detail,
        code=code,
        instance=f"urn:mashang:request:{number}",
        errors=[FieldProblem(each.field, each.code, each.detail) for each in fields] or UNSET,
    )
