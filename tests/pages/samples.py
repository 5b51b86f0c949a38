"""Invented shapes to make pages from, without a database: a code, a case, an inbox."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from server.pages.rendering import Frame
from server.views import shapes, thanks

NOON = datetime(2026, 11, 23, 10, 20, tzinfo=ZoneInfo("Asia/Shanghai"))
SOME_ID = UUID("01936f00-0000-7000-8000-000000000001")


def at(day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai"))


def a_town() -> shapes.TownShape:
    return shapes.TownShape(
        name="演示·康巴什区",
        sponsor="演示·哈巴格希街道",
        icp="演示",
        police_record="演示",
        phone="16000000100",
        demo=True,
    )


def a_frame(size: str = "standard", **changes: object) -> Frame:
    return Frame(town=a_town(), size=size, **changes)


def a_place() -> shapes.PlaceShape:
    path = [
        "鄂尔多斯市",
        "康巴什区",
        "哈巴格希街道",
        "演示·湖畔社区",
        "第一网格",
        "演示·云锦苑小区",
        "1号楼",
        "1单元",
    ]
    return shapes.PlaceShape(id=SOME_ID, name="演示·云锦苑小区1号楼1单元", path=path)


def a_contact(role: str, title: str, name: str, phone: str, **more: object) -> shapes.ContactShape:
    given = {"on_duty": True, "unit": "演示·湖畔社区", "hours": "工作日8:30–18:00"} | more
    return shapes.ContactShape(
        post_id=SOME_ID, role=role, role_title=title, name=name, phone=phone, **given
    )


def a_category(key: str, title: str, icon: str, **more: object) -> shapes.CategoryShape:
    return shapes.CategoryShape(
        key=key,
        title=title,
        icon=icon,
        **({"urgent": False, "conceal": False, "tile": True} | more),
    )


def a_card() -> shapes.ScanCard:
    return shapes.ScanCard(
        code=shapes.CodeShape(
            token="0123456789ABCDEFGHJKMNPQRSX", kind="entrance", status="posted", short="123456784"
        ),
        place=a_place(),
        contacts=[
            a_contact("grid_worker", "网格员", "演示-巴特尔", "16000000101"),
            a_contact(
                "grid_police",
                "民警",
                "演示-高警官",
                "16000000110",
                on_duty=False,
                next_duty=at(24, 8, 30),
            ),
            a_contact("property_manager", "物业", "演示-赵主管", "16000000102"),
        ],
        phones=[
            shapes.PhoneShape(title="燃气抢修", number="16000000119"),
            shapes.PhoneShape(title="电梯应急", number="96333"),
        ],
        actions=["report", "praise", "contact"],
        categories=[
            a_category(
                "P01",
                "电梯困人",
                "trapped",
                urgent=True,
                advice="困在电梯里：请按轿厢里的呼救按钮，或拨96333。不要扒门，在里面等最安全。",
            ),
            a_category(
                "P09",
                "燃气异味",
                "gas",
                urgent=True,
                advice="闻到燃气味：不要碰电器开关、不要点火。关阀、开窗、马上出门，到室外再拨16000000119或119。",
            ),
            a_category("P02", "电梯故障停运", "lift"),
            a_category("P03", "停水停电停气停暖", "tap"),
            a_category("P04", "漏水、管道堵塞", "drop"),
            a_category("P05", "门禁、照明、消防设施损坏", "lamp"),
            a_category("E05", "飞线充电、楼道堆物", "wire"),
            a_category("Z99", "其他、不清楚", "other"),
            a_category("C02", "政策咨询、证明", "list", tile=False),
        ],
        known=[shapes.KnownShape(text="供暖管线检修", until=at(23, 18, 0))],
        open_cases=[
            shapes.OpenCaseShape(
                number="261122019301",
                title="照明损坏",
                state_title="办理中",
                seconded=2,
                opened_at=at(22, 18, 5),
            ),
            shapes.OpenCaseShape(
                number="261123003102",
                title="楼道堆物",
                state_title="已受理",
                seconded=0,
                opened_at=at(23, 9, 12),
            ),
        ],
        mine=[
            an_item(
                "261123004701",
                "电梯故障停运",
                "resolved",
                "请您看看办好了没有",
                at(26, 11, 40),
                unread=True,
            )
        ],
        praises=some_praises(),
    )


def some_praises() -> thanks.PraiseList:
    """One with words, and one whose giver is not named."""
    said = {
        "target_kind": "post",
        "target": "网格员演示-巴特尔",
        "tag": "kind",
        "tag_title": "热心",
        "at": at(23, 9, 0),
    }
    words = "下雪天还来<扫>楼道，谢谢！"
    items = [thanks.PraiseShape(giver="王*", text=words, **said), thanks.PraiseShape(**said)]
    return thanks.PraiseList(items=items, next="more")


def an_event(
    when: datetime, move: str, title: str, who: str = "", role: str = "", **more: object
) -> shapes.EventShape:
    return shapes.EventShape(
        at=when, who=shapes.WhoShape(name=who, role_title=role), move=move, move_title=title, **more
    )


def a_photo() -> shapes.PhotoShape:
    return shapes.PhotoShape(
        id=SOME_ID, url="/photos/1.jpg", thumb_url="/photos/1.thumb.jpg", width=640, height=480
    )


def a_move(key: str, title: str, *needs: str, **options: list[tuple[str, str]]) -> shapes.MoveShape:
    choices = {
        name: [shapes.OptionShape(value=value, title=words) for value, words in pairs]
        for name, pairs in options.items()
    }
    return shapes.MoveShape(
        key=key, title=title, needs=list(needs), options=choices or msgspec.UNSET
    )


def a_case(**changes: object) -> shapes.CasePage:
    """A lift that was mended, waiting for the resident's word."""
    text = "早上起来电梯就不动了，楼上有老人要去医院。"
    case = shapes.CasePage(
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
        raiser=shapes.RaiserShape(me=True, name="演示-王女士", phone="160****0123"),
        now_with=shapes.HolderShape(
            unit="演示·安居物业", name="演示-刘经理", role_title="物业", phone="16000000102"
        ),
        next=shapes.NextShape(step="由您来说好没好", by=at(26, 11, 40)),
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
    ("fixed", "修好了"),
    ("explained", "只能说明"),
    ("planned", "排了计划"),
    ("not_ours", "不归我们管"),
]


