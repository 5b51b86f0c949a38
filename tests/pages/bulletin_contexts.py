"""What the pages of bulletins are given, with invented shapes."""

from collections.abc import Callable
from uuid import UUID

from msgspec import UNSET

from server import bulletins
from server.pages.rendering import Face, Typed
from server.views import bulletin_shapes, shapes
from server.views.choosing import PlaceChoice
from tests.pages import samples, sign_samples
from tests.pages.samples import at

Context = dict[str, object]
ONE = UUID(int=7)
SIGN, DESK = "/c/ABC/bulletins", "/desk/bulletins"
SOURCE = "# 请您看一看\n\n- 关好<燃气>阀门\n- 楼道不堆东西\n\n1. 一\n\n[指南](https://a.example)"


def a_bulletin(**more: object) -> bulletin_shapes.BulletinShape:
    said = {"at": at(22, 9, 0), "until": at(29, 18, 0), "photos": [samples.a_photo()]} | more
    return bulletin_shapes.BulletinShape(
        kind_title="公告",
        title="冬季<用火>安全提醒",
        unit="演示·湖畔社区居委会",
        place="演示·湖畔社区",
        html=bulletins.written(SOURCE),
        **said,
    )


def a_line(state: str, **more: object) -> bulletin_shapes.MindedLine:
    times = {} if state == "draft" else {"out_at": at(22, 9, 0), "until_at": at(29, 18, 0)}
    return bulletin_shapes.MindedLine(
        id=ONE,
        kind_title="公告",
        title="冬季<用火>安全提醒",
        place="演示·湖畔社区",
        unit="演示·湖畔社区居委会",
        state=state,
        state_title=bulletins.STATES[state],
        audiences="居民、工作人员",
        changed_at=at(22, 8, 0),
        **({"pinned": False} | times | more),
    )


def a_page(state: str, **more: object) -> bulletin_shapes.MindedBulletin:
    figures = [
        bulletin_shapes.FigureShape(community="演示·湖畔社区", times=31),
        bulletin_shapes.FigureShape(times=2),
    ]
    said = {
        "line": a_line(state),
        "shown": a_bulletin(at=UNSET, until=UNSET) if state == "draft" else a_bulletin(),
        "figures": [] if state == "draft" else figures,
    } | more
    return bulletin_shapes.MindedBulletin(
        source=SOURCE,
        place_id=ONE,
        audience_keys=["residents", "staff"],
        version=3,
        usual_until=at(29, 18, 0),
        opened=33,
        **{"worded_here": True} | said,
    )


def listed(_: Face) -> Context:
    some = sign_samples.some_bulletins()
    return {"list": some, "at": SIGN, "back": "/c/ABC", "place": samples.a_place()}


def listed_none(face: Face) -> Context:
    return listed(face) | {"list": bulletin_shapes.BulletinList(items=[])}


def for_staff(face: Face) -> Context:
    return listed(face) | {"at": "/work/bulletins", "back": "/work", "place": None}


def read(_: Face) -> Context:
    said = {"bulletin": a_bulletin(), "every": SIGN, "back": "/c/ABC"}
    return said | {"place": samples.a_place()}


def read_by_staff(face: Face) -> Context:
    said = {"every": "/work/bulletins", "back": "/work", "place": None}
    return read(face) | said | {"bulletin": a_bulletin(photos=[])}


def read_anywhere(face: Face) -> Context:
    return read(face) | {"every": "", "back": "/", "place": None}


def at_the_desk(_: Face) -> Context:
    items = [a_line(state, pinned=state == "out") for state in bulletins.STATES]
    return {
        "list": bulletin_shapes.MindedList(items=items, next=str(ONE)),
        "tab": "all",
        "tabs": bulletins.TABS,
        "notice": "草稿删掉了。",
    }


def none_at_the_desk(face: Face) -> Context:
    return at_the_desk(face) | {"list": bulletin_shapes.MindedList(items=[]), "notice": ""}


