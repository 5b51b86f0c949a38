"""Forms of the desk and of the phone sent with something wrong in them: each comes back with the
reason, and with everything that was typed, ticked and chosen."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from server import bindings, bulletins, merchants, rosters, stations, wiring
from server.base import cache, clock
from server.base.viewer import Viewer
from server.org import DutyHours
from server.praise import NewPraise, Wanted, give
from server.stations import StationSheet
from server.views import choosing
from tests import makers
from tests.access.knocking import Answer
from tests.desk import Desk, a_desk, asked
from tests.journeys.plain_browser import forms_in
from tests.merchants.conftest import SHOP, written
from tests.pressing import Browser, signed_in, text_of

LONG = "长" * 201
HOURS = {"days1": "67", "starts1": "09:30", "ends1": "09:30", "days2": "1", "starts2": "10:00"}
STATION = {
    "name": "湖<畔>驿站", "kind": "warm", "phone": "没有电话", "facilities": ["water", "wifi"],
    "days_off": "2026-12-05", "lng": "109.7", "lat": "39.6", **HOURS,
}  # fmt: skip
TRADER = SHOP | {"name": "小<肥>羊", "uscc": "91330100799655058X", "duties": ["hygiene", "order"]}
SHIFT = {
    "who": "{worker}", "title": "夜<班>", "starts": "20:00", "ends": "20:00",
    "on_day": "2026-12-01", "every": "两", "until": "2026-12-31",
}  # fmt: skip
CIRCLE = {
    "person1": "{worker}", "title1": "早<班>", "starts1": "08:00", "ends1": "16:00",
    "on_day": "2026-12-01", "until": "2026-12-31",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wrong:
    """A form with something wrong in it: who sends it where, what is said, what was typed."""

    who: str
    to: str
    said: str
    typed: dict[str, Any] = field(default_factory=dict)
    beside: dict[str, Any] = field(default_factory=dict)  # sent and not shown: which place, version


AT_THE_DESK = (
    Wrong("clerk", "/desk/stations/new", "电话请只写数字", STATION, {"place": "{lamp}"}),
    Wrong("clerk", "/desk/stations/{station}", "电话请只写数字", STATION),
    Wrong("clerk", "/desk/merchants/new", "信用代码", TRADER, {"place": "{other}"}),
    Wrong("clerk", "/desk/merchants/{shop}", "信用代码", TRADER, {"seen_version": "1"}),
    Wrong("clerk", "/desk/merchants/{shop}/owners", "手机号", {"phone": "12345"}),
    Wrong(
        "clerk", "/desk/codes/new", "请选给哪些地方做码",
        {"name": "第<一>批"}, {"place": "{community}"},
    ),
    Wrong("clerk", "/desk/praises/{praise}/refuse", "最多200", {"reason": LONG}),
    Wrong("clerk", "/desk/bulletins/{bulletin}/withdraw", "最多200", {"reason": LONG}),
    Wrong(
        "clerk", "/desk/bulletins/{bulletin}/publish", "晚于",
        {"until": "2020-01-01T08:00"}, {"seen_version": "2"},
    ),
    Wrong("clerk", "/desk/roster/posts/{post}/hours", "第1段", HOURS),
    Wrong("clerk", "/desk/roster/posts/{post}/appoint", "没有这个登录名", {"login": "没<有>"}),
    Wrong("clerk", "/desk/roster/posts/{post}/shifts", "这里要填数字", SHIFT),
    Wrong("clerk", "/desk/roster/posts/{post}/circle", "请选两个到", CIRCLE),
    Wrong("clerk", "/desk/firms", "请从列出的里面选一个", {"estate": "{estate}", "on": "12月"}),
    Wrong(
        "clerk", "/desk/outages", "已经过了",
        {"place": "{estate}", "text": "停<暖>", "until": "2020-01-01T08:00"},
    ),
    Wrong("clerk", "/desk/conversations/replies", "最多200", {"text": LONG}, {"unit": "{unit}"}),
)  # fmt: skip
ON_THE_PHONE = (
    Wrong(
        "worker", "/work/duty/leave", "回来的时间要晚于",
        {"since": "2026-12-03T08:00", "until": "2026-12-02T08:00"},
    ),
    Wrong("worker", "/work/duty/number", "11位", {"phone": "12345", "agreed": "1"}),
    Wrong("worker", "/work/bindings/{binding}/refuse", "最多200", {"reason": LONG}),
    Wrong("office", "/c/{shop_code}/inspect", "照片", {"item": "{item}", "text": "门<前>有水"}),
)  # fmt: skip


class World:
    """The small town with one of everything that has a form, and who sends these."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.town, self.named = desk, desk.town, dict[str, str]()
        self.people: dict[str, Browser] = {}

    async def fill(self) -> None:
        clerk, town = self.desk.community_secretary, self.town
        self.people = {
            "clerk": await signed_in(clerk, raised=True),
            "worker": await signed_in(self.desk.grid_worker),
            "office": await signed_in(await makers.a_viewer(town, "community_worker")),
        }
        sheet = StationSheet(
            name="驿站", kind="warm", hours=(DutyHours("every", "08:00", "18:00"),)
        )
        post_id = town.posts["grid_worker"]
        await makers.a_staff_login()  # a second holder, to take turns
        await rosters.appoint(post_id, makers.LOGIN, by=clerk, asked=asked("appoint"))
        self.named = {
            "lamp": str(town.lamp.id),
            "other": str(town.estate.id),
            "estate": str(town.estate.id),
            "community": str(town.community.id),
            "post": str(post_id),
            "worker": str(self.desk.grid_worker.account_id),
            "unit": str(clerk.posts[0].unit_id),
            "item": next(iter(merchants.ITEMS)),
            "shop_code": town.codes["shop"],
            "station": str(
                await stations.add(town.playground.id, sheet, by=clerk, asked=asked("station"))
            ),
            "shop": str(
                await merchants.register(town.shop.id, written(), by=clerk, asked=asked("shop"))
            ),
            "bulletin": str(await self._bulletin(clerk)),
            "praise": str(await self._praise()),
            "binding": str(await self._claim()),
        }

    async def _bulletin(self, clerk: Viewer) -> object:
        words = bulletins.Wording(
            title="停水",
            text="停水。",
            place_id=self.town.community.id,
            audiences=("residents",),
        )
        bulletin_id = await bulletins.draft(words, by=clerk, asked=asked("draft"))
        until = clock.now() + timedelta(days=1)
        await bulletins.publish(
            bulletin_id,
            out_at=None,
            until_at=until,
            seen_version=1,
            by=clerk,
            asked=asked("publish"),
        )
        return bulletin_id

    async def _praise(self) -> object:
        wanted = Wanted(code=self.town.token, post_id=self.town.posts["grid_worker"])
        new = NewPraise(wanted=wanted, tag="kind", text="谢谢您")
        return (await give(new, by=await makers.a_resident(), asked=asked("praise"))).id

    async def _claim(self) -> object:
        resident = await makers.a_resident()
        token = self.town.codes["room"]
        await bindings.claim(token, "tenant", by=resident, asked=asked("claim"))
        return (await bindings.own_bindings(resident))[0].id

    def filled_in(self, words: dict[str, Any]) -> dict[str, Any]:
        return {name: self._said(value) for name, value in words.items()}

    def _said(self, value: Any) -> Any:
        return value.format(**self.named) if isinstance(value, str) else value

    async def lost(self, wrong: Wrong) -> list[str]:
        """What the page that comes back does not show any more, or does not say."""
        typed, to = self.filled_in(wrong.typed), self._said(wrong.to)
        sent = await self.people[wrong.who].send(to, **typed, **self.filled_in(wrong.beside))
        if sent.status != 422:
            return [f"{to}: {sent.status}"]
        silent = [] if wrong.said in text_of(sent) else [f"{to}: does not say {wrong.said}"]
        return silent + [f"{to}: {name}" for name in _missing(sent, to, typed)]