def a_staff_case(**changes: object) -> shapes.CasePage:
    """The same lift, still being mended, as the property firm sees it."""
    given = {
        "state": "handling",
        "state_title": "办理中",
        "lens": "work",
        "resolved_at": msgspec.UNSET,
        "unread": [],
        "raiser": shapes.RaiserShape(me=False, name="演示-王**", phone="160****0123"),
        "next": shapes.NextShape(step="办完", by=at(24, 8, 12)),
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
) -> shapes.CaseItem:
    given = {
        "due_title": "办完",
        "spot": "3楼",
        "opened_at": at(23, 8, 0),
        "overdue": False,
        "seconded": 0,
        "version": 1,
    }
    return shapes.CaseItem(
        number=number,
        title=title,
        state=state,
        state_title=state_title,
        due_at=due,
        place="演示·云锦苑小区3号楼2单元",
        **(given | more),
    )


def some_items() -> list[shapes.CaseItem]:
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


def a_call() -> shapes.CallItem:
    """A resident to ring up, missed once."""
    return shapes.CallItem(
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
        outcome="修好了",
        said="换了门机皮带。",
        missed_at=[at(23, 10, 0)],
    )


def a_bulk_item() -> shapes.BulkItem:
    """One of several chosen on a list."""
    return shapes.BulkItem(
        number="261123004701",
        title="电梯故障停运",
        place="演示·云锦苑小区1号楼1单元",
        state_title="待签收",
        version=3,
    )
