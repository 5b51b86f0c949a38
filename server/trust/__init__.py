"""Trust: what makes a promise checkable. Today: a request sent twice is carried out once."""

from server.trust.noted import note
from server.trust.replay import KeyReused, ReplayKey, find_replay, forget_replays, remember

__all__ = ["KeyReused", "ReplayKey", "find_replay", "forget_replays", "note", "remember"]
