"""An invented sign to make pages from, without a database: who answers, what can be reported."""

from server.views.bulletin_shapes import BulletinLine, BulletinList
from server.views.praise_shapes import PraiseList, PraiseShape
from server.views.shapes import OptionShape
from server.views.sign_shapes import (
    CategoryShape,
    CodeShape,
    ContactShape,
    KnownShape,
    OpenCaseShape,
    PhoneShape,
    ScanCard,
)
from server.views.station_shapes import CommunityName
from tests.pages.case_samples import an_item
from tests.pages.samples import SOME_ID, a_place, at


def a_contact(role: str, title: str, name: str, phone: str, **more: object) -> ContactShape:
    given = {"on_duty": True, "unit": "演示·湖畔社区", "hours": "工作日8:30–18:00"} | more
    return ContactShape(
        post_id=SOME_ID, role=role, role_title=title, name=name, phone=phone, **given
    )


def a_category(key: str, title: str, icon: str, **more: object) -> CategoryShape:
    return CategoryShape(
        key=key,
        title=title,
        icon=icon,
        **({"urgent": False, "conceal": False, "tile": True} | more),
    )


def a_card() -> ScanCard:
    return ScanCard(
        code=CodeShape(
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
            PhoneShape(title="燃气抢修", number="16000000119"),
            PhoneShape(title="电梯应急", number="96333"),
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
            a_category(
                "C04", "对工作人员或单位的意见", "talk", tile=False, conceal=True, whom=True
            ),
        ],
        about=[
            OptionShape(value=f"post_id:{SOME_ID}", title="网格员演示-巴特尔"),
            OptionShape(value=f"unit_id:{SOME_ID}", title="演示·安居物业"),
        ],
        known=[KnownShape(text="供暖管线检修", until=at(23, 18, 0))],
        open_cases=[
            OpenCaseShape(
                number="261122019301",
                title="照明损坏",
                state_title="办理中",
                seconded=2,
                opened_at=at(22, 18, 5),
            ),
            OpenCaseShape(
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
        bulletins=some_bulletins(),
        community=CommunityName(id=SOME_ID, name="演示·湖畔社区"),
    )


def some_bulletins() -> BulletinList:
    """One above the others, and one of the firm."""
    items = [
        BulletinLine(
            id=SOME_ID,
            kind_title=kind,
            title=title,
            unit="演示·湖畔社区",
            at=at(22, 9, 0),
            pinned=kind == "公告",
        )
        for kind, title in (("公告", "冬季<用火>安全提醒"), ("物业通知", "地下车库清洗安排"))
    ]
    return BulletinList(items=items, next=str(SOME_ID))


def some_praises() -> PraiseList:
    """One with words, and one whose giver is not named."""
    said = {
        "target_kind": "post",
        "target": "网格员演示-巴特尔",
        "tag": "kind",
        "tag_title": "热心",
        "at": at(23, 9, 0),
    }
    words = "下雪天还来<扫>楼道，谢谢！"
    items = [PraiseShape(giver="王*", text=words, **said), PraiseShape(**said)]
    return PraiseList(items=items, next="more")
