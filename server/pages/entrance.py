"""After the door: the browser keeps the session, and goes where one's work or one's cases are."""

from urllib.parse import quote

from sanic import HTTPResponse, Request

from server import cases, codes, org, people
from server.base import clock
from server.base.viewer import Viewer
from server.merchants import ROLE as SHOPKEEPER
from server.web import kept_keys, remember_session, see_other


async def enter(request: Request, entered: people.SignIn, back: str) -> HTTPResponse:
    """On to `back` or to one's first page; past what this phone kept and may be theirs now."""
    goes_to = back or await _first_page(entered)
    if await cases.list_claimable(await _holding_keys(request, entered)):
        goes_to = f"/mine/claim?back={quote(goes_to)}"
    response = see_other(goes_to)
    remember_session(request, response, entered.token)
    return response


async def _holding_keys(request: Request, entered: people.SignIn) -> Viewer:
    """Who has just come in, with what this browser kept."""
    posts = await org.posts_of(entered.account_id, clock.now())
    return Viewer(entered.account_id, posts=posts, keys=frozenset(kept_keys(request)))


async def _first_page(entered: people.SignIn) -> str:
    """Where one's work is: the phone's inbox, the desk, one's shop; for a resident the sign at the
    door."""
    posts = await org.posts_of(entered.account_id, clock.now())
    person = Viewer(entered.account_id, posts=posts)
    if person.is_staff:
        return "/work" if org.is_outdoors(posts) else "/desk"
    if person.holds(SHOPKEEPER):
        return "/shop"
    if entered.lifetime == "resident":
        return "/mine"
    sign = await codes.first_sign()
    return f"/c/{sign.token}" if sign else "/mine"
