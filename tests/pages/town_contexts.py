"""What the pages about a town from Excel are drawn from, one of each kind."""

from typing import Any
from uuid import UUID

from msgspec import structs

from server.codes.printing.art import Art
from server.pages.art import KINDS, Look
from server.pages.rendering import Face, Typed
from server.views.imports import ImportCard, ImportSheet
from tests.pages.samples import at

Context = dict[str, Any]
STATES = ("waiting", "checked", "ready", "done", "failed")


def an_import(state: str, **given: object) -> ImportCard:
    card = ImportCard(
        id=UUID(int=8),
        title="<b>城镇.xlsx",
        state=state,
        made_at=at(26, 11, 0),
        goes_on=state in ("waiting", "ready"),
        good_rows=False,
        written=500,
        expected=2000,
        sentence="",
        sheets=[ImportSheet(title="楼栋", rows=20, wrong=1, waiting=2, refused=True)],
        findings=["“楼栋”第3行E列（层数）：“<b>”不是数字。"],
        wrong=2,
        waiting=2,
        notes=["网格户数：第一网格有120户，少于300户。"],
        new=3,
        changed=1,
    )
    return structs.replace(card, **given)


def town(_: Face) -> Context:
    cards = [an_import(state) for state in STATES]
    return {"imports": cards, "following": cards[-1].id, "typed": Typed("k")}


def town_again(face: Face) -> Context:
    return town(face) | {
        "imports": [],
        "following": None,
        "typed": Typed("k", errors={"file": "请选一个文件。"}),
    }


def going_on(_: Face) -> Context:
    return {"card": an_import("ready"), "typed": Typed("k")}


def checked(_: Face) -> Context:
    return {"card": an_import("checked"), "typed": Typed("k")}


def right(_: Face) -> Context:
    return {
        "card": an_import("checked", wrong=0, waiting=0, findings=[], notes=[]),
        "typed": Typed("k"),
    }


def done(_: Face) -> Context:
    return {"card": an_import("done"), "typed": Typed("k")}


def done_already(_: Face) -> Context:
    card = an_import("done", new=0, changed=0, wrong=0, waiting=0, findings=[], notes=[])
    return {"card": card, "typed": Typed("k")}


def failed(_: Face) -> Context:
    card = an_import("failed", sentence="这不是能读的Excel工作簿。", sheets=[], notes=[], wrong=0)
    return {"card": card, "typed": Typed("k")}


def art(_: Face) -> Context:
    drawing = {"commands": [], "width": 1, "height": 1}
    put = [Art(kind, "<b>市.svg", at(26, 11, 0), drawing) for kind in ("line", "logo")]
    titles = {one.value: one.title for one in KINDS}
    return {
        "arts": put,
        "titles": titles,
        "kinds": KINDS,
        "look": None,
        "typed": Typed("k"),
        "notice": "",
    }


def art_looked_at(face: Face) -> Context:
    look = Look("line", "<b>市.svg", "<svg/>", "iVBORw0KGgo=")
    return art(face) | {"arts": [], "look": look, "typed": Typed("k", values={"kind": "line"})}


def art_again(face: Face) -> Context:
    return art(face) | {"typed": Typed("k", errors={"file": "请选一个SVG文件。"}), "notice": "好"}


TOWN_PAGES = {
    "town": ("town.html", town),
    "town, wrong": ("town.html", town_again),
    "art": ("art.html", art),
    "art, looked at": ("art.html", art_looked_at),
    "art, wrong": ("art.html", art_again),
    "import, going on": ("town_import.html", going_on),
    "import, checked": ("town_import.html", checked),
    "import, right": ("town_import.html", right),
    "import, done": ("town_import.html", done),
    "import, done already": ("town_import.html", done_already),
    "import, failed": ("town_import.html", failed),
}
