"""What is said once on top of a page: what has just been done, or why it was not."""

from dataclasses import dataclass

from sanic import Request

from server import cases, notices
from server.base import clock
from server.pages.drawing import face
from server.web import viewer


@dataclass(frozen=True, slots=True)
class Notice:
    """One line on top of a case; `said` is what was typed where no form is left to show it in."""

    kind: str
    icon: str
    text: str
    said: str = ""


def done_words(request: Request) -> str:
    """What has just been done, from ?done=sign; nothing for a move nobody knows."""
    return face().words.entries.get(f"done.{request.args.get('done', '')}", "")


async def mark_read(request: Request, number: str) -> None:
    """Who has opened a case has read what it told them."""
    reader = viewer(request)
    case = await cases.find_case(number, reader)
    hashes = cases.key_hashes(reader.keys)
    await notices.mark_read(reader, case.id, at=clock.now(), key_hashes=hashes)
