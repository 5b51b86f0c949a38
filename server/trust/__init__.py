"""Trust: what makes a promise checkable.

A request sent twice is carried out once; sensitive acts leave a record; what was written is
anchored, and a check names what was changed since; keys can be changed while the town goes on.
"""

from server.trust.anchors import anchor_all, anchors_file, keep_anchors_in
from server.trust.audit import (
    ACTIONS,
    Act,
    forget_records,
    last_time,
    old_records,
    record,
    records_since,
)
from server.trust.noted import note
from server.trust.replay import (
    KeyReused,
    ReplayKey,
    find_replay,
    forget_replays,
    old_replays,
    remember,
    twice_is_once,
)
from server.trust.resealing import Resealed, reseal, survey
from server.trust.unmask import (
    DAILY,
    Look,
    LookOver,
    NotToUnmask,
    Unmasked,
    UnmaskedEnough,
    may_unmask,
    unmask,
)
from server.trust.verify import RECORDS, Findings, check_anchors, check_records
from server.trust.windows import Stream, WrongCluster, open_epoch, rows_after

__all__ = [
    "ACTIONS",
    "DAILY",
    "RECORDS",
    "Act",
    "Findings",
    "KeyReused",
    "Look",
    "LookOver",
    "NotToUnmask",
    "ReplayKey",
    "Resealed",
    "Stream",
    "Unmasked",
    "UnmaskedEnough",
    "WrongCluster",
    "anchor_all",
    "anchors_file",
    "check_anchors",
    "check_records",
    "find_replay",
    "forget_records",
    "forget_replays",
    "keep_anchors_in",
    "last_time",
    "may_unmask",
    "note",
    "old_records",
    "old_replays",
    "open_epoch",
    "record",
    "records_since",
    "remember",
    "reseal",
    "rows_after",
    "survey",
    "twice_is_once",
    "unmask",
]