def _form(page: bulletin_shapes.MindedBulletin | None, typed: Typed) -> Context:
    card = bulletin_shapes.BulletinCard(
        places=PlaceChoice(
            options=[shapes.OptionShape(value=str(ONE), title="演示·湖畔社区")], more=page is None
        ),
        audiences=[
            shapes.OptionShape(value=key, title=title) for key, title in bulletins.AUDIENCES.items()
        ],
    )
    here = f"{DESK}/{ONE}" if page else DESK
    return {"card": card, "page": page, "here": here, "like": "", "preview": None, "typed": typed}


def new(_: Face) -> Context:
    return _form(None, Typed("k"))


def looked_at(_: Face) -> Context:
    values = {"title": "停<水>", "audiences": "staff", "text": SOURCE, "place": str(ONE)}
    typed = Typed("k", values=values, photos=(samples.a_photo(),))
    return _form(None, typed) | {"preview": a_bulletin(until=UNSET), "like": str(ONE)}


def changed(_: Face) -> Context:
    errors = {
        "title": "写一个标题。",
        "photos": "太大。",
        "": "同事刚刚改过。",
        "audiences": "请选。",
    }
    return _form(a_page("out"), Typed("k", values={"text": "<b>"}, errors=errors))


def _one(page: bulletin_shapes.MindedBulletin, typed: Typed, times: Typed) -> Context:
    said = {"page": page, "here": f"{DESK}/{ONE}", "typed": typed, "times": times}
    return said | {"untouched": Typed(""), "notice": ""}


def a_draft(_: Face) -> Context:
    wrong = Typed("k", values={"out": "x"}, errors={"until": "写清公布到哪一天。"}, move="publish")
    return _one(a_page("draft"), wrong, wrong)


def a_firms_draft(_: Face) -> Context:
    return _one(a_page("draft", worded_here=False), Typed("k"), Typed(""))


def scheduled(_: Face) -> Context:
    times = Typed("", values={"out": "2026-11-24T08:00", "until": "2026-11-29T18:00"})
    return _one(a_page("scheduled"), Typed("k"), times) | {"notice": "存好了。"}


def out(_: Face) -> Context:
    wrong = Typed("k", errors={"reason": "写一句为什么撤下。"}, move="withdraw")
    page = a_page("out", line=a_line("out", pinned=True))
    return _one(page, wrong, Typed("", values={"until": "2026-11-29T18:00"}))


def withdrawn(_: Face) -> Context:
    page = a_page("withdrawn", reason="改<期>了", withdrawn_at=at(23, 9, 0), figures=[])
    return _one(page, Typed("k"), Typed(""))


def expired(_: Face) -> Context:
    return _one(a_page("expired"), Typed("k"), Typed(""))


def sheet(_: Face) -> Context:
    said = {"back": f"{DESK}/{ONE}", "printed_at": samples.NOON}
    return said | {"bulletin": a_bulletin()}


BULLETIN_DESK: dict[str, tuple[str, Callable[[Face], Context]]] = {
    "bulletins at the desk": ("bulletin_desk.html", at_the_desk),
    "bulletins at the desk, none": ("bulletin_desk.html", none_at_the_desk),
    "bulletin, new": ("bulletin_form.html", new),
    "bulletin, looked at": ("bulletin_form.html", looked_at),
    "bulletin, changed": ("bulletin_form.html", changed),
    "bulletin, draft": ("bulletin_one.html", a_draft),
    "bulletin, a firm's draft": ("bulletin_one.html", a_firms_draft),
    "bulletin, scheduled": ("bulletin_one.html", scheduled),
    "bulletin, out": ("bulletin_one.html", out),
    "bulletin, withdrawn": ("bulletin_one.html", withdrawn),
    "bulletin, expired": ("bulletin_one.html", expired),
    "bulletin on paper": ("bulletin_sheet.html", sheet),
}
BULLETIN_PAGES = BULLETIN_DESK | {
    "bulletins": ("bulletins.html", listed),
    "bulletins, none": ("bulletins.html", listed_none),
    "bulletins for staff": ("bulletins.html", for_staff),
    "bulletin": ("bulletin.html", read),
    "bulletin for staff": ("bulletin.html", read_by_staff),
    "bulletin anywhere": ("bulletin.html", read_anywhere),
}
