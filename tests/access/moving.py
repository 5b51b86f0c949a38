"""Moves: everybody tries each, in cases standing everywhere in the flow."""

import json
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from tests.access.actors import ALL
from tests.access.asking import Asker, kind_of
from tests.access.docket import FILED, Filed
from tests.access.doors import hidden, said
from tests.access.moves_table import ONLY_BESIDE, SEEN_LIKE
from tests.access.reading import LACKING, MOVES, SIGHT
from tests.access.rows import NO_NUMBER, number

API, PAGE, BULK = (
    "POST /m/v1/cases/<number>/moves/<move>",
    "POST /cases/<number>/moves/<move>",
    "POST /bulk",
)
CASE = "GET /m/v1/cases/<number>"
Found = Iterator[tuple[str, str, partial]]


def moved(route: str) -> Found:
    """By the phone every move; by the page one of each case; by the bulk form others' cases."""
    if route == BULK:
        yield from ((who, "every", partial(_bulk, who, route)) for who in ALL)
        return
    for label, moves in MOVES.items():
        for nth, who in enumerate(ALL):
            if SIGHT[who][label] != "." and route == API:
                yield who, f"{label} offers", partial(_offered, who, label)
            tried = (
                list(moves)
                if SIGHT[who][label] != "." and route == API
                else [list(moves)[nth % len(moves)]]
            )
            for move in tried:
                yield who, f"{label} {move}", partial(_move, who, label, move, route)
    for who in ALL:
        yield who, "absent", partial(_absent, who, route)


async def standing(asker: Asker, label: str) -> Filed:
    """A case that stands so, made when it is first asked for."""
    docket = asker.city.docket
    return docket.filed.get(label) or await docket.renew(label)


async def all_standing(asker: Asker) -> None:
    """A case of every kind, made while nothing is spoilt."""
    for label in MOVES:
        await standing(asker, label)


async def _move(who: str, label: str, move: str, route: str, asker: Asker) -> None:
    filed = await standing(asker, label)
    allowed = who in MOVES[label][move]
    row = await _row(asker, filed, label, move)
    before = await asker.version(filed)
    sent = _typed(given_for(asker, label, move), before, row, page=route == PAGE)
    answer = await asker.ask(who, route, at={"number": filed.number, "move": move}, **sent)
    after = await asker.version(filed)
    lacking = (label, move) in LACKING
    asker.expect(who, route, after > before, allowed and not lacking, f"{label} {move}: moved:")
    if allowed:
        good = "422" if lacking else "200" if route == API else "303"
        asker.expect(who, route, said(answer), good, f"{label} {move}")
    elif SIGHT[who][label] == ".":
        wanted = hidden(who, route)
        asker.expect(who, route, said(answer), wanted, f"{label} {move}")
    else:
        asker.expect(who, route, answer.status in (403, 409), True, f"{label} {move}: refused:")
    if after > before:
        asker.moved.add(filed.nth)
        del asker.city.docket.filed[label]


async def _offered(who: str, label: str, asker: Asker) -> None:
    """What the page offers is what may be done."""
    filed = await standing(asker, label)
    answer = await asker.ask(who, CASE, at={"number": filed.number})
    asker.expect(who, CASE, answer.status, 200, label)
    if answer.status != 200:
        return
    offered = {one["key"] for one in json.loads(answer.body)["moves"]}
    if label in ONLY_BESIDE:
        offered &= MOVES[label].keys()
    wanted = {move for move, allowed in MOVES[label].items() if who in allowed}
    asker.expect(who, CASE, offered, wanted, f"{label} offers")


async def _absent(who: str, route: str, asker: Asker) -> None:
    sent = _typed({}, 1, None, page=route == PAGE)
    answer = await asker.ask(who, route, at={"number": NO_NUMBER, "move": "accept"}, **sent)
    asker.expect(who, route, said(answer), hidden(who, route), "absent")


async def _bulk(who: str, route: str, asker: Asker) -> None:
    """Many at once, none of them theirs: not one goes, and nothing is told of them."""
    before = await asker.versions()
    others = [number(asker, label) for label in FILED if SIGHT[who][label] == "."]
    chosen = [f"{one}:{before[one]}" for one in others]
    form = {"move": "accept", "case": chosen, "text": ""}
    answer = await asker.ask(who, route, form=form)
    wanted = {"guest": 401, "staff": 200}.get(kind_of(who), 403)
    asker.expect(who, route, answer.status, wanted)
    asker.expect(who, route, await asker.versions(), before, "the cases are")


async def _row(asker: Asker, filed: Filed, label: str, move: str) -> int | None:
    """The row an ask, a help or a rating is about; the case's own needs no number."""
    beside = {
        "claim_second",
        "leave_second",
        "grant_extend",
        "refuse_extend",
        "grant_hang",
        "refuse_hang",
        "help",
        "rate",
    }
    return 1 if move in beside | {"decline_assist"} else None


def _typed(given: dict[str, Any], version: int, row: int | None, *, page: bool) -> dict[str, Any]:
    if not page:
        body = {"seen_version": version, "given": given} | ({"row": row} if row else {})
        return {"body": body}
    form = {"seen_version": version} | given | ({"row": row} if row else {})
    return {"form": form}


# Both ways of reclassifying are tried: here what is about people, elsewhere what is not.
BECOMES_A_COMPLAINT = ("accepted", "dispatched")


def given_for(asker: Asker, label: str, move: str) -> dict[str, Any]:
    """What the move asks for, all of it true."""
    crowd, docket = asker.city.crowd, asker.city.docket
    colleague = {"firm": "property_staff", "department": "municipal_leader"}.get(
        SEEN_LIKE.get(label, ""), "community_worker"
    )
    municipal, heating = str(crowd.units["municipal"]), str(crowd.units["heating"])
    known: dict[str, dict[str, Any]] = {
        "dispatch": {"unit": municipal},
        "reassign": {"post": str(crowd.posts[colleague])},
        "rule_dispute": {"unit": municipal},
        "decline": {"reason": "不归这里管。"},
        "return": {"reason": "不归这里管。"},
        "refuse_extend": {"reason": "请按时办。"},
        "refuse_hang": {"reason": "请按时办。"},
        "decline_assist": {"reason": "没有人手。"},
        "appeal": {"reason": "归这里管。"},
        "reopen": {"reason": "没有好。"},
        "uphold": {"reason": "照片清楚。"},
        "reverse": {"reason": "不是这家的。"},
        "deduct": {"text": "还在外面。"},
        "reopen_by_phone": {"reason": "没有好。"},
        "classify": {"category": "C04" if label in BECOMES_A_COMPLAINT else "E01"},
        "merge": {"into": docket.filed["new"].number},
        "progress": {"text": "在办。"},
        "contact": {"call": "打过电话。"},
        "ask": {"question": "哪一层？"},
        "answer": {"text": "三层。"},
        "supervise": {"text": "请尽快。"},
        "resolve": {"outcome": "fixed", "text": "好了。"},
        "help": {"text": "帮了。"},
        "confirm": {"solved": "yes"},
        "rate": {"solved": "yes"},
        "answer_by_phone": {"solved": "yes"},
        "add_assist": {"assist": [heating]},
        "ask_extend": {"longer": "1wd", "reason": "等配件。"},
        "ask_hang": {"reason": "等开春。", "until": str(date(2026, 12, 20))},
    }
    return known.get(move, {})
