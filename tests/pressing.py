"""Somebody at a browser without a script, in this process: opens pages and sends their forms."""

import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

from server import people
from server.base.viewer import Viewer
from tests.access.knocking import Answer, knock, open_doors


class Browser:
    """A passer-by; with a token somebody who is signed in."""

    def __init__(self, token: str = "") -> None:
        self.token, self.pressed = token, 0
        open_doors()

    async def open(self, address: str) -> Answer:
        parts = urlsplit(address.split()[0])  # of a redirect the app here also tells what follows
        query = dict(parse_qsl(parts.query))
        return await knock("GET", parts.path, bearer=False, token=self.token, query=query)

    async def send(self, address: str, **form: object) -> Answer:
        self.pressed += 1
        key = f"key-{self.pressed:020}"
        return await knock(
            "POST", address, bearer=False, token=self.token, form={"nothing": "", **form}, key=key
        )


async def signed_in(viewer: Viewer, *, raised: bool = False) -> Browser:
    """The browser of this member of staff; `raised` by a second factor."""
    account = {"id": viewer.account_id, "kind": "staff", "name": viewer.name, "name_sealed": None}
    return Browser((await people.begin_staff_session(account, "staff", raised=raised)).token)


def text_of(answer: Answer) -> str:
    """What is read on a page."""
    shown = re.sub(r"<textarea.*?>\n", "", answer.text)
    return unescape(re.sub(r"<[^>]+>", "", shown))