def _missing(page: Answer, to: str, typed: dict[str, Any]) -> list[str]:
    [shown] = [form for form in forms_in(page.text) if form.action == to][:1] or [None]
    if shown is None:
        return ["the form"]
    return [
        name
        for name, value in typed.items()
        if shown.values.get(name, []) != (value if isinstance(value, list) else [value])
    ]


@pytest.fixture
async def world(sqlite_db: str):
    wiring.wire()
    world = World(await a_desk())
    await world.fill()
    yield world
    cache.clear()


@pytest.mark.parametrize("forms", [AT_THE_DESK, ON_THE_PHONE], ids=["desk", "phone"])
async def test_nothing_typed_is_lost_with_what_is_wrong(world: World, forms: tuple[Wrong, ...]):
    assert [lost for one in forms for lost in await world.lost(one)] == []


async def test_whoever_was_slower_reads_why_and_so_does_whoever_asked_enough(world: World):
    worker, clerk = world.people["worker"], world.people["clerk"]
    refused = world.filled_in({"to": "/work/bindings/{binding}/refuse"})["to"]
    await worker.send(refused, reason="不是这一户的")
    again = await worker.send(refused, reason="不是")
    assert (again.status, 'role="alert"' in again.text) == (409, True)

    bulletin = world.filled_in({"to": "/desk/bulletins/{bulletin}"})["to"]
    await clerk.send(f"{bulletin}/withdraw", reason="改期了")
    late = await clerk.send(f"{bulletin}/publish", until="2026-12-31T18:00")
    assert (late.status, "这条公告已经结束" in text_of(late)) == (409, True)


