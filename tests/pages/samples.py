"""Invented shapes that most pages are made from, without a database: a town, a place, a photo."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from server.pages.rendering import Frame
from server.views.case_shapes import MoveShape
from server.views.shapes import OptionShape, PhotoShape, PlaceShape, TownShape

NOON = datetime(2026, 11, 23, 10, 20, tzinfo=ZoneInfo("Asia/Shanghai"))
SOME_ID = UUID("01936f00-0000-7000-8000-000000000001")


def at(day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai"))


def a_town() -> TownShape:
    return TownShape(
        name="演示·康巴什区",
        sponsor="演示·哈巴格希街道",
        icp="演示",
        police_record="演示",
        phone="16000000100",
        demo=True,
    )


def a_frame(size: str = "standard", **changes: object) -> Frame:
    return Frame(town=a_town(), size=size, **changes)


def a_place() -> PlaceShape:
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
    return PlaceShape(id=SOME_ID, name="演示·云锦苑小区1号楼1单元", path=path)


def a_photo() -> PhotoShape:
    return PhotoShape(
        id=SOME_ID, url="/photos/1.jpg", thumb_url="/photos/1.thumb.jpg", width=640, height=480
    )


def a_move(key: str, title: str, *needs: str, **options: list[tuple[str, str]]) -> MoveShape:
    choices = {
        name: [OptionShape(value=value, title=words) for value, words in pairs]
        for name, pairs in options.items()
    }
    return MoveShape(key=key, title=title, needs=list(needs), options=choices or msgspec.UNSET)
