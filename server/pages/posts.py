"""One post on the desk: its hours, its turns, who holds it; for whoever stands above it."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from msgspec import Struct
from sanic import HTTPResponse, Request

from server import rosters, views
from server.base.errors import Failure
from server.org import Shift
from server.pages.drawing import new_key, show
from server.pages.fields import read_day, read_id
from server.pages.hours import closed_up, end_of, filled_lines, hours_of
from server.pages.notes import done_words
from server.pages.rendering import Typed
from server.pages.retry import refused
from server.web import (
    Form,
    Nothing,
    Routes,
    parse,
    replay_key,
    see_other,
    staff,
    typed,
    viewer,
)

routes = Routes(kind="page")
PATH = "/desk/roster/posts/<post_id:uuid>"
GRANTING = staff(stepped_up=True)  # giving somebody a post is giving what the post may do
LINES = 14  # of hours in the form
BLANK = 2
KINDS, PEOPLE = 3, 6  # of a circle
ONE_SHIFT = ("who", "title", "starts", "ends", "on_day", "every", "until")
OF_THESE, WHICH_DAY = "请从列出的人里选。", "写清哪一天，比如2026-12-01。"
CIRCLE = ("people", "starts", "on_day", "until")


class HoursForm(Struct, frozen=True, kw_only=True):
    """Line by line `days1`, `starts1`, `ends1` and so on; read word by word."""


class ShiftForm(Struct, frozen=True, kw_only=True):
    """One person's turn, and how often it comes again."""

    who: str = ""
    title: str = ""
    starts: str = ""
    ends: str = ""
    on_day: str = ""
    every: int = 0
    until: str = ""


class CircleForm(Struct, frozen=True, kw_only=True):
    """People in turns: `person1` … and `title1`, `starts1`, `ends1` …, from a day on."""

    on_day: str = ""
    until: str = ""


class AppointForm(Struct, frozen=True, kw_only=True):
    """The name somebody signs in by."""

    login: str = ""


class HandOverForm(Struct, frozen=True, kw_only=True):
    """The colleague who takes over."""

    colleague: str = ""


@routes.get(PATH, access=staff())
async def get_post(request: Request, post_id: UUID) -> HTTPResponse:
    """The post as it is set up, and everything that can be changed of it."""
    return await _show(request, post_id, Typed(new_key()))


@routes.post(f"{PATH}/hours", access=staff(), body=HoursForm, rate="move", keyed=True)
async def post_hours(request: Request, post_id: UUID) -> HTTPResponse:
    """These are its weekly hours now."""
    form = typed(request) or Form()
    fields = [f"{name}{nth}" for nth in range(1, LINES + 1) for name in ("days", "starts")]

    async def change() -> object:
        hours = hours_of(form, LINES)
        return await rosters.set_hours(
            post_id, hours, by=viewer(request), asked=replay_key(request)
        )

    return await _done(request, post_id, change, fields, "hours")


@routes.post(f"{PATH}/shifts", access=staff(), body=ShiftForm, rate="move", keyed=True)
async def post_shift(request: Request, post_id: UUID) -> HTTPResponse:
    """One more turn."""

    async def change() -> object:
        sent = parse(request, ShiftForm)
        shift = Shift(
            account_id=read_id(sent.who, "who", OF_THESE),
            title=sent.title.strip()[:10],
            starts=sent.starts,
            ends=end_of(sent.ends),
            on_day=read_day(sent.on_day, "on_day", WHICH_DAY),
            every=sent.every,
            until=read_day(sent.until, "until", WHICH_DAY) if sent.until else None,
        )
        return await rosters.add_shift(
            post_id, shift, by=viewer(request), asked=replay_key(request)
        )

    return await _done(request, post_id, change, ONE_SHIFT, "shift")


@routes.post(f"{PATH}/circle", access=staff(), body=CircleForm, rate="move", keyed=True)
async def post_circle(request: Request, post_id: UUID) -> HTTPResponse:
    """Several people in turns."""
    form = typed(request) or Form()

    async def change() -> object:
        sent = parse(request, CircleForm)
        return await rosters.rotate(
            post_id,
            [read_id(one, "people", OF_THESE) for one in _filled(form, "person", PEOPLE)],
            _kinds_of(form),
            read_day(sent.on_day, "on_day", WHICH_DAY),
            read_day(sent.until, "until", WHICH_DAY) if sent.until else None,
            by=viewer(request),
            asked=replay_key(request),
        )

    return await _done(request, post_id, change, CIRCLE, "circle")


