"""What the pages about codes and plaques are given, with invented shapes."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from server.pages.codes import REASONS
from server.pages.plaques import FAULTS, OUTCOMES
from server.pages.rendering import Face, Typed
from server.views import code_shapes as shapes
from server.views.choosing import PlaceChoice
from server.views.plaques import FarShape, FaultList, FaultShape, PastShape
from server.views.shapes import OptionShape
from tests.pages.samples import a_photo, a_place, at

Context = dict[str, object]
ONE, OTHER = UUID(int=7), UUID(int=8)
MADE = at(23, 9, 0)
NODES = PlaceChoice(options=[OptionShape(value=str(ONE), title="演示·湖畔社区")], more=True)


def a_batch(**more: object) -> shapes.BatchShape:
    said = {"place": "演示·湖畔社区"} | more
    return shapes.BatchShape(id=ONE, name="云锦苑<第一批>", made_at=MADE, count=240, **said)


def codes(_: Face) -> Context:
    line = shapes.CodeLine(
        id=ONE, kind_title="室外码", place="演示·云锦苑小区1号楼", mounted=True, short="123456784"
    )
    return {
        "batches": shapes.BatchList(items=[a_batch(), a_batch(voided_at=MADE)], next=str(ONE)),
        "nodes": NODES,
        "found": shapes.CodeLines(items=[line], more=True),
        "typed": Typed("", values={"q": "<云>"}),
        "notice": "做好了。",
    }


def codes_none(face: Face) -> Context:
    nothing = shapes.CodeLines(items=[], more=False)
    return codes(face) | {"batches": shapes.BatchList(items=[]), "found": nothing, "notice": ""}


def new(_: Face) -> Context:
    counted = (
        ("entrance", "单元门口", 24, 4),
        ("room", "每户家里", 240, 240),
        ("estate", "门", 1, 0),
    )
    return {
        "node": str(ONE),
        "place_name": "演示·湖畔社区",
        "missing": [
            shapes.MissingShape(kind=kind, title=title, places=places, missing=missing)
            for kind, title, places, missing in counted
        ],
        "total": 244,
        "typed": Typed("k", values={"kinds": "room"}, errors={"kinds": "请选给哪些地方做码。"}),
    }


def new_none(face: Face) -> Context:
    return new(face) | {"missing": [], "total": 0, "typed": Typed("k")}


def a_print(state: str, nth: int) -> shapes.PrintShape:
    return shapes.PrintShape(
        id=UUID(int=nth),
        layout="sheet",
        state=state,
        total=240,
        drawn=60,
        size_kb=300,
        asked_at=MADE,
    )


def batch(_: Face) -> Context:
    kind = shapes.BatchKind(title="室外码", active=240, mounted=3)
    states = ("waiting", "drawing", "ready", "failed")
    return {
        "page": shapes.BatchPage(batch=a_batch(), kinds=[kind], active=240, mounted=3),
        "prints": [a_print(state, nth) for nth, state in enumerate(states)],
        "layouts": ("sheet", "single"),
        "reasons": REASONS,
        "address": "http://127.0.0.1:8000",
        "typed": Typed("k", errors={"ended_for": "请选为什么停用。"}, move="void"),
        "notice": "做好了。",
    }


def batch_voided(face: Face) -> Context:
    page = shapes.BatchPage(batch=a_batch(voided_at=MADE), kinds=[], active=0, mounted=0)
    return batch(face) | {"page": page, "prints": [], "typed": Typed("k"), "notice": ""}


def a_code(**more: object) -> shapes.CodePage:
    said = {
        "in_use": True,
        "may_end": True,
        "past": [
            shapes.PastCode(
                id=OTHER, issued_at=MADE, short="123456784", retired_at=MADE, ended_for="牌子坏了"
            )
        ],
        "days": [shapes.DayShape(on=date(2026, 11, 23), scans=12)],
        "short": "123456784",
        "mounted_at": MADE,
        "happened": [
            PastShape(at=MADE, what="closed", title="清理好、修好了", by="演示·湖畔社区网格员"),
            PastShape(at=MADE, what="fault", title="破了、看不清了", times=3, far=True),
            PastShape(at=MADE, what="mounted", by="演示·湖畔社区网格员", photo_of=ONE),
        ],
    } | more
    return shapes.CodePage(
        id=ONE,
        token="0123456789ABCDEFGHJKMNPQRSX",
        kind_title="室外码",
        place="演示·云锦苑小区1号楼1单元",
        issued_at=MADE,
        scans=12,
        counted=True,
        **said,
    )


def code(_: Face) -> Context:
    wrong = Typed("k", errors={"ended_for": "请选为什么停用。"}, move="replace")
    return {
        "code": a_code(),
        "reasons": REASONS,
        "typed": wrong,
        "untouched": Typed(""),
        "notice": "旧码停用了，这是新的。",
    }


def code_retired(face: Face) -> Context:
    gone = {"in_use": False, "may_end": False, "retired_at": MADE, "ended_for": "牌子坏了"}
    shown = a_code(**gone, successor_id=OTHER, past=[], days=[], happened=[])
    return code(face) | {"code": shown, "typed": Typed("k"), "notice": ""}


def fault(_: Face) -> Context:
    wrong = Typed("k", errors={"kind": "请选牌子怎么了。"})
    said = {"kinds": FAULTS, "typed": wrong, "notice": "记下了，谢谢您。"}
    return {"place": a_place(), "token": "0123456789ABCDEFGHJKMNPQRSX"} | said


def mount(_: Face) -> Context:
    typed = Typed("k", errors={"photos": "请拍一张挂好的样子。"}, photos=(a_photo(),))
    return {"place": a_place(), "token": "ABC", "far_m": 200, "typed": typed}


def plaques(_: Face) -> Context:
    one = FaultShape(
        id=ONE, token="ABC", place="演示·<云锦苑>", title="掉了", times=2, far=True, at=MADE
    )
    other = FaultShape(
        id=OTHER,
        token="DEF",
        place="演示·湖畔",
        title="破了",
        times=1,
        far=False,
        at=MADE,
        code_id=OTHER,
    )
    return {
        "faults": FaultList(items=[one, other], next="m+/"),
        "far": [FarShape(place="路灯", times=3, code_id=ONE), FarShape(place="门", times=2)],
        "closes": True,
        "outcomes": OUTCOMES,
        "typed": Typed("k", errors={"outcome": "请选怎么处理的。"}, move=str(ONE)),
        "untouched": Typed(""),
        "notice": "记下了。",
    }


def plaques_none(face: Face) -> Context:
    return plaques(face) | {"faults": FaultList(items=[]), "far": [], "closes": False, "notice": ""}


def retired(_: Face) -> Context:
    return {
        "place": "演示·云锦苑小区1号楼1单元",
        "retired_on": "2026年11月1日",
        "who": "网格员演示-巴特尔",
        "phone": "16000000101",
        "successor": "ABC",
        "ended_for": "牌子坏了",
        "said": "电梯不动了",
    }


CODE_PAGES: dict[str, tuple[str, Callable[[Face], Context]]] = {
    "codes": ("codes.html", codes),
    "codes, none": ("codes.html", codes_none),
    "codes, new": ("codes_new.html", new),
    "codes, nowhere": ("codes_new.html", new_none),
    "batch": ("batch.html", batch),
    "batch, voided": ("batch.html", batch_voided),
    "code": ("code.html", code),
    "code, retired": ("code.html", code_retired),
    "retired code": ("code_retired.html", retired),
    "fault": ("fault.html", fault),
    "mount": ("mount.html", mount),
    "plaques": ("plaques.html", plaques),
    "plaques, none": ("plaques.html", plaques_none),
}
