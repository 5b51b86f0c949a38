"""What the pages about homes are given, with invented shapes."""

from collections.abc import Callable
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from server.pages.rendering import Face, Typed
from server.pages.scan import KIN
from server.views import sign_shapes
from server.views.home_shapes import BindingCard, DwellerShape, HomeShape
from tests.pages import sign_samples
from tests.pages.samples import at

Context = dict[str, object]
NOTHING_CLAIMED: Context = {"typed": Typed("k"), "kin": KIN, "notice": ""}
HOUSE = "演示·云锦苑小区1号楼"
DOOR = f"{HOUSE}1单元502室"


def a_home(state: str, title: str, **more: object) -> HomeShape:
    given = {"id": UUID(int=1), "place": HOUSE, "kin_title": "业主", "at": at(20, 9, 0)} | more
    return HomeShape(state=state, state_title=title, **given)


def a_bound_home() -> HomeShape:
    token = sign_samples.a_card().code.token
    return a_home("bound", "已绑定", place=DOOR, until=at(30, 9, 0), token=token)


def some_homes() -> list[HomeShape]:
    return [
        a_bound_home(),
        a_home("claimed", "等网格员核实", id=UUID(int=2), due=at(23, 9, 0)),
        a_home("refused", "没有通过", id=UUID(int=3), reason="<b>当面没核实到"),
        a_home("ended", "已解除", id=UUID(int=4), reason="搬走了"),
    ]


def _at_home(**more: object) -> Context:
    card = sign_samples.a_card()
    code = sign_shapes.CodeShape(token=card.code.token, kind="household", status="active")
    place = msgspec.structs.replace(card.place, name=HOUSE, path=card.place.path[:-1])
    card = msgspec.structs.replace(card, code=code, place=place, **more)
    return {"card": card, "joined": "", "listed": 5} | NOTHING_CLAIMED


def stranger(_: Face) -> Context:
    return _at_home()


def waits(_: Face) -> Context:
    return _at_home(home=some_homes()[1]) | {"notice": "提交了，等网格员核实。"}


def lives_here(_: Face) -> Context:
    return _at_home(home=a_bound_home())


def report_from_home(_: Face) -> Context:
    return {"card": lives_here(_)["card"], "typed": Typed("k")}


def report_of_a_stranger(_: Face) -> Context:
    return {"card": stranger(_)["card"], "typed": Typed("k")}


def _dweller(nth: int, match: str | UnsetType, **more: object) -> DwellerShape:
    given = {"place": DOOR, "kin_title": "租户", "at": at(20, 9, 0), "late": nth == 2} | more
    return DwellerShape(id=UUID(int=nth), match=match, **given)


def verifying(_: Face) -> Context:
    two = [_dweller(1, "yes", name="王*"), _dweller(2, "no", name="张*")]
    waiting = [*two, _dweller(3, "unknown")]
    bound = [_dweller(4, UNSET, name="李*")]
    card = BindingCard(waiting=waiting, bound=bound, more_waiting="m+/", more_bound="n")
    wrong = Typed("k", errors={"reason": "请写明原因。"}, move=str(UUID(int=2)))
    return {"card": card, "typed": wrong, "untouched": Typed(""), "notice": "绑定好了。"}


def nobody_to_verify(_: Face) -> Context:
    return verifying(_) | {"card": BindingCard(waiting=[], bound=[]), "typed": Typed("k")}


def badge(_: Face) -> Context:
    card, whole = sign_samples.a_card(), sign_samples.a_card().place
    code = sign_shapes.CodeShape(token=card.code.token, kind="staff", status="active")
    place = msgspec.structs.replace(whole, name="演示·湖畔社区第一网格", path=whole.path[:5])
    card = msgspec.structs.replace(
        card,
        code=code,
        place=place,
        contacts=card.contacts[:1],
        actions=["praise", "contact"],
        phones=[],
        categories=[],
        open_cases=[],
        duty_phone="16000000110",
    )
    return {"card": card, "joined": "", "listed": 5} | NOTHING_CLAIMED


def badge_of_nobody(face: Face) -> Context:
    card = badge(face)["card"]
    empty = [msgspec.structs.replace(card.contacts[0], name="", on_duty=False)]
    return badge(face) | {"card": msgspec.structs.replace(card, contacts=empty)}


HOME_PAGES: dict[str, tuple[str, Callable[[Face], Context]]] = {
    "scan of a home": ("scan.html", stranger),
    "scan of a home, claimed": ("scan.html", waits),
    "scan of one's own home": ("scan.html", lives_here),
    "report from one's own home": ("report.html", report_from_home),
    "report from a home": ("report.html", report_of_a_stranger),
    "badge": ("badge.html", badge),
    "badge of nobody": ("badge.html", badge_of_nobody),
    "homes to verify": ("bindings.html", verifying),
    "homes to verify, none": ("bindings.html", nobody_to_verify),
}
