"""What the pages of whoever works on cases are given, with invented shapes: inbox, desk, calls."""

from collections.abc import Callable

from server.pages.bulk import BULK_MOVES, Outcome
from server.pages.desk import Saved
from server.pages.moves import buttons, form_of, move_forms
from server.pages.rendering import Face, Typed
from server.places import Found
from server.views import list_shapes, shapes, sign_shapes
from tests.pages import case_samples, samples, sign_samples
from tests.pages.samples import at

Context = dict[str, object]


def _link(**changes: object) -> str:
    return "/desk?" + "&".join(f"{name}={value}" for name, value in changes.items())


def work(face: Face) -> Context:
    return {
        "who": "网格员，演示·湖畔社区第一网格",
        "notice": "",
        "fragment_url": "/work?part=list",
        "key": "k",
        "list": list_shapes.CaseList(items=case_samples.some_items()),
        "buttons": lambda item: buttons(item.moves or [], face.words),
        "bulk_moves": BULK_MOVES,
        "unchosen": True,
        "faulty": 1,
        "mounts": True,
        "inspects": True,
        "claimed": 2,
        "verifies": True,
        "praised": 2,
        "talking": 3,
        "told": 1,
    }


def work_empty(face: Face) -> Context:
    return work(face) | {
        "list": list_shapes.CaseList(items=[]),
        "notice": "已受理。",
        "claimed": 0,
        "praised": 0,
        "talking": 0,
        "told": 0,
    }


def desk(face: Face) -> Context:
    case = case_samples.a_staff_case()
    counts = {"open": 7, "to_sign": 2, "dispute": 1, "overdue": 1, "resolved": 4, "closed": 30}
    estates = [shapes.OptionShape(value="1", title="演示·云锦苑小区")]
    return {
        "notice": "",
        "tab": "open",
        "q": "",
        "estate": "",
        "link": _link,
        "fragment_url": "/desk?part=list",
        "talking": 2,
        "case": case,
        "list": list_shapes.DeskList(
            items=case_samples.some_items(), counts=counts, estates=estates, moves=[]
        ),
        "forms": move_forms(case, face.words, Typed("k")),
        "may_export": True,
        "saved": [Saved(1, "我的超时件", "/desk?tab=overdue", True)],
        "keeping": Typed("", values={"title": "长"}, errors={"title": "名字太长。"}),
        "bulk_moves": BULK_MOVES,
        "unchosen": True,
    }


def desk_empty(face: Face) -> Context:
    nothing = list_shapes.DeskList(items=[], counts={"open": 0}, estates=[], moves=[])
    return desk(face) | {"list": nothing, "bulk_moves": [], "case": None, "forms": (), "talking": 0}


def filing_find(_: Face) -> Context:
    found = [Found(samples.SOME_ID, "entrance", "演示·云锦苑小区1号楼1单元", "第一网格")]
    typed = Typed("", values={"find": "云锦苑"})
    return {"card": None, "typed": typed, "find": "云锦苑", "found": found, "known": ""}


def filing_none(face: Face) -> Context:
    return filing_find(face) | {"found": []}


def filing(_: Face) -> Context:
    card = sign_samples.a_card()
    typed = Typed(
        "k",
        values={"system2": "12345", "text": "<b>老人说</b>"},
        errors={"number2": "系统和编号要一起填。", "channel": "请选居民是怎么反映的。"},
    )
    shown = sign_shapes.FilingCard(
        place=card.place,
        categories=card.categories,
        channels=[shapes.OptionShape(value="counter", title="窗口")],
        known=[sign_shapes.KnownShape(text="停水", until=at(23, 18, 0))],
        open_cases=card.open_cases,
    )
    return {"card": shown, "typed": typed, "find": "", "found": [], "known": "261123004701"}


def callbacks(_: Face) -> Context:
    items = list_shapes.CallItems(items=[case_samples.a_call()], next="abc")
    return {"list": items, "notice": "记下了。"}


def callbacks_empty(face: Face) -> Context:
    return callbacks(face) | {"list": list_shapes.CallItems(items=[])}


def call(face: Face) -> Context:
    moves = [
        samples.a_move("answer_by_phone", "电话回访", "solved", "rating?", "text?"),
        samples.a_move("call_missed", "回访没接通", "text?"),
    ]
    case = case_samples.a_staff_case(moves=moves)
    forms = move_forms(case, face.words, Typed("k"))
    one = list_shapes.Call(item=case_samples.a_call(), phone="16000000123")
    return {"call": one, "case": case, "forms": forms}


def bulk(face: Face) -> Context:
    move = samples.a_move("dispatch", "派单", "unit?", "text?", unit=[("1", "演示·安居物业")])
    item = case_samples.a_bulk_item()
    typed = Typed("k", errors={"unit": "请重新选。"}, move="dispatch")
    return {
        "move": "dispatch",
        "card": list_shapes.BulkCard(ready=[item], others=[item], move=move),
        "form": form_of(move, face.words, typed, is_main=True),
        "typed": typed,
        "back": "/desk",
    }


def bulk_nobody(face: Face) -> Context:
    card = list_shapes.BulkCard(ready=[], others=[case_samples.a_bulk_item()])
    return bulk(face) | {"card": card, "form": None}


def bulk_done(_: Face) -> Context:
    went = [Outcome("261123004701", case_samples.a_bulk_item())]
    stayed = [Outcome("261123004712", None, "没找到这件事。")]
    return {"move": "accept", "back": "/work", "went": went, "stayed": stayed}


DESK_PAGES: dict[str, tuple[str, Callable[[Face], Context]]] = {
    "work": ("work.html", work),
    "work, empty": ("work.html", work_empty),
    "desk": ("desk.html", desk),
    "desk, empty": ("desk.html", desk_empty),
    "filing, find": ("filing.html", filing_find),
    "filing, not found": ("filing.html", filing_none),
    "filing": ("filing.html", filing),
    "callbacks": ("callbacks.html", callbacks),
    "callbacks, none": ("callbacks.html", callbacks_empty),
    "call": ("call.html", call),
    "bulk": ("bulk.html", bulk),
    "bulk, nobody": ("bulk.html", bulk_nobody),
    "bulk, done": ("bulk_done.html", bulk_done),
}