@routes.post(f"{PATH}/shifts/<shift_id:int>/drop", access=staff(), body=Nothing, rate="move")
async def post_shift_drop(request: Request, post_id: UUID, shift_id: int) -> HTTPResponse:
    """One turn less."""
    await rosters.drop_shift(post_id, shift_id, by=viewer(request))
    return see_other(_address(post_id, "shift_off"))


@routes.post(f"{PATH}/shifts/drop", access=staff(), body=Nothing, rate="move")
async def post_shifts_drop(request: Request, post_id: UUID) -> HTTPResponse:
    """No turns any more."""
    await rosters.drop_shifts(post_id, by=viewer(request))
    return see_other(_address(post_id, "shifts_off"))


@routes.post(f"{PATH}/appoint", access=GRANTING, body=AppointForm, rate="move", keyed=True)
async def post_appoint(request: Request, post_id: UUID) -> HTTPResponse:
    """One more holder."""

    async def change() -> object:
        login = parse(request, AppointForm).login
        return await rosters.appoint(post_id, login, by=viewer(request), asked=replay_key(request))

    return await _done(request, post_id, change, ("login",), "appointed")


@routes.post(f"{PATH}/hand-over", access=GRANTING, body=HandOverForm, rate="move", keyed=True)
async def post_hand_over(request: Request, post_id: UUID) -> HTTPResponse:
    """Somebody else holds it from now on."""

    async def change() -> object:
        to = read_id(parse(request, HandOverForm).colleague, "colleague", OF_THESE)
        return await rosters.hand_over(post_id, to, by=viewer(request), asked=replay_key(request))

    return await _done(request, post_id, change, ("colleague",), "handed_over")


@routes.post(
    f"{PATH}/holders/<appointment_id:uuid>/end",
    access=staff(),
    body=Nothing,
    rate="move",
)
async def post_end(request: Request, post_id: UUID, appointment_id: UUID) -> HTTPResponse:
    """One holder less."""
    await rosters.end(post_id, appointment_id, by=viewer(request))
    return see_other(_address(post_id, "post_ended"))


async def _done(
    request: Request,
    post_id: UUID,
    change: Callable[[], Awaitable[object]],
    fields: tuple[str, ...] | list[str],
    said: str,
) -> HTTPResponse:
    """The page after a change; or the form again, with everything that is wrong."""
    try:
        await change()
    except Failure as wrong:
        again = refused(request, fields, wrong, move=said)
        return await _show(request, post_id, again)
    return see_other(_address(post_id, said))


async def _show(request: Request, post_id: UUID, before: Typed) -> HTTPResponse:
    card = await views.post_card(viewer(request), post_id)
    return await show(
        request,
        "roster_post.html",
        status=before.status,
        path=_address(post_id),
        card=card,
        typed=closed_up(before, LINES) if before.move == "hours" else before,
        untouched=Typed(before.key),
        lines=min(LINES, max(len(card.hours) + BLANK, len(filled_lines(before, LINES)))),
        kinds=KINDS,
        people=min(PEOPLE, len(card.holders)),
        notice=done_words(request),
    )


def _address(post_id: UUID, done: str = "") -> str:
    said = f"?done={done}" if done else ""
    return f"/desk/roster/posts/{post_id}{said}"


def _kinds_of(form: Form) -> list[tuple[str, str, str]]:
    lines = []
    for nth in range(1, KINDS + 1):
        title, starts, ends = (form.first(f"{name}{nth}") for name in ("title", "starts", "ends"))
        if starts or ends:
            lines.append((title.strip()[:10], starts, end_of(ends)))
    return lines


def _filled(form: Form, name: str, most: int) -> list[str]:
    every = (form.first(f"{name}{nth}") for nth in range(1, most + 1))
    return [one for one in every if one]
