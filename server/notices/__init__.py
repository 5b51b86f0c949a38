"""Telling people: written beside what caused it, delivered later, never lost, never twice."""

from server.notices.inbox import mark_read, unread_count, unread_for_cases
from server.notices.outbox import Receiver, count_waiting, deliver_due, tell, wake, woken

__all__ = [
    "Receiver",
    "count_waiting",
    "deliver_due",
    "mark_read",
    "tell",
    "unread_count",
    "unread_for_cases",
    "wake",
    "woken",
]
