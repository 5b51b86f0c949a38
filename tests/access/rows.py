"""Addresses about one case, asked by everybody about every case, and about one that never was."""

import json
from collections.abc import Iterator
from functools import partial

from server.base.ids import new_id
from tests.access.actors import ALL
from tests.access.asking import Asker, kind_of
from tests.access.docket import FILED
from tests.access.doors import hidden, said
from tests.access.reading import CALLS, GROUPS, ON_THE_SIGN, OVER, RECEIPT, SIGHT, UNMASK
from tests.access.table import NOTHING_LEFT

ABSENT, NO_NUMBER = "absent", "202611239999"
LENS = {"O": "own", "P": "progress", "W": "work", "w": "work"}
Found = Iterator[tuple[str, str, partial]]


def seen(route: str) -> Found:
    """The page, the sheet, the phone's case: by the table of sight."""
    for who in ALL:
        for label in (*FILED, ABSENT):
            yield who, label, partial(_seen, who, label, route)


async def _seen(who: str, label: str, route: str, asker: Asker) -> None:
    sight = SIGHT[who].get(label, ".")
    answer = await asker.ask(who, route, at={"number": number(asker, label)})
    there = "200" if sight != "." else hidden(who, route)
    asker.expect(who, route, said(answer), there, label)
    if answer.status != 200:
        return
    filed = asker.city.docket.filed[label]
    asker.expect(who, route, filed.words in answer.text, sight != "P", f"{label}: words are shown:")
    if "/m/v1/" in route:
        case = json.loads(answer.body)
        asker.expect(who, route, case["lens"], LENS.get(sight), label)
        asker.expect(who, route, _raiser(case), _as_told(sight, label), f"{label}: the raiser")
        asker.expect(who, route, bool(case.get("unmask")), label in UNMASK[who], f"{label}: opens")


def _raiser(case: dict) -> str:
    """What is told of the raiser, in a word."""
    raiser = case.get("raiser")
    if raiser is None:
        return "nobody"
    if raiser.get("gone"):
        return "gone"
    if "phone" in raiser:
        return "masked"
    return "hidden"


def _as_told(sight: str, label: str) -> str:
    if sight == "P":
        return "nobody"
    if sight == "w":
        return "gone" if label == "gone" else "hidden"
    return "masked"


def photos(route: str) -> Found:
    """The photo of a report: for whom its words are; one not attached yet for its uploader."""
    for who in ALL:
        for label in (*FILED, ABSENT):
            yield who, label, partial(_photo, who, label, route)
        yield who, "unattached", partial(_unattached, who, route)


async def _photo(who: str, label: str, route: str, asker: Asker) -> None:
    filed = asker.city.docket.filed.get(label)
    answer = await asker.ask(who, route, at={"photo_id": filed.photo if filed else new_id()})
    there = SIGHT[who].get(label, ".") in "OWw"
    wanted = "200" if there else hidden(who, route)
    asker.expect(who, route, said(answer), wanted, label)


async def _unattached(who: str, route: str, asker: Asker) -> None:
    city = asker.city
    theirs = await city.docket.photo(await city.crowd.viewer("stranger"))
    answer = await asker.ask(who, route, at={"photo_id": theirs})
    wanted = "200" if who == "stranger" else hidden(who, route)
    asker.expect(who, route, str(answer.status), wanted, "unattached")


def joined(route: str) -> Found:
    """附议 by a code that covers the case: of what stands on the sign, and of nothing else."""
    for label in (*(one for one in FILED if one not in ON_THE_SIGN), ABSENT):
        yield "stranger", label, partial(_not_joined, "stranger", label, route)
        yield "guest", label, partial(_not_joined, "guest", label, route)
        yield "grid_worker", label, partial(_not_joined, "grid_worker", label, route)
    yield "raiser", "new", partial(_own, "raiser", "new", route)
    yield "key_holder", "guests", partial(_own, "key_holder", "guests", route)


def _code(asker: Asker, route: str) -> dict:
    sent = {"code": asker.city.land.codes["entrance one"]}
    return {"body": sent} if "/m/v1/" in route else {"form": sent}


