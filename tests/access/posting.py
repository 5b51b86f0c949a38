"""Addresses of bulletins: read where and by whom they are for, looked after by their writers and
whoever stands above; else not there.

Each asks about a bulletin of its own. Two of them lie crosswise: one that somebody above wrote for
estate one, and one that somebody above has moved to the street.
"""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from server.base import clock, database
from server.base.ids import new_id
from server.base.unit import unit_of_work
from server.bulletins.models import Bulletin
from server.photos.models import Photo
from server.photos.studio import studio
from tests.access.actors import ALL
from tests.access.asking import Asker, kind_of
from tests.access.doors import hidden, said
from tests.access.reading import GROUPS, MINDS, READS_FOR_STAFF, READS_FOR_STREET, SOME

Found = Iterator[tuple[str, str, partial]]
# For which place, how far its writer's post reached, of which unit.
LIE = {
    "by lake": ("estate one", "lake", "lake"),
    "by firm one": ("estate one", "estate one", "firm one"),
    "by firm two": ("estate one", "estate one", "firm two"),
    "by street one": ("estate one", "street one", "street one"),
    "moved up": ("street one", "lake", "lake"),
}
USUAL = "by lake"
ASKED = (*SOME, "community_worker", "street_leader")  # everyone's kind, every role that writes


async def hang(asker: Asker, how: str = USUAL, **columns: Any) -> UUID:
    """A bulletin that is out for residents, or whatever else is said."""
    city, now, bulletin_id = asker.city, clock.now(), new_id()
    place, area, unit = LIE[how]
    usual = {
        "state": "published",
        "for_residents": True,
        "for_merchants": False,
        "for_staff": False,
        "photo_ids": [],
    }
    async with unit_of_work() as writing:
        writing.insert(
            Bulletin,
            id=bulletin_id,
            kind="office",
            title=f"公告{asker.calls:,}号",
            source="停水",
            html="<p>停水</p>",
            place_id=city.land.id(place),
            place_name=place,
            path=city.land.path(place),
            by_account_id=city.crowd.accounts["secretary"],
            by_post_id=city.crowd.posts["secretary"],
            by_area=city.land.path(area),
            unit_id=city.crowd.units[unit],
            unit_name=unit,
            changed_at=now,
            out_at=now - timedelta(hours=1),
            until_at=now + timedelta(days=1),
            **usual | columns,
        )
    return bulletin_id


def read(route: str) -> Found:
    """On a sign by everybody it hangs for; on the phone of staff by those around it."""
    for who in ALL if "/work/" in route else ASKED:
        yield who, "out", partial(READ[route], who, route)


async def _read_on_a_sign(who: str, route: str, asker: Asker) -> None:
    here, there = (asker.city.land.codes[name] for name in ("entrance one", "estate two"))
    out, staffs = await hang(asker), await hang(asker, for_residents=False, for_staff=True)
    draft = await hang(asker, state="draft")
    for token, bulletin_id, wanted in (
        (here, out, "200"),
        (there, out, "404"),
        (here, staffs, "404"),
        (here, draft, "404"),
    ):
        at = {"token": token, "bulletin_id": bulletin_id}
        asker.expect(who, route, said(await asker.ask(who, route, at=at)), wanted)


async def _read_anywhere(who: str, route: str, asker: Asker) -> None:
    out, staffs = await hang(asker), await hang(asker, for_residents=False, for_staff=True)
    shops = await hang(asker, for_residents=False, for_merchants=True)
    draft = await hang(asker, state="draft")
    for bulletin_id, wanted in ((out, "200"), (shops, "200"), (staffs, "404"), (draft, "404")):
        answer = await asker.ask(who, route, at={"bulletin_id": bulletin_id})
        asker.expect(who, route, said(answer), wanted)


async def _read_by_phone(who: str, route: str, asker: Asker) -> None:
    """What is for everybody by everybody, at a sign where it hangs; what is for staff by staff."""
    out, staffs = await hang(asker), await hang(asker, for_residents=False, for_staff=True)
    shops = await hang(asker, for_residents=False, for_merchants=True)
    draft = await hang(asker, state="draft")
    here, there = (asker.city.land.codes[name] for name in ("entrance one", "estate two"))
    for bulletin_id, token, may in (
        (out, "", True),
        (shops, "", True),
        (staffs, "", who in READS_FOR_STAFF),
        (draft, "", False),
        (out, here, True),
        (out, there, False),
        (staffs, here, False),
    ):
        query = {"code": token} if token else {}
        answer = await asker.ask(who, route, at={"bulletin_id": bulletin_id}, query=query)
        asker.expect(who, route, said(answer), "200" if may else hidden(who, route))


