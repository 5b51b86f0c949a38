"""Invented cases to make pages from, without a database: a raiser's, a holder's, an inbox."""

from datetime import datetime

import msgspec

from server.views.case_shapes import (
    CasePage,
    EventShape,
    HolderShape,
    NextShape,
    RaiserShape,
    WhoShape,
)
from server.views.list_shapes import BulkItem, CallItem, CaseItem
from tests.pages.samples import a_move, a_photo, a_place, at


def an_event(
    when: datetime, move: str, title: str, who: str = "", role: str = "", **more: object
) -> EventShape:
    return EventShape(
        at=when,
        who=WhoShape(name=who, role_title=role),
        move=move,
        move_title=title,
        **more,
    )


def a_case(**changes: object) -> CasePage:
    """A lift that was mended, waiting for the resident's word."""
    text = "早上起来电梯就不动了，楼上有老人要去医院。"
    case = CasePage(
        number="261123004701",
        flow="report",
        state="resolved",
        state_title="请您看看办好了没有",
        version=6,
        category="P02",
        category_title="电梯故障停运",
        place=a_place(),
        spot="5楼电梯口",
        opened_at=at(23, 8, 12),
        respond_by=at(23, 8, 42),
        resolve_by=at(24, 8, 12),
        responded_at=at(23, 8, 31),
        resolved_at=at(23, 10, 10),
        overdue=False,
        seconded=2,
        lens="own",
        text=text,
        photos=[a_photo()],
        raiser=RaiserShape(me=True, name="演示-王女士", phone="160****0123"),
        now_with=HolderShape(
            unit="演示·安居物业", name="演示-刘经理", role_title="物业", phone="16000000102"
        ),
        next=NextShape(step="由您来说好没好", by=at(26, 11, 40)),
        timeline=[
            an_event(at(23, 8, 12), "submit", "已收到您的上报", text=text),
            an_event(at(23, 8, 12), "dispatch", "已转给演示·安居物业"),
            an_event(at(23, 8, 31), "sign", "演示·安居物业开始办了", "演示-刘经理", "物业"),
            an_event(
                at(23, 10, 10),
                "resolve",
                "请您看看办好了没有",
                "演示-刘经理",
                "物业",
                text="换了门机皮带，上下试了十趟，都正常。",
                photos=[a_photo()],
            ),
        ],
        moves=[
            a_move(
                "confirm",
                "回答",
                "solved",
                "rating?",
                solved=[("yes", "解决了"), ("partly", "解决了一部分"), ("no", "还没有")],
            ),
            a_move("reopen", "没解决，请重办", "reason?", "photos?", "solved?"),
        ],
        unread=["请您看看办好了没有"],
    )
    return msgspec.structs.replace(case, **changes)


OUTCOMES = [
    ("fixed", "办好了"),
    ("explained", "只能说明"),
    ("planned", "排了计划"),
    ("not_ours", "不归我们管"),
]


def a_staff_case(**changes: object) -> CasePage:
    """The same lift, still being mended, as the property firm sees it."""
    given = {
        "state": "handling",
        "state_title": "办理中",
        "lens": "work",
        "resolved_at": msgspec.UNSET,
        "unread": [],
        "raiser": RaiserShape(me=False, name="演示-王**", phone="160****0123"),
        "next": NextShape(step="办完", by=at(24, 8, 12)),
        "timeline": a_case().timeline[:3],
        "moves": [
            a_move(
                "resolve",
                "办结",
                "outcome",
                "text",
                "photos?",
                "until?",
                "unit?",
                "reason?",
                outcome=OUTCOMES,
            ),
            a_move("progress", "记进展，居民看得到", "text"),
            a_move("return", "不归我们管，退回", "reason"),
        ],
    }
    return a_case(**(given | changes))


def an_item(
    number: str, title: str, state: str, state_title: str, due: datetime, **more: object
) -> CaseItem:
    given = {
        "due_title": "办完",
        "spot": "3楼",
        "opened_at": at(23, 8, 0),
        "overdue": False,
        "seconded": 0,
        "version": 1,
    }
    return CaseItem(
        number=number,
        title=title,
        state=state,
        state_title=state_title,
        due_at=due,
        place="演示·云锦苑小区3号楼2单元",
        **(given | more),
    )


def some_items() -> list[CaseItem]:
    accept, back = a_move("accept", "受理"), a_move("return", "退回", "reason")
    resolve = a_move("resolve", "办结", "outcome", "text", "photos?")
    return [
        an_item(
            "261123000101",
            "楼道堆物",
            "handling",
            "办理中",
            at(23, 9, 55),
            text="柜子还在，门只能开一半。",
            moves=[resolve],
            overdue=True,
            now_with="演示-周师傅",
        ),
        an_item(
            "261123000202",
            "飞线充电",
            "submitted",
            "新上报",
            at(23, 10, 32),
            due_title="回应",
            photo_count=2,
            moves=[accept, back],
        ),
        an_item(
            "261123000303",
            "其他、不清楚",
            "dispatched",
            "待签收",
            at(23, 12, 0),
            due_title="回应",
            moves=[accept, back],
            seconded=5,
        ),
        an_item(
            "261123004701",
            "电梯故障停运",
            "handling",
            "办理中",
            at(24, 8, 12),
            moves=[resolve],
            now_with="演示-周师傅",
        ),
        an_item("261123000505", "照明损坏", "dispute", "退回待定", at(26, 18, 0), moves=[]),
    ]


def a_call() -> CallItem:
    """A resident to ring up, missed once."""
    return CallItem(
        number="261123004701",
        title="电梯故障停运",
        place="演示·云锦苑小区1号楼1单元",
        spot="5楼",
        text="电梯不动了",
        raiser="演*",
        channel_title="窗口",
        opened_at=at(22, 8, 12),
        due_at=at(26, 11, 40),
        solved_at=at(23, 9, 40),
        solved_by="演示·安居物业",
        outcome="办好了",
        said="换了门机皮带。",
        missed_at=[at(23, 10, 0)],
    )


def a_bulk_item() -> BulkItem:
    """One of several chosen on a list."""
    return BulkItem(
        number="261123004701",
        title="电梯故障停运",
        place="演示·云锦苑小区1号楼1单元",
        state_title="待签收",
        version=3,
    )