async def _not_joined(who: str, label: str, route: str, asker: Asker) -> None:
    before = await asker.moves()
    at = {"number": number(asker, label)}
    answer = await asker.ask(who, route, at=at, **_code(asker, route))
    asker.expect(who, route, answer.status, 409 if label in OVER else 404, label)
    asker.expect(who, route, await asker.moves(), before, "moves:")


async def _own(who: str, label: str, route: str, asker: Asker) -> None:
    at = {"number": number(asker, label)}
    answer = await asker.ask(who, route, at=at, **_code(asker, route))
    asker.expect(who, route, answer.status, 409, label)


def unmasked(route: str) -> Found:
    """The number in clear: for whom the table names, by saying why and by a second factor."""
    for who in ALL:
        yield who, "not raised", partial(_not_raised, who, route)
        for label in (*FILED, ABSENT):
            yield who, label, partial(_unmasked, who, label, route)


async def _unmasked(who: str, label: str, route: str, asker: Asker) -> None:
    filed, allowed = asker.city.docket.filed.get(label), label in UNMASK[who]
    sent = {"field": "phone", "reason": "回电"}
    opens = {(filed.nth, "phone")} if filed and allowed else set()
    answer = await asker.ask(
        who, route, at={"number": number(asker, label)}, raised=True, opens=opens,
        **({"body": sent} if "/m/v1/" in route else {"form": sent}),
    )  # fmt: skip
    sight = SIGHT[who].get(label, ".")
    wanted = 200 if allowed else 404 if sight == "." else 403
    if NOTHING_LEFT.get(label) in UNMASK[who]:
        wanted = 422
    wanted = {"guest": 401, "staff": wanted}.get(kind_of(who), 403)
    asker.expect(who, route, answer.status, wanted, label)
    shown = filed is not None and filed.phone in answer.text
    asker.expect(who, route, shown, allowed, f"{label}: the number is shown:")


async def _not_raised(who: str, route: str, asker: Asker) -> None:
    """Asked for a second factor whatever the case is: that tells nothing of it."""
    for label in ("new", "sea", ABSENT):
        sent = {"field": "phone", "reason": "回电"}
        answer = await asker.ask(
            who, route, at={"number": number(asker, label)},
            **({"body": sent} if "/m/v1/" in route else {"form": sent}),
        )  # fmt: skip
        wanted = {"guest": "401", "staff": "up"}.get(kind_of(who), "403")
        asker.expect(who, route, said(answer), wanted, label)


def receipts(route: str) -> Found:
    """The paper with her key: for who filed it alone, also among those who see the case."""
    for who in ALL:
        for label in (*FILED, ABSENT):
            yield who, label, partial(_receipt, who, label, route)


async def _receipt(who: str, label: str, route: str, asker: Asker) -> None:
    filed, allowed = asker.city.docket.filed.get(label), label in RECEIPT[who]
    opens = {(filed.nth, "key")} if filed and allowed else set()
    answer = await asker.ask(who, route, at={"number": number(asker, label)}, opens=opens)
    wanted = {"guest": "in", "staff": "200" if allowed else "404"}.get(kind_of(who), "403")
    asker.expect(who, route, said(answer), wanted, label)


def called(route: str) -> Found:
    """A number for one call: for whoever is to ring her up."""
    for who in ALL:
        for label in (*FILED, ABSENT):
            yield who, label, partial(_called, who, label, route)


async def _called(who: str, label: str, route: str, asker: Asker) -> None:
    filed, allowed = asker.city.docket.filed.get(label), label in CALLS[who]
    opens = {(filed.nth, "phone")} if filed and allowed else set()
    answer = await asker.ask(
        who, route, at={"number": number(asker, label)}, opens=opens, form={"nothing": ""}
    )
    among = 404 if who in GROUPS["callers"] else 403
    wanted = 200 if allowed else {"guest": 401, "staff": among}.get(kind_of(who), 403)
    asker.expect(who, route, answer.status, wanted, label)


def number(asker: Asker, label: str) -> str:
    """The number of the case of this label; of the absent one a number nobody has."""
    filed = asker.city.docket.filed.get(label)
    return filed.number if filed else NO_NUMBER
