"""From a request to a finished page: who reads it, how large the letters, what is at its foot."""

import functools
import hashlib
import logging
import re
import secrets
from urllib.parse import parse_qsl, urlencode, urlsplit
from uuid import UUID

from sanic import HTTPResponse, Request

from server import sms, views
from server.base.ids import id_in
from server.base.viewer import GUEST, Viewer
from server.bulletins import writes_bulletins
from server.catalogue import may_announce
from server.codes import makes_codes
from server.flows import CALLER_ROLES
from server.merchants import KEEPING_ROLES as MERCHANT_KEEPERS
from server.merchants import ROLE as SHOPKEEPER
from server.pages.rendering import SIZES, Face, Frame, build_face
from server.praise import SCREENING_ROLES
from server.rosters import FIRST_DAY_ROLES
from server.stations import KEEPING_ROLES as STATION_KEEPERS
from server.views.shapes import TownShape
from server.web import html
from server.workbook import ADMIN_ROLES

log = logging.getLogger("mashang.pages")
SIZE_COOKIE = "mashang-size"
ASKED_AGAIN = "private, no-cache"  # for pages that show nobody's case: "back" keeps what was typed
PASSING = {
    "key",
    "sent",
    "done",
    "joined",
    "part",
    "move",
}  # words in an address that are said once
HOTLINE = TownShape(
    name="", sponsor="码上", icp="", police_record="", phone="12345", demo=False
)  # while the town itself cannot be read
NAMELESS = "居民"  # who has signed in and left no name
_OWN = re.compile(r"/(?![/\\])[\x21-\x7e]*")


@functools.cache
def face() -> Face:
    """Templates, words and files, read once. Called at start, so that what is missing stops it."""
    return build_face()


def new_key() -> str:
    """An idempotency key for a form: 128 random bits."""
    return secrets.token_hex(16)


async def show(
    request: Request,
    template: str,
    *,
    status: int = 200,
    path: str = "",
    kept: bool = False,
    **context: object,
) -> HTTPResponse:
    """The page `template`. `path`: where it is found again, if not at the address asked for;
    `kept`: the browser may keep it for the back button."""
    frame = await frame_of(request, path)
    response = html(face().render(template, frame, **context), status)
    if kept:
        response.headers["cache-control"] = ASKED_AGAIN
    return response


async def fragment(request: Request, template: str, **context: object) -> HTTPResponse:
    """A part of a page that refreshes itself, with the drawings it uses."""
    return html(face().fragment(template, await frame_of(request), **context))


async def frame_of(request: Request, path: str = "") -> Frame:
    """What surrounds this reader's page."""
    reader: Viewer = getattr(request.ctx, "viewer", GUEST)
    post = reader.posts[0] if reader.posts else None
    return Frame(
        town=await _town(),
        size=size_of(request),
        path=path or here(request),
        signed_in=(reader.name or NAMELESS) if reader.account_id else "",
        who=_mark(reader.account_id) if reader.account_id else "",
        staff=reader.is_staff,
        unit=post.unit_name if post else "",
        role=post.role_title if post else "",
        calls=reader.holds(*CALLER_ROLES),
        announces=may_announce(reader),
        administers=reader.holds(*ADMIN_ROLES),
        reads_praise=reader.holds(*SCREENING_ROLES),
        makes_codes=makes_codes(reader),
        keeps_merchants=reader.holds(*MERCHANT_KEEPERS),
        writes_bulletins=writes_bulletins(reader),
        keeps_stations=reader.holds(*STATION_KEEPERS),
        starts=reader.holds(*FIRST_DAY_ROLES),
        has_shop=reader.holds(SHOPKEEPER),
        phone_signin=sms.is_configured(),
    )


def _mark(account_id: UUID) -> str:
    """The same for one account, and hardly for another; it says nothing of who that is."""
    return hashlib.blake2b(account_id.bytes, digest_size=6).hexdigest()


def size_of(request: Request) -> str:
    """The text size this reader chose on this phone."""
    size = request.cookies.get(SIZE_COOKIE) if "cookie" in request.headers else None
    return size if size in SIZES else SIZES[0]


def here(request: Request) -> str:
    """The address of this page without what is said once; never a key."""
    words = [(name, value) for name, value in _query(request) if name not in PASSING]
    return request.path + ("?" + urlencode(words) if words else "")


def own_address(text: str, otherwise: str) -> str:
    """An address of our own to go on to, or `otherwise`: a form could have been given any."""
    return text if len(text) <= 2000 and _OWN.fullmatch(text) else otherwise


def after_id(request: Request) -> UUID | None:
    """After which line a list goes on, from ?after=…; from the start for what is no id."""
    return id_in(request.args.get("after", ""))


def came_from(request: Request) -> str:
    """The page of ours this request was made on, or nothing."""
    try:
        parts = urlsplit(request.headers.get("referer", ""))
    except ValueError:
        return ""
    if parts.netloc != request.headers.get("host"):
        return ""
    return own_address(parts.path + ("?" + parts.query if parts.query else ""), "")


def with_word(address: str, **words: str) -> str:
    """The same address with these words said once: /desk?tab=open&done=sign."""
    parts = urlsplit(address)
    told = [(name, value) for name, value in parse_qsl(parts.query) if name not in PASSING]
    told += [(name, value) for name, value in words.items() if value]
    return parts.path + ("?" + urlencode(told) if told else "")


def _query(request: Request) -> list[tuple[str, str]]:
    return parse_qsl(request.query_string, errors="replace", max_num_fields=50)


async def _town() -> TownShape:
    try:
        return await views.town_shape()
    except Exception:
        log.exception("the foot of the page could not be read")
        return HOTLINE
