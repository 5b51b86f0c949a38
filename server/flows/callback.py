"""回访: moves a kind of case may borrow to hear residents who have no page to answer on."""

from server.flows.guards import at_most, not_within
from server.flows.notation import move
from server.flows.structure import Move

CALLER_ROLES = (
    "community_worker", "community_secretary", "street_dispatcher", "hotline_operator",
    "callback_agent",
)  # fmt: skip
BY_PHONE = frozenset({"answer_by_phone", "reopen_by_phone"})  # the resident's word, taken down
CALLS = BY_PHONE | {"call_missed"}
REDO = "reopen|reopen_by_phone"
"""Both ways in which a resident has it done again; together they are counted."""


def callback(resolved: str, closed: str, redone: str, tries: int = 3) -> tuple[Move, ...]:
    """回访: who did not solve it rings the resident up and takes her answer down.

    Whether somebody is the one to ring (`caller`) the case desk says; never the unit that solved
    it. What a resident says on the phone is hers: seconders see no line of it.
    """
    by = "|".join(f"caller&{role}" for role in CALLER_ROLES)
    enough = f"打过{tries}次都没接通，不再打扰，到时按未评价结束。"
    return (
        move("answer_by_phone", "电话回访", by, resolved, closed, needs="solved rating? text?",
             sets="ending=confirmed", tells="raiser|second:closed holder:confirmed", seen="work"),
        move("reopen_by_phone", "回访说没解决，重办", by, resolved, redone, needs="reason solved?",
             when=at_most(REDO, 2), holder="role:street_dispatcher",
             sets="outcome= solved= planned_until= proof=",
             tells="raiser|second|holder:reopened", seen="work"),
        move("call_missed", "回访没接通", by, resolved, needs="text?", seen="work",
             when=(at_most("call_missed", tries, enough), not_within("call_missed", "1h"))),
    )  # fmt: skip