@pytest.mark.parametrize("to", ["/desk/stations/{station}", "/desk/roster/posts/{post}/hours"])
async def test_hours_with_an_empty_line_between_come_back_beside_what_is_said_of_them(
    world: World, to: str
):
    address = world.filled_in({"to": to})["to"]
    typed = {"days1": "1", "starts1": "08:00", "ends1": "12:00", "starts2": "", "ends2": ""}
    sent = await world.people["clerk"].send(address, **typed, days7="2", starts7="10:00")
    [shown] = [form for form in forms_in(sent.text) if form.action == address]
    assert (sent.status, "第2段：写清几点到几点" in text_of(sent)) == (422, True)
    assert 'starts2-error"' in sent.text
    assert [shown.first(f"{name}2") for name in ("days", "starts", "ends")] == ["2", "10:00", ""]
    assert shown.first("starts1") == "08:00"


@pytest.mark.parametrize("to", ["/desk/stations/{station}", "/desk/roster/posts/{post}/hours"])
async def test_hours_that_overlap_come_back_with_a_word_beside_the_second(world: World, to: str):
    address = world.filled_in({"to": to})["to"]
    first = {"days1": "workday", "starts1": "08:00", "ends1": "12:00"}
    second = {"days2": "every", "starts2": "11:00", "ends2": "14:00"}
    sent = await world.people["clerk"].send(address, **first, **second)
    [shown] = [form for form in forms_in(sent.text) if form.action == address]
    assert (sent.status, "第2段：和第1段的时间重叠了" in text_of(sent)) == (422, True)
    assert 'starts2-error"' in sent.text
    assert {name: shown.first(name) for name in (*first, *second)} == first | second


async def test_a_form_that_is_left_behind_is_shown_to_be_copied(world: World):
    typed = TRADER | {"place": "nowhere"}
    sent = await world.people["clerk"].send("/desk/merchants/new", **typed)
    page = text_of(sent)
    assert sent.status == 422
    assert all(typed[name] in page for name in ("name", "uscc", "license_short", "phone"))


async def test_of_too_many_places_one_is_found_by_its_name_and_the_form_stays_filled(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(choosing, "MOST_CHOICES", 1)
    clerk, estate = world.people["clerk"], str(world.town.estate.id)
    assert f'value="{estate}"' not in (await clerk.open("/desk/outages")).text

    for to in ("/desk/outages", "/desk/bulletins/new"):
        found = await clerk.send(to, text="停<暖>", near="云锦苑", find="1")
        [form] = [one for one in forms_in(found.text) if one.action == to]
        assert (found.status, form.first("text")) == (200, "停<暖>")
        assert f'<option value="{estate}">' in found.text
        kept = await clerk.send(to, text="停<暖>", near="湖畔", place=estate, find="1")
        assert f'<option value="{estate}" selected>' in kept.text
    found = await clerk.send("/desk/firms", on="2026-12-01", near="云锦苑", find="1")
    assert f'<option value="{estate}">' in found.text
    assert 'value="2026-12-01"' in found.text
    listed = await clerk.open("/desk/codes?near=云锦苑&find=1")
    assert f'<option value="{estate}">' in listed.text