async def _read_by_staff(who: str, route: str, asker: Asker) -> None:
    staffs = await hang(asker, for_residents=False, for_staff=True)
    above = await hang(asker, "moved up", for_residents=False, for_staff=True)
    refused = {"guest": "in", "staff": "404"}.get(kind_of(who), "403")
    for bulletin_id, may in (
        (staffs, who in READS_FOR_STAFF),
        (above, who in READS_FOR_STAFF | READS_FOR_STREET),
        (await hang(asker), False),
    ):
        answer = await asker.ask(who, route, at={"bulletin_id": bulletin_id})
        asker.expect(who, route, said(answer), "200" if may else refused)


async def _photo_seen(who: str, route: str, asker: Asker) -> None:
    """Of what is out by everybody; of staff's by staff; of a draft by those who look after it."""
    sights = (
        ({}, True),
        ({"for_residents": False, "for_merchants": True}, True),
        ({"for_residents": False, "for_staff": True}, who in READS_FOR_STAFF | MINDS[USUAL]),
        ({"state": "draft"}, who in MINDS[USUAL]),
    )
    for columns, may in sights:
        photo_id = await _photo(asker)
        bulletin_id = await hang(asker, photo_ids=[str(photo_id)], **columns)
        at = {"bulletin_id": bulletin_id, "photo_id": photo_id}
        answer = await asker.ask(who, route, at=at)
        asker.expect(who, route, said(answer), "200" if may else hidden(who, route), str(columns))
    other = await asker.ask(who, route, at=at | {"photo_id": await _photo(asker)})
    asker.expect(who, route, said(other), hidden(who, route), "another's photo:")


READ = {
    "GET /c/<token>/bulletins/<bulletin_id:uuid>": _read_on_a_sign,
    "GET /bulletins/<bulletin_id:uuid>": _read_anywhere,
    "GET /m/v1/bulletins/<bulletin_id:uuid>": _read_by_phone,
    "GET /work/bulletins/<bulletin_id:uuid>": _read_by_staff,
    "GET /bulletins/<bulletin_id:uuid>/photos/<photo_id:uuid>": _photo_seen,
}


async def _photo(asker: Asker) -> UUID:
    photo_id, name = new_id(), await studio().store.put(b"a picture")
    async with unit_of_work() as unit:
        unit.insert(
            Photo,
            id=photo_id,
            hash=name,
            thumb_hash=name,
            width=1,
            height=1,
            size=9,
            uploaded_at=clock.now(),
            case_id=asker.city.land.id("estate one"),
        )
    return photo_id


def minded(route: str) -> Found:
    """Whoever looks after it, at its own address everybody and in every way it may lie."""
    is_one = route.endswith("<bulletin_id:uuid>")
    for who in ALL if is_one else ASKED:
        for how in LIE if is_one and who in ASKED else (USUAL,):
            yield who, how, partial(_minded, who, route, how)


async def _minded(who: str, route: str, how: str, asker: Asker) -> None:
    state = "draft" if route.endswith("throw-away") else "published"
    bulletin_id = await hang(asker, how, state=state)
    place, until = asker.city.land.id("estate one"), clock.now() + timedelta(days=2)
    form = {
        "title": "改了",
        "text": "改了",
        "place": str(place),
        "audiences": "residents",
        "seen_version": "1",
        "until": f"{until:%Y-%m-%dT%H:%M}",
        "pinned": "1",
        "reason": "写错了",
    }
    sent = {} if route.startswith("GET") else {"form": form}
    answer = await asker.ask(who, route, at={"bulletin_id": bulletin_id}, **sent)
    may = who in MINDS[how]
    done = "200" if route.startswith("GET") else "303"
    asker.expect(who, route, said(answer), done if may else _refused(who, route), how)
    if sent:
        row = await database.fetch_one("SELECT version FROM bulletin WHERE id = $1", bulletin_id)
        asker.expect(who, route, row is None or row["version"] > 1, may, "changed:")
    elif who in GROUPS["writers"] and route.endswith(":uuid>"):
        listed = await asker.ask(who, "GET /desk/bulletins")
        asker.expect(who, route, str(bulletin_id) in listed.text, may, f"{how}, in the list:")


def _refused(who: str, route: str) -> str:
    if kind_of(who) == "guest":
        return "in" if route.startswith("GET") else "401"
    return "404" if who in GROUPS["writers"] else "403"
