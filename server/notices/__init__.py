"""Telling people: written beside what caused it, delivered later, never lost, never twice."""

from server.notices.forgetting import forget_inbox, forget_notices, old_inbox, old_notices
from server.notices.inbox import (
    all_told,
    forget_account,
    forget_read,
    mark_read,
    mark_texts_read,
    unread_for_cases,
    unread_here,
    unread_texts,
)
from server.notices.outbox import Receiver, count_waiting, deliver_due, tell, woken
from server.notices.texts import names_in

__all__ = [
    "Receiver",
    "all_told",
    "count_waiting",
    "deliver_due",
    "forget_account",
    "forget_inbox",
    "forget_notices",
    "forget_read",
    "mark_read",
    "mark_texts_read",
    "names_in",
    "old_inbox",
    "old_notices",
    "tell",
    "unread_for_cases",
    "unread_here",
    "unread_texts",
    "woken",
]
