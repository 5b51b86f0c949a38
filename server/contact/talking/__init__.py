"""Talking: whoever scanned a sign begins, both sides say something, and each has read so far."""

from server.contact.talking.beginning import begin
from server.contact.talking.said import Said
from server.contact.talking.saying import mark_read, say

__all__ = ["Said", "begin", "mark_read", "say"]
