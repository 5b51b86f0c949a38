"""The law of every kind of case: pure data, and one pure function that applies it.

`FLOWS` holds every kind of case by its key, each checked for soundness when this is imported.
`open_`, `step`, `ring` move a case; `with_holders` completes a step; `offered` says what somebody
may do now; `replay` rebuilds a case from its events. A new kind of case is one file here and one
line below: see docs/adding-a-case.md.
"""

from collections.abc import Mapping

from server.flows.callback import BY_PHONE, CALLER_ROLES, CALLS
from server.flows.engine import (
    PASSED_OVER,
    next_rung,
    offered,
    open_,
    ring,
    step,
    with_holders,
)
from server.flows.errors import CaseMovedOn, MoveNotPossible, NoSuchMove, NotYours, WrongGiven
from server.flows.guards import HEARD
from server.flows.history import Event, HolderRule, Offer, Step, Tell, replay
from server.flows.merchant_inspection import FINDERS, MERCHANT_INSPECTION
from server.flows.moves import STEPPED_BACK
from server.flows.parts import (
    CaseState,
    ClockState,
    Holder,
    Mover,
    MoverPost,
    RowState,
    named_holder,
)
from server.flows.report import REPORT
from server.flows.soundness import check
from server.flows.standing import is_theirs
from server.flows.structure import CLOCK, Flow, Rung
from server.flows.wording import deeds_of, questions_of, texts_of

KINDS = (REPORT, MERCHANT_INSPECTION)
FLOWS: Mapping[str, Flow] = {flow.key: check(flow) for flow in KINDS}

__all__ = [
    "BY_PHONE",
    "CALLER_ROLES",
    "CALLS",
    "CLOCK",
    "FINDERS",
    "FLOWS",
    "HEARD",
    "PASSED_OVER",
    "STEPPED_BACK",
    "CaseMovedOn",
    "CaseState",
    "ClockState",
    "Event",
    "Flow",
    "Holder",
    "HolderRule",
    "MoveNotPossible",
    "Mover",
    "MoverPost",
    "NoSuchMove",
    "NotYours",
    "Offer",
    "RowState",
    "Rung",
    "Step",
    "Tell",
    "WrongGiven",
    "deeds_of",
    "is_theirs",
    "named_holder",
    "next_rung",
    "offered",
    "open_",
    "questions_of",
    "replay",
    "ring",
    "step",
    "texts_of",
    "with_holders",
]
