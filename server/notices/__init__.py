"""Telling people: written beside what caused it, delivered later, never lost, never twice."""

from server.notices.inbox import (
    all_told,
    forget_account,
    forget_read,
    mark_read,
    unread_count,
    unread_for_cases,
)
from server.notices.outbox import Receiver, count_waiting, deliver_due, tell, wake, woken

__all__ = [
    "Receiver",
    "all_told",
    "count_waiting",
    "deliver_due",
    "forget_account",
    "forget_read",
    "mark_read",
    "tell",
    "unread_count",
    "unread_for_cases",
    "wake",
    "woken",
]
