"""What the pages of rosters are given, with invented shapes."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from server.pages.rendering import Face, Typed
from server.views import roster_shapes as shapes
from server.views.choosing import PlaceChoice
from server.views.shapes import OptionShape
from tests.pages.samples import NOON, at

Context = dict[str, object]
ONE, TWO = UUID(int=7), UUID(int=8)
PEOPLE = [
    OptionShape(value=str(key), title=f"演示-{name}<b>") for key, name in ((ONE, "甲"), (TWO, "乙"))
]


def _post(**said: object) -> shapes.RosterPost:
    person = shapes.OnPost(id=ONE, name="演示-甲", kind="holder", since=at(26, 8, 0))
    whole: dict[str, object] = {
        "id": ONE,
        "role_title": "24小时值班",
        "place": "演示·湖畔社区",
        "on_duty": True,
        "hours": "24小时",
        "may_set_up": True,
        "now": "演示-甲",
        "people": [
            person,
            shapes.OnPost(
                id=TWO, name="演示-乙", kind="away", since=at(26, 8, 0), until=at(26, 9, 0)
            ),
            shapes.OnPost(
                id=UUID(int=9),
                name="演示-丙",
                kind="deputy",
                since=at(26, 8, 0),
                instead_of="演示-乙",
            ),
        ],
        "shifts": [
            shapes.ShiftShape(
                id=1,
                who="演示-甲",
                title="早班",
                hours="7:00–15:00",
                on_day=date(2026, 11, 30),
                every=every,
            )
            for every in (0, 1, 3)
        ],
        "week": ["11月30日周一：早班演示-甲（7:00–15:00）"],
        "oddities": ["11月30日0:00到7:00没有人值班，这段时间由上一级接。"],
    }
    return shapes.RosterPost(**(whole | said))  # type: ignore[arg-type]  # as spelt above


def _leaves() -> list[shapes.LeaveShape]:
    return [
        shapes.LeaveShape(
            id=key,
            name="演示-甲",
            since=at(26, 8, 0),
            until=at(26, 18, 0),
            now=me,
            me=me,
            may_end=me,
        )
        for key, me in ((ONE, True), (TWO, False))
    ]


def roster(_: Face) -> Context:
    empty = {"people": [], "shifts": [], "week": [], "oddities": []}
    vacant = _post(id=TWO, on_duty=False, hours="", may_set_up=False, **empty)
    card = shapes.RosterCard(
        unit_id=ONE, unit="演示·居委会", units=PEOPLE, posts=[_post(), vacant], leaves=_leaves()
    )
    return {"card": card, "notice": ""}


def roster_sheet(face: Face) -> Context:
    return {"card": roster(face)["card"], "printed_at": NOON}


def roster_post(_: Face) -> Context:
    hours = [
        shapes.HoursShape(days=days, starts="22:00", ends=ends)
        for days, ends in (("every", "24:00"), ("135", "06:00"))
    ]
    card = shapes.PostCardShape(
        unit_id=ONE,
        unit="演示·居委会",
        post=_post(),
        hours=hours,
        holders=PEOPLE,
        colleagues=PEOPLE,
        may_badge=True,
    )
    wrong = Typed("k", {"starts1": "9点"}, {"starts1": "第1段：写清几点到几点。"}, move="hours")
    return {"card": card, "typed": wrong, "untouched": Typed("k"), "notice": ""} | {
        "lines": 4,
        "kinds": 3,
        "people": 2,
    }


def roster_post_again(face: Face) -> Context:
    wrong = Typed("k", {}, {"people": "请选两个人。", "starts": "班次至少一个。"}, move="circle")
    return roster_post(face) | {"typed": wrong}


def duty(_: Face) -> Context:
    whole = {"role_title": "网格员", "unit": "演示·居委会", "place": "第一网格"}
    posts = [
        shapes.OwnDuty(**whole, hours="", on_duty=True, answering=True, phone="16000000101"),
        shapes.OwnDuty(**whole, hours="24小时", on_duty=True, answering=False),
        shapes.OwnDuty(
            **whole, hours="24小时", on_duty=False, answering=True, next_duty=at(26, 18, 0)
        ),
        shapes.OwnDuty(
            **whole, hours="24小时", on_duty=False, answering=False, next_duty=at(27, 8, 0)
        ),
    ]
    card = shapes.DutyCard(posts=posts, leaves=_leaves(), colleagues=PEOPLE)
    wrong = Typed("k", {"until": "<b>"}, {"until": "这个时间已经过了，请写今后的。"}, move="leave")
    return {"card": card, "typed": wrong, "untouched": Typed("k"), "notice": ""}


def duty_shown(_: Face) -> Context:
    card = shapes.DutyCard(posts=[], leaves=[], colleagues=[], own_phone="16000000101")
    return {"card": card, "typed": Typed("k"), "untouched": Typed("k"), "notice": "请好假了。"}


def first_day(_: Face) -> Context:
    steps = [
        shapes.StepShape(key=key, done=done, have=have, lacking=lacking, named=["网格"] * lacking)
        for key, done, have, lacking in (
            ("town", True, 1, 0), ("workers", False, 2, 1), ("codes", False, 0, 0)
        )
    ]  # fmt: skip
    return {"steps": steps, "address": "http://127.0.0.1:8000"}


def first_day_ready(_: Face) -> Context:
    return {
        "steps": [shapes.StepShape(key="codes", done=True, have=7, lacking=0, named=[])],
        "address": "",
    }


def first_day_step(_: Face) -> Context:
    named = [f"演示·第{nth}网格<b>" for nth in range(50)]
    step = shapes.StepShape(key="held", done=False, have=700, lacking=120, named=named, next=100)
    return {"step": step, "skip": 50}


def first_day_step_done(_: Face) -> Context:
    step = shapes.StepShape(key="held", done=True, have=7, lacking=0, named=[])
    return {"step": step, "skip": 0}


def firms(_: Face) -> Context:
    here = [
        shapes.FirmShape(estate="演示·云锦苑小区", firm="", comes="演示·新家物业", comes_at=NOON),
        shapes.FirmShape(estate="演示·湖畔小区", firm="演示·安居物业"),
    ]
    estates = PlaceChoice(options=PEOPLE, more=True)
    card = shapes.FirmCard(estates=estates, firms=PEOPLE, here=here, next=str(ONE))
    return {"card": card, "typed": Typed("k", {}, {"on": "写清从哪一天起。"}), "notice": ""}


ROSTER_PAGES: dict[str, tuple[str, Callable[[Face], Context]]] = {
    "roster": ("roster.html", roster),
    "roster on paper": ("roster_sheet.html", roster_sheet),
    "post": ("roster_post.html", roster_post),
    "post, wrong circle": ("roster_post.html", roster_post_again),
    "duty": ("duty.html", duty),
    "duty, number shown": ("duty.html", duty_shown),
    "first day": ("first_day.html", first_day),
    "first day, ready": ("first_day.html", first_day_ready),
    "first day, one step": ("first_day_step.html", first_day_step),
    "first day, one step done": ("first_day_step.html", first_day_step_done),
    "firms": ("firms.html", firms),
}
