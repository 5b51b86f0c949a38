"""What a raiser left: her photos, her number, the paper with her key, and who rings her up."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from server.base import clock
from server.base.unit import unit_of_work
from server.base.viewer import GUEST
from server.trust.models import UnmaskUse
from server.trust.unmask import town_day
from tests.access.asking import Asker
from tests.access.closer import table
from tests.access.closer.pages import OF_TOLD, aside
from tests.access.deciding import CALL, CALLS, PHOTO, RECEIPT, UNMASK
from tests.access.reading import CALLED
from tests.access.rows import number

Found = Iterator[tuple[str, str, partial]]
ENOUGH = 30_000  # looks in a day: more than anybody may have


def of_a_photo(route: str) -> Found:
    for who in (*OF_TOLD, "stranger"):
        yield who, "aside told", partial(_told_photos, who)
    yield "raiser", "a guest's", partial(_guests_photo, "raiser")


async def _told_photos(who: str, asker: Asker) -> None:
    """Of the staff for everybody who sees the case; the raiser's own not for who joined."""
    await aside(asker, "told")
    docket, sight = asker.city.docket, OF_TOLD.get(who, ".")
    for photo, seen_by in ((docket.staffs_photo, "OPW"), (docket.later_photo, "OW")):
        answer = await asker.ask(who, PHOTO, at={"photo_id": photo})
        wanted = 200 if sight in seen_by else 404
        asker.expect(who, PHOTO, answer.status, wanted, f"a photo for {seen_by}:")


async def _guests_photo(who: str, asker: Asker) -> None:
    """Until a guest attaches it, it is for whoever was told its id."""
    photo = await asker.city.docket.photo(GUEST)
    answer = await asker.ask(who, PHOTO, at={"photo_id": photo})
    asker.expect(who, PHOTO, answer.status, 200, "a guest's")


def of_a_look(route: str) -> Found:
    yield "hill_worker", "look without a reason", partial(_looks, {"reason": " "}, 422)
    yield "hill_worker", "look at no field", partial(_looks, {"field": "words"}, 422)
    yield "hill_worker", "look enough", _looks_enough
    yield "next_worker", "aside workers_own", _looks_at_herself


async def _looks(other: dict[str, str], wanted: int, asker: Asker, **how: Any) -> None:
    who, label = "hill_worker", "hill"
    filed = asker.city.docket.filed[label]
    body, opens = {"field": "phone", "reason": "回电"} | other, {(filed.nth, "phone")}
    answer = await asker.ask(
        who, UNMASK, at={"number": filed.number}, raised=True, body=body,
        opens=opens if wanted == 200 else (), **how,
    )  # fmt: skip
    asker.expect(who, UNMASK, answer.status, wanted, f"{other}:")


async def _looks_enough(asker: Asker) -> None:
    """Who has looked too often today may not again; others may, and whoever did so yesterday.

    The same request again is the same look, also then.
    """
    accounts, today = asker.city.crowd.accounts, town_day(clock.now())
    used = {"account_id": accounts["hill_worker"], "nth": ENOUGH}
    await _looks({}, 200, asker, key=f"the-very-same-look-{asker.calls}")
    await _note(
        used | {"day": today - timedelta(days=1)},
        {"account_id": accounts["sea_worker"], "day": today, "nth": ENOUGH},
    )
    again = f"the-very-same-look-again-{asker.calls}"
    await _looks({}, 200, asker, key=again)
    await _note(used | {"day": today})
    await _looks({}, 429, asker)
    await _looks({}, 200, asker, key=again)
    async with unit_of_work() as unit:
        for who in ("hill_worker", "sea_worker"):
            unit.delete(UnmaskUse, where={"account_id": accounts[who]})


async def _note(*looks: dict[str, Any]) -> None:
    async with unit_of_work() as unit:
        for look in looks:
            unit.insert(UnmaskUse, **look)


async def _looks_at_herself(asker: Asker) -> None:
    who, filed = "next_worker", await aside(asker, "workers_own")
    body = {"field": "phone", "reason": "回电"}
    answer = await asker.ask(who, UNMASK, at={"number": filed.number}, raised=True, body=body)
    asker.expect(who, UNMASK, answer.status, 403, "her own:")


def of_a_receipt(route: str) -> Found:
    yield "next_worker", "aside workers_own", partial(_receipt_of_her_own, "next_worker")
    yield "municipal", "a day later", partial(_a_day_later, "municipal")


async def _receipt_of_her_own(who: str, asker: Asker) -> None:
    answer = await asker.ask(
        who, RECEIPT, at={"number": (await aside(asker, "workers_own")).number}
    )
    asker.expect(who, RECEIPT, answer.status, 404, "her own:")


async def _a_day_later(who: str, asker: Asker) -> None:
    """The paper is printed while the resident stands there."""
    with clock.stopped_at(clock.now() + timedelta(hours=24, minutes=1)):
        token = await asker.city.crowd.session(who)
        at = {"number": number(asker, "taken_down")}
        answer = await asker.ask(who, RECEIPT, at=at, token=token)
    asker.expect(who, RECEIPT, answer.status, 403, "a day later:")


def of_a_call(route: str) -> Found:
    for who in table.CALLERS.split():
        for label in CALLED:
            yield who, f"aside {label}", partial(_called, who, label)


async def _called(who: str, label: str, asker: Asker) -> None:
    filed, allowed = await aside(asker, label), who in CALLED[label]
    opens = {(filed.nth, "phone")} if allowed else ()
    at = {"number": filed.number}
    answer = await asker.ask(who, CALL, at=at, opens=opens, form={"nothing": ""})
    asker.expect(who, CALL, answer.status, 200 if allowed else 404, label)
    shown = bool(filed.phone) and filed.phone in answer.text
    asker.expect(who, CALL, shown, allowed, f"{label}: the number is shown:")


def of_calls(route: str) -> Found:
    for who in (*table.CALLERS.split(), "sea_secretary", "landless"):
        yield who, "aside", partial(_calls, who)


async def _calls(who: str, asker: Asker) -> None:
    filed = {label: await aside(asker, label) for label in CALLED}
    answer = await asker.ask(who, CALLS)
    found = {label for label, one in filed.items() if one.number in answer.text}
    asker.expect(who, CALLS, found, {one for one in CALLED if who in CALLED[one]}, "aside:")
