"""Questions that only a few cases raise, each put to those few for whom the answer could be wrong.

Judged by `table.py` in this folder. What a question is about begins with "aside" where it needs a
case of `asides.py`, with "look" where somebody opens what a raiser left.
"""

from collections.abc import Callable, Iterator
from functools import partial

from tests.access.closer import cases, left, outages, own, shops
from tests.access.deciding import (
    ANNOUNCE,
    CALL,
    CALLS,
    CASE,
    DESK,
    INSPECT,
    INSPECTIONS,
    KEEP,
    ME,
    MINE,
    MOVE,
    OTHERS,
    OUTAGES,
    OVER,
    OWN_COPY,
    OWN_SHOP,
    PHOTO,
    RECEIPT,
    REPORT,
    SHOP,
    UNMASK,
)

Found = Iterator[tuple[str, str, partial]]
Ask = Callable[[str], Found]


def _each(*asks: Ask) -> Ask:
    """All of these of one address."""
    return lambda route: (found for ask in asks for found in ask(route))


CLOSER: dict[str, Ask] = {
    CASE: _each(cases.of_a_case, shops.of_a_case),
    MOVE: _each(cases.of_a_move, shops.of_a_move),
    PHOTO: _each(left.of_a_photo, shops.of_a_photo),
    SHOP: shops.of_own_shops,
    "GET /m/v1/shops": shops.of_own_shops,
    OWN_SHOP: shops.of_one_shop,
    INSPECT: shops.of_inspecting,
    INSPECTIONS: shops.of_what_is_under_way,
    "GET /m/v1/inspections": shops.of_what_is_under_way,
    UNMASK: left.of_a_look,
    RECEIPT: left.of_a_receipt,
    CALL: left.of_a_call,
    CALLS: left.of_calls,
    ME: own.of_oneself,
    OWN_COPY: own.of_a_copy,
    OTHERS: own.of_other_sessions,
    DESK: own.of_the_desk,
    KEEP: own.of_a_filter,
    REPORT: _each(own.of_a_report, shops.of_finding),
    MINE: own.of_mine,
    OUTAGES: outages.of_outages,
    ANNOUNCE: outages.of_announcing,
    OVER: outages.of_ending,
    "GET /file": outages.of_filing,
}
