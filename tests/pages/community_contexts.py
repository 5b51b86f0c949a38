"""What the pages of a community, its stations and its results are given, with invented shapes."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from msgspec import UNSET

from server.pages.rendering import Face, Typed
from server.places import MOST_FOUND, Found
from server.views import stations as station_views
from server.views.bulletin_shapes import BulletinList
from server.views.communities import CommunityBoard, OfficeShape
from server.views.results import (
    CandidateShape,
    PublishCard,
    ResultList,
    ResultPhoto,
    ResultShape,
)
from server.views.station_shapes import StationShape
from tests.pages.home_contexts import NOTHING_CLAIMED
from tests.pages.samples import a_photo, a_place, at
from tests.pages.sign_samples import a_card, some_bulletins, some_praises

Context = dict[str, object]
ONE = UUID(int=9)
TOKEN = "0123456789ABCDEFGHJKMNPQRSX"


def a_station(**more: object) -> StationShape:
    said = {"is_open": True, "until": at(23, 22, 30), "phone": "16000000106", "distance_m": 350}
    return StationShape(
        id=ONE,
        name="演示·<暖心>驿站",
        kind_title="暖心驿站",
        place="演示·湖畔社区第一网格",
        facilities=["饮水", "充电"],
        hours="每天6:30–22:30",
        **said | more,
    )


def some_stations() -> list[StationShape]:
    shut = a_station(is_open=False, until=at(24, 8, 30), distance_m=1240)
    gone = StationShape(
        id=ONE, name="一", kind_title="驿站", place="街", facilities=[], hours="", is_open=False
    )
    return [a_station(), a_station(until=None), shut, gone]


def a_result(**more: object) -> ResultShape:
    said = {"ending": "confirmed", "ending_title": "居民已确认", "photos": []} | more
    return ResultShape(
        category_title="照明损坏",
        place="演示·云锦苑小区",
        opened_at=at(20, 9, 0),
        done_at=at(23, 9, 0),
        closed_at=at(23, 10, 0),
        **said,
    )


def some_results() -> ResultList:
    picture = f"/results/photos/{ONE}"
    photos = [
        ResultPhoto(side=side, url=picture, thumb_url=f"{picture}/thumb", width=40, height=30)
        for side in ("before", "after")
    ]
    return ResultList(
        items=[
            a_result(outcome="fixed", solved="yes", said="换了<灯>。", photos=photos),
            a_result(outcome="planned", planned_on=date(2026, 12, 1), ending="unrated"),
            a_result(ending="declined", ending_title="未受理", said="不归这里管。"),
            a_result(ending="withdrawn", ending_title="已撤回"),
            a_result(),
        ],
        next="abc",
    )


def a_board(**more: object) -> CommunityBoard:
    card = a_card()
    said = {
        "contacts": card.contacts,
        "phones": card.phones,
        "stations": some_stations(),
        "results": some_results(),
        "praises": some_praises(),
        "bulletins": some_bulletins(),
        "office": OfficeShape(name="演示·湖畔社区", on_duty=True, phone="16000000105"),
        "code": TOKEN,
    } | more
    return CommunityBoard(id=ONE, name="演示·湖畔社区", above="哈巴格希街道", **said)


def community(_: Face) -> Context:
    return {"board": a_board()}


def community_bare(_: Face) -> Context:
    nothing = {"contacts": [], "phones": [], "stations": [], "results": ResultList(items=[])} | {
        "bulletins": BulletinList(items=[])
    }
    board = CommunityBoard(
        id=ONE, name="演示·湖畔社区", above="", praises=type(some_praises())(items=[]), **nothing
    )
    return {"board": board}


def wall(_: Face) -> Context:
    return {"board": a_board(), "praises": some_praises()}


def notices(_: Face) -> Context:
    return {"board": a_board(), "list": some_bulletins()}


def notices_none(_: Face) -> Context:
    return {"board": a_board(), "list": BulletinList(items=[])}


def without_a_sign(_: Face) -> Context:
    return {"board": a_board(code=UNSET)}


def results(_: Face) -> Context:
    return {"board": a_board(), "results": some_results()}


def results_none(_: Face) -> Context:
    return {"board": a_board(), "results": ResultList(items=[])}


def scan_of_station(_: Face) -> Context:
    card = a_card()
    told = type(card)(
        **{name: getattr(card, name) for name in card.__struct_fields__} | {"station": a_station()}
    )
    return {"card": told, "joined": "", "listed": 5} | NOTHING_CLAIMED


def near(_: Face) -> Context:
    options = station_views.station_options().facilities
    found = station_views.StationsNear(
        token=TOKEN,
        place=a_place(),
        facility="water",
        facilities=options,
        items=some_stations(),
    )
    return {"near": found}


def place_of(nth: int) -> Found:
    return Found(UUID(int=nth), "facility", "演示·<街角>公园", "第一网格")


def stations(_: Face) -> Context:
    place = place_of(9)
    typed = Typed("", values={"find": "<公园>"})
    said = {"find": "<公园>", "found": [place], "typed": typed, "notice": "登记好了。"}
    return {"list": station_views.StationList(items=some_stations(), next=str(ONE))} | said


def stations_none(face: Face) -> Context:
    return stations(face) | {
        "list": station_views.StationList(items=[]),
        "found": [place_of(nth) for nth in range(MOST_FOUND)],
        "notice": "",
    }


def station_new(_: Face) -> Context:
    typed = Typed("k", errors={"name": "请写站点的名字。", "days1": "第1段：请选是哪几天。"})
    options = station_views.station_options()
    said = {"place_id": ONE, "place_name": "演示·公园", "options": options, "lines": 3}
    return said | {"typed": typed}


def station(_: Face) -> Context:
    sheet = station_views.StationSheetShape(
        id=ONE,
        name="演示·<暖心>驿站",
        kind="warm",
        place="公园",
        phone="",
        facilities=["water"],
        hours=[],
        days_off=[],
        version=3,
    )
    typed = Typed("k", values={"name": "一", "facilities": "water"}, errors={"lng": "请写数字。"})
    options = station_views.station_options()
    return {"sheet": sheet, "options": options, "lines": 3, "typed": typed}


def publish(_: Face) -> Context:
    states = ("", "draft", "public")
    photos = [CandidateShape(photo=a_photo(), side="before", state=state) for state in states]
    card = PublishCard(number="261123004701", category_title="照明", place="园", photos=photos)
    return {"card": card, "notice": "已公开。"}


def publish_none(face: Face) -> Context:
    card = PublishCard(number="261123004701", category_title="照明", place="园", photos=[])
    return publish(face) | {"card": card, "notice": ""}


def photo(state: str) -> Callable[[Face], Context]:
    def context(face: Face) -> Context:
        one = CandidateShape(photo=a_photo(), side="after", state=state, copy_id=UUID(int=9))
        wrong = Typed("k", values={"cells": "1-2 3-4"}, errors={"areas": "请画出要打码的。"})
        shown = {"one": one, "rows": 6, "columns": 8, "typed": wrong, "notice": "打好码了。"}
        return {"card": publish(face)["card"]} | shown

    return context


COMMUNITY_PAGES: dict[str, tuple[str, Callable[[Face], Context]]] = {
    "community": ("community.html", community),
    "community, bare": ("community.html", community_bare),
    "community without a sign": ("community.html", without_a_sign),
    "community's bulletins": ("community_bulletins.html", notices),
    "community's bulletins, none": ("community_bulletins.html", notices_none),
    "community's thanks": ("community_wall.html", wall),
    "results": ("results.html", results),
    "results, none": ("results.html", results_none),
    "scan of a station": ("scan.html", scan_of_station),
    "stations near": ("stations_near.html", near),
    "stations": ("stations.html", stations),
    "stations, none": ("stations.html", stations_none),
    "station, new": ("station_new.html", station_new),
    "station": ("station.html", station),
    "photos to publish": ("publish.html", publish),
    "photos, none": ("publish.html", publish_none),
    "photo to draw over": ("publish_photo.html", photo("")),
    "photo, drawn over": ("publish_photo.html", photo("draft")),
    "photo, published": ("publish_photo.html", photo("public")),
}
