"""What the pages about inspections and one's own shop are given, with invented shapes."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from server.pages.moves import buttons
from server.pages.rendering import Face, Typed
from server.views import case_shapes, inspection_shapes, list_shapes, shapes
from tests.pages.samples import a_photo, a_place, at

Context = dict[str, object]
ONE = UUID(int=7)
PLACE = "演示·<乌兰木伦街>12号"


def a_line(state: str, title: str, **more: object) -> list_shapes.CaseItem:
    said: dict[str, object] = {"due_at": at(26, 10, 0), "due_title": "整改", "unread": True} | more
    return list_shapes.CaseItem(
        number="261123004701", title="店外经营、占道摆放", state=state, state_title=title,
        place=PLACE, opened_at=at(23, 10, 0), overdue=False, seconded=0, **said,
    )  # fmt: skip


def a_shop(**more: object) -> inspection_shapes.ShopShape:
    rectify = case_shapes.MoveShape(key="rectify", title="改好了，请复查", needs=["text", "photos"])
    said: dict[str, object] = {
        "asked": [a_line("notified", "待整改", moves=[rectify])],
        "waiting": [a_line("recheck_due", "待复查")],
        "past": [a_line("settled", "已了结", ending="passed", ending_title="复查合格")],
        "lost": [
            inspection_shapes.LostShape(
                number="261123004701", title="店外经营、占道摆放", points=2, at=at(10, 9, 0),
                returns_on=date(2026, 12, 1), missing=True,
            ),
            inspection_shapes.LostShape(
                points=1, at=at(2, 9, 0), returns_on=date(2026, 11, 1), missing=False,
            ),
            inspection_shapes.LostShape(
                points=3, at=at(2, 9, 0), returns_on=date(2026, 12, 1), missing=False,
                reversed_at=at(4, 9, 0),
            ),
        ],
        "closed": False,
        "next": "abc",
        "sign": "ABC",
        "duties": ["包卫生", "包秩序"],
        "duties_signed_on": date(2026, 5, 1),
    }  # fmt: skip
    return inspection_shapes.ShopShape(
        id=ONE, name="演示·<面馆>", place=PLACE, kind_title="店铺", trade_title="餐饮", band="good",
        band_title="优", points=10, full=12,
        **(said | more),
    )  # fmt: skip


def shop(face: Face) -> Context:
    return {
        "shops": [a_shop(), a_shop(asked=[], waiting=[], past=[], lost=[], duties=[], closed=True)],
        "buttons": lambda item: buttons(item.moves or (), face.words),
    }


def shop_none(face: Face) -> Context:
    return shop(face) | {"shops": []}


def inspect(_: Face) -> Context:
    card = inspection_shapes.InspectCard(
        merchant_id=ONE,
        token="ABC",
        name="演示·面馆",
        place=a_place(),
        items=[shapes.OptionShape(value="outside", title="店外经营、占道摆放（2分）")],
        has_owner=False,
    )
    typed = Typed("k", errors={"item": "请选查到了哪一项。"}, photos=(a_photo(),))
    return {"card": card, "typed": typed, "known": "261123000001"}


def inspections(_: Face) -> Context:
    found = list_shapes.CaseList(items=[a_line("recheck_due", "待复查")], next="abc")
    return {"list": found, "notice": "记下了。"}


def inspections_none(_: Face) -> Context:
    return {"list": list_shapes.CaseList(items=[]), "notice": ""}


SHOP_PAGES: dict[str, tuple[str, Callable[[Face], Context]]] = {
    "shop": ("shop.html", shop),
    "shop, none": ("shop.html", shop_none),
    "inspect": ("inspect.html", inspect),
    "inspections": ("inspections.html", inspections),
    "inspections, none": ("inspections.html", inspections_none),
}
