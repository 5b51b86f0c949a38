"""Questions that only a few cases raise, each put to those few for whom the answer could be wrong.

Judged by `table.py` in this folder. What a question is about begins with "aside" where it needs a
case of `asides.py`, with "look" where somebody opens what a raiser left.
"""

from collections.abc import Callable, Iterator
from functools import partial

from tests.access.closer import cases, left, outages, own
from tests.access.deciding import (
    ANNOUNCE,
    CALL,
    CALLS,
    CASE,
    DESK,
    KEEP,
    ME,
    MINE,
    MOVE,
    OTHERS,
    OUTAGES,
    OVER,
    OWN_COPY,
    PHOTO,
    RECEIPT,
    REPORT,
    UNMASK,
)

Found = Iterator[tuple[str, str, partial]]
CLOSER: dict[str, Callable[[str], Found]] = {
    CASE: cases.of_a_case,
    MOVE: cases.of_a_move,
    PHOTO: left.of_a_photo,
    UNMASK: left.of_a_look,
    RECEIPT: left.of_a_receipt,
    CALL: left.of_a_call,
    CALLS: left.of_calls,
    ME: own.of_oneself,
    OWN_COPY: own.of_a_copy,
    OTHERS: own.of_other_sessions,
    DESK: own.of_the_desk,
    KEEP: own.of_a_filter,
    REPORT: own.of_a_report,
    MINE: own.of_mine,
    OUTAGES: outages.of_outages,
    ANNOUNCE: outages.of_announcing,
    OVER: outages.of_ending,
    "GET /file": outages.of_filing,
}
