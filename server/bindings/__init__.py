"""户内绑定: a resident says that a home is theirs; the grid worker says whether it is; it ends."""

from server.bindings.actions import PastBinding, bind, bring_in, end, refuse
from server.bindings.claiming import claim
from server.bindings.errors import (
    AlreadyDecided,
    BindingUnknown,
    ClaimedEnough,
    NotAHome,
    NotAResident,
)
from server.bindings.forgetting import forget_account, forget_bindings, old_bindings
from server.bindings.queries import (
    BindingFile,
    bound_in,
    count_waiting,
    own_at,
    own_bindings,
    waiting,
)
from server.bindings.ringing import ring_due
from server.bindings.rules import ENDED_FOR, KIN, STATES, VERIFYING_ROLES

__all__ = [
    "ENDED_FOR",
    "KIN",
    "STATES",
    "VERIFYING_ROLES",
    "AlreadyDecided",
    "BindingFile",
    "BindingUnknown",
    "ClaimedEnough",
    "NotAHome",
    "NotAResident",
    "PastBinding",
    "bind",
    "bound_in",
    "bring_in",
    "claim",
    "count_waiting",
    "end",
    "forget_account",
    "forget_bindings",
    "old_bindings",
    "own_at",
    "own_bindings",
    "refuse",
    "ring_due",
    "waiting",
]
