"""What must hold of reports, told a second time and independently: small enough to see it is right.

One table of moves; a case is its state, its holder, its version and who has to do with it.
"""

from dataclasses import dataclass, field
from typing import Any

RESIDENTS = ("anna", "bao", "guest")  # two with an account, one without
STAFF = ("grid_worker", "property_manager", "street_dispatcher")
STRANGER = "heating"  # staff of a utility nobody dispatches to here
EVERYBODY = (*RESIDENTS, *STAFF, STRANGER)
ENDED = ("closed",)
FIRM = "property_manager"  # holds what is dispatched to the firm, and what she has signed


@dataclass(frozen=True, slots=True)
class Step:
    """`by` is somebody's name, `raiser`, or `holder`; `holder` is who has it then."""

    move: str
    by: str
    source: str
    target: str
    holder: str = ""
    given: dict[str, Any] = field(default_factory=dict)


STEPS = (
    Step("accept", "holder", "submitted", "accepted"),
    Step("decline", "holder", "submitted", "closed", given={"reason": "不归这里管。"}),
    Step("self_handle", "holder", "accepted", "handling"),
    Step("dispatch", "holder", "accepted", "dispatched", FIRM, {"unit": "firm"}),
    Step("sign", "holder", "dispatched", "handling"),
    Step(
        "return", "holder", "dispatched", "dispute", "street_dispatcher", {"reason": "不归我们。"}
    ),
    Step("rule_dispute", "street_dispatcher", "dispute", "dispatched", FIRM, {"unit": "firm"}),
    Step("dispatch", "grid_worker", "handling", "dispatched", FIRM, {"unit": "firm"}),
    Step("dispatch", "street_dispatcher", "handling", "dispatched", FIRM, {"unit": "firm"}),
    Step("resolve", "holder", "handling", "resolved", given={"outcome": "fixed", "text": "好了。"}),
    Step("confirm", "raiser", "resolved", "closed", given={"solved": "yes"}),
    Step("reopen", "raiser", "resolved", "handling", "street_dispatcher", {"reason": "没有好。"}),
    Step("withdraw", "raiser", "submitted", "closed"),
    Step("withdraw", "raiser", "accepted", "closed"),
    Step("withdraw", "raiser", "dispatched", "closed"),
    Step("withdraw", "raiser", "dispute", "closed"),
)
MOVES = tuple(dict.fromkeys(step.move for step in STEPS))
MOST_REOPENED = 2


def given_for(move: str) -> dict[str, Any]:
    return next(step.given for step in STEPS if step.move == move)


@dataclass(slots=True)
class Case:
    """One report, as everybody must find it."""

    number: str
    text: str
    raiser: str
    state: str = "submitted"
    holder: str = "grid_worker"
    version: int = 1
    changed: int = 1  # the version at which state or holder changed last
    reopened: int = 0
    joined: set[str] = field(default_factory=set)
    stepped_back: bool = False  # withdrawn, and left to those who joined
    held_by: set[str] = field(default_factory=lambda: {"grid_worker"})

    @property
    def live(self) -> bool:
        return self.state not in ENDED

    def step_of(self, who: str, move: str) -> Step | None:
        """The step this person may make now, if it is one."""
        return next(
            (step for step in STEPS if step.move == move and self._is_possible(step, who)), None
        )

    def _is_possible(self, step: Step, who: str) -> bool:
        if step.source != self.state or (step.move == "reopen" and self.reopened == MOST_REOPENED):
            return False
        if step.move == "withdraw" and self.stepped_back:
            return False
        asked = {"holder": self.holder, "raiser": self.raiser}.get(step.by, step.by)
        # Who dispatches out of handling must have it in hand.
        return who == asked and (step.move != "dispatch" or who == self.holder)

    def takes(self, step: Step, who: str) -> None:
        self.version += 1
        if step.move == "withdraw" and self.joined:
            self.stepped_back = True
            return
        self.changed = self.version
        self.state = step.target
        self.reopened += step.move == "reopen"
        self.holder = step.holder or (who if step.by == "holder" else self.holder)
        self.held_by.add(self.holder)

    def joins(self, who: str) -> None:
        self.version += 1
        self.joined.add(who)

    def lens_of(self, who: str) -> str | None:
        """How much of it this person sees; None if it is not there for them."""
        if who == self.raiser:
            return "own"
        if who in ("grid_worker", "street_dispatcher") or who in self.held_by:
            return "work"
        return "progress" if who in self.joined else None

    def waits_for(self, who: str) -> bool:
        """Whether it stands in this person's list of things to do."""
        return self.live and self.state != "resolved" and who == self.holder
