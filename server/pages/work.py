"""我的待办, on a phone in one hand: next deadline first, one main action each, kept fresh."""

from typing import Any

from sanic import HTTPResponse, Request

from server import bindings, contact, merchants, notices, plaques, views
from server.base.viewer import Viewer
from server.pages.bulk import BULK_MOVES, UNCHOSEN
from server.pages.drawing import face, fragment, new_key, show
from server.pages.duty import TOLD_HERE
from server.pages.moves import buttons
from server.pages.notes import done_words
from server.pages.praises import TO_THE_PRAISED
from server.views.list_shapes import CaseList
from server.web import Routes, staff, viewer

routes = Routes(kind="page")


@routes.get("/work", access=staff())
async def get_work(request: Request) -> HTTPResponse:
    """What waits for one's posts; with ?part=list only the list, for its refreshing."""
    person, after = viewer(request), request.args.get("after") or None
    listed = await views.todo(person, after=after)
    context: dict[str, Any] = {
        "list": listed,
        "buttons": lambda item: buttons(item.moves or (), face().words),
        "key": new_key(),
        "bulk_moves": _for_many(listed),
        "unchosen": request.args.get("done") == UNCHOSEN,
        "talking": await contact.waiting_for(person),
    }
    if request.args.get("part") == "list":
        return await fragment(request, "work_list.html", **context)
    return await show(
        request,
        "work.html",
        who=_who(person),
        praised=await notices.unread_texts(person, TO_THE_PRAISED),
        faulty=await notices.unread_texts(person, (plaques.REPORTED,)),
        mounts=person.holds(*plaques.MOUNTING_ROLES),
        inspects=person.holds(*merchants.LOOKING_ROLES),
        claimed=await bindings.count_waiting(person),
        verifies=person.holds(*bindings.VERIFYING_ROLES),
        told=await notices.unread_texts(person, TOLD_HERE),
        notice=done_words(request),
        fragment_url="/work?part=list" + (f"&after={after}" if after else ""),
        **context,
    )


def _for_many(listed: CaseList) -> list[str]:
    """What may be done with several at once: what is open to the reader in one of them at least."""
    theirs = {move.key for item in listed.items for move in item.moves or ()}
    return [move for move in BULK_MOVES if move in theirs]


def _who(person: Viewer) -> str:
    """The posts one holds, in words: 网格员，演示·湖畔社区."""
    named = dict.fromkeys(f"{post.role_title}，{post.unit_name}" for post in person.posts)
    return "；".join(list(named)[:2])
