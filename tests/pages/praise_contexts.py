"""What the pages of praise are given, with invented shapes."""

from collections.abc import Callable
from uuid import UUID

from msgspec import UNSET

from server import praise
from server.pages.rendering import Face, Typed
from server.views import praise_shapes as shapes
from tests.pages import sign_samples
from tests.pages.samples import at

Context = dict[str, object]
ONE = UUID(int=7)
WORKER = shapes.PraiseTarget(kind="post", value=f"post:{ONE}", name="网格员演示-巴特尔")


def _sign() -> Context:
    card = sign_samples.a_card()
    return {"place": card.place, "token": card.code.token}


def choosing(_: Face) -> Context:
    kinds = ("post", "unit", "place", "case")
    targets = [
        shapes.PraiseTarget(kind=kind, value=f"{kind}:1", name=kind)
        for kind in (*kinds, *["unit"] * 4)
    ]
    return _sign() | {"card": shapes.PraiseCard(targets=targets, tags=[]), "typed": Typed("k")}


def thanking(_: Face) -> Context:
    tags = [shapes.TagShape(value=key, title=word) for key, word in praise.TAGS["post"].items()]
    typed = Typed(
        "k",
        values={"tag": "kind", "text": "<b>谢谢", "nameless": "1"},
        errors={"text": "请不要写号码。", "": "今天已经点过赞了。"},
    )
    card = shapes.PraiseCard(targets=[WORKER], tags=tags, chosen=WORKER)
    return _sign() | {"card": card, "typed": typed}


def wall(_: Face) -> Context:
    return {"card": sign_samples.a_card(), "praises": sign_samples.some_praises()}


def wall_empty(_: Face) -> Context:
    return {"card": sign_samples.a_card(), "praises": shapes.PraiseList(items=[])}


def given(_: Face) -> Context:
    items = [
        shapes.OwnPraise(
            id=ONE,
            state=state,
            state_title=title,
            target_kind="unit",
            target="演示·安居物业",
            tag="quick",
            tag_title="来得快",
            place="演示·云锦苑小区",
            at=at(23, 9, 0),
            text=UNSET if state == "withdrawn" else "谢谢<您>",
            reason="写了别人家的事。" if state == "refused" else UNSET,
        )
        for state, title in praise.STATES.items()
    ]
    return {"praises": shapes.OwnPraiseList(items=items, next="more"), "notice": "已撤回。"}


def given_none(_: Face) -> Context:
    return {"praises": shapes.OwnPraiseList(items=[]), "notice": ""}


def received(_: Face) -> Context:
    return {"praises": sign_samples.some_praises()}


def received_none(_: Face) -> Context:
    return {"praises": shapes.PraiseList(items=[])}


def screening(_: Face) -> Context:
    waiting = shapes.WaitingPraise(
        id=ONE,
        target="网格员演示-巴特尔",
        tag_title="热心",
        place="演示·云锦苑小区1号楼1单元",
        at=at(23, 9, 0),
        late=True,
        text="你个<王八>",
        giver="王*",
        flag_title="像是骂人的话",
    )
    plain = shapes.WaitingPraise(
        id=UUID(int=8), target="这里", tag_title="好看", place="这里", at=at(23, 9, 0), late=False,
        text="好",
    )  # fmt: skip
    wrong = Typed("k", errors={"reason": "请写明原因。"}, move=str(ONE))
    some = shapes.WaitingList(items=[waiting, plain], next="m+/")
    said = {"list": some, "after": "", "typed": wrong, "untouched": Typed("")}
    return said | {"tab": "waiting", "notice": "已转达。"}


def screening_none(_: Face) -> Context:
    none = {"list": shapes.WaitingList(items=[]), "after": "m"}
    said = none | {"typed": Typed("k"), "untouched": Typed("")}
    return said | {"tab": "waiting", "notice": ""}


def odd(_: Face) -> Context:
    rules = list(praise.ODD.values())
    one = shapes.OddPraise(
        target="网格员演示-巴特尔",
        praises=12,
        accounts=3,
        first_at=at(22, 9, 0),
        last_at=at(23, 9, 0),
        rules=rules[:2],
    )
    return {"tab": "odd", "odd": [one], "rules": rules, "days": 7}


def odd_none(face: Face) -> Context:
    return odd(face) | {"odd": []}


def figures(_: Face) -> Context:
    grids = [shapes.GridPraise(grid="演示·湖畔社区第一网格", praises=3, reports=12)]
    return {"tab": "figures", "grids": grids, "days": 30}


def figures_none(face: Face) -> Context:
    return figures(face) | {"grids": []}


PRAISE_PAGES: dict[str, tuple[str, Callable[[Face], Context]]] = {
    "praise, whom": ("praise.html", choosing),
    "praise": ("praise.html", thanking),
    "wall": ("wall.html", wall),
    "wall, empty": ("wall.html", wall_empty),
    "given": ("given.html", given),
    "given, none": ("given.html", given_none),
    "received": ("received.html", received),
    "received, none": ("received.html", received_none),
    "screening": ("screening.html", screening),
    "screening, none": ("screening.html", screening_none),
    "what looks odd": ("screening_odd.html", odd),
    "nothing odd": ("screening_odd.html", odd_none),
    "figures": ("screening_figures.html", figures),
    "figures, none": ("screening_figures.html", figures_none),
}
