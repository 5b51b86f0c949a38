"""What the page of outages is given, with invented shapes."""

from collections.abc import Callable
from uuid import UUID

from server.pages.rendering import Face, Typed
from server.views import shapes
from server.views.choosing import PlaceChoice
from server.views.outages import OutageCard, OutageShape
from tests.pages.samples import at

Context = dict[str, object]


def outages(_: Face) -> Context:
    outage = OutageShape(
        id=UUID(int=7),
        place="演示·云锦苑小区",
        text="停暖，正在抢修",
        until=at(26, 20, 0),
        announced_at=at(26, 11, 0),
        unit="演示·湖畔社区居委会",
    )
    places = [shapes.OptionShape(value="1", title="演示·湖畔社区")]
    card = OutageCard(outages=[outage], places=PlaceChoice(options=places, more=True), next="9")
    return {"card": card, "typed": Typed("k"), "notice": "已发出。"}


def outages_again(face: Face) -> Context:
    typed = Typed("k", values={"text": "<b>停水"}, errors={"until": "这个时间已经过了。"})
    card = OutageCard(outages=[], places=PlaceChoice(options=[], more=True))
    return outages(face) | {"card": card, "typed": typed, "notice": ""}


OUTAGE_PAGES: dict[str, tuple[str, Callable[[Face], Context]]] = {
    "outages": ("outages.html", outages),
    "outages, wrong": ("outages.html", outages_again),
}
