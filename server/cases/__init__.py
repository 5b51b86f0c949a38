"""The case desk: the only ways a case changes, and who may see how much of it."""

from server.cases.actions import (
    check_new,
    claim,
    leave_cases,
    make_move,
    open_case,
    open_in_office,
    ring,
    ring_due,
    ring_lag_s,
    second,
    succeed,
)
from server.cases.belonging import (
    claim_deed,
    forget_phone,
    leave_deed,
    list_claimable,
    step_back_deed,
)
from server.cases.clerks.callback import ToCall, find_to_call, list_to_call, phone_to_call
from server.cases.clerks.filters import drop_filter, keep_filter, list_filters
from server.cases.cursors import cursor, read_cursor
from server.cases.desk.counting import MOST_COUNTED, DeskCounts, count_desk
from server.cases.desk.listing import list_desk, list_whole
from server.cases.desk.tabs import TABS, DeskFilter
from server.cases.dossiers import Dossier, find_dossier
from server.cases.effects.deeds import DeedCall, NotWired, QuestionFunction, wire
from server.cases.effects.follow import follow
from server.cases.effects.values import before, subject, when
from server.cases.errors import (
    CaseMovedOn,
    CaseUnknown,
    ConflictOfInterest,
    FiledByTheAccused,
    ListTooLong,
    MergeIntoItself,
    OpenAlready,
    OwnCase,
    ReceiptGone,
    ReferenceTaken,
    TooManyFilters,
)
from server.cases.forgetting import forget, forget_old_cases, hold, old_cases, release
from server.cases.intake.danger import sounds_dangerous
from server.cases.intake.filing import CHANNELS
from server.cases.intake.histories import Act, OfficePlan, Plan, bulk_histories
from server.cases.intake.offices import OfficeCase
from server.cases.intake.opening import GivenPoint, NewCase
from server.cases.intake.registering import Opened
from server.cases.offers import offered, theirs_in_some
from server.cases.owners.routing import ASKS_WHOM, starts_at
from server.cases.queries import (
    Listed,
    find_by_ids,
    find_case,
    find_cases,
    find_number,
    key_of_guest,
    list_here,
    list_mine,
    list_mine_here,
    list_open_of,
    list_todo,
    list_with_post,
    number_in_state,
)
from server.cases.record.chain import EVENTS, link
from server.cases.record.check import Fault, check_cases, check_chains
from server.cases.record.deadlines import is_overdue, next_deadline
from server.cases.record.files import CaseFile, EventFile, RowFile
from server.cases.record.keys import key_hash, key_hashes, key_of
from server.cases.record.raisers import raiser_name, raiser_phone
from server.cases.record.reading import History, read_events, read_events_of
from server.cases.record.references import Reference, read_references
from server.cases.record.words import given_of
from server.cases.search.feeding import feed
from server.cases.sight.history import sees_event, sees_said
from server.cases.sight.lenses import LENSES, lens_of, sees_raiser, sees_words
from server.cases.sight.pictures import (
    lacks_proof,
    may_see_photo,
    photo_count,
    photo_ids,
)
from server.cases.sight.receipts import key_to_print
from server.cases.sight.relations import is_raiser
from server.cases.succession import succeed_deed
from server.cases.unmasking import unmask, unmaskable

__all__ = [
    "ASKS_WHOM",
    "CHANNELS",
    "EVENTS",
    "LENSES",
    "MOST_COUNTED",
    "TABS",
    "Act",
    "CaseFile",
    "CaseMovedOn",
    "CaseUnknown",
    "ConflictOfInterest",
    "DeedCall",
    "DeskCounts",
    "DeskFilter",
    "Dossier",
    "EventFile",
    "Fault",
    "FiledByTheAccused",
    "GivenPoint",
    "History",
    "ListTooLong",
    "Listed",
    "MergeIntoItself",
    "NewCase",
    "NotWired",
    "OfficeCase",
    "OfficePlan",
    "OpenAlready",
    "Opened",
    "OwnCase",
    "Plan",
    "QuestionFunction",
    "ReceiptGone",
    "Reference",
    "ReferenceTaken",
    "RowFile",
    "ToCall",
    "TooManyFilters",
    "before",
    "bulk_histories",
    "check_cases",
    "check_chains",
    "check_new",
    "claim",
    "claim_deed",
    "count_desk",
    "cursor",
    "drop_filter",
    "feed",
    "find_by_ids",
    "find_case",
    "find_cases",
    "find_dossier",
    "find_number",
    "find_to_call",
    "follow",
    "forget",
    "forget_old_cases",
    "forget_phone",
    "given_of",
    "hold",
    "is_overdue",
    "is_raiser",
    "keep_filter",
    "key_hash",
    "key_hashes",
    "key_of",
    "key_of_guest",
    "key_to_print",
    "lacks_proof",
    "leave_cases",
    "leave_deed",
    "lens_of",
    "link",
    "list_claimable",
    "list_desk",
    "list_filters",
    "list_here",
    "list_mine",
    "list_mine_here",
    "list_open_of",
    "list_to_call",
    "list_todo",
    "list_whole",
    "list_with_post",
    "make_move",
    "may_see_photo",
    "next_deadline",
    "number_in_state",
    "offered",
    "old_cases",
    "open_case",
    "open_in_office",
    "phone_to_call",
    "photo_count",
    "photo_ids",
    "raiser_name",
    "raiser_phone",
    "read_cursor",
    "read_events",
    "read_events_of",
    "read_references",
    "release",
    "ring",
    "ring_due",
    "ring_lag_s",
    "second",
    "sees_event",
    "sees_raiser",
    "sees_said",
    "sees_words",
    "sounds_dangerous",
    "starts_at",
    "step_back_deed",
    "subject",
    "succeed",
    "succeed_deed",
    "theirs_in_some",
    "unmask",
    "unmaskable",
    "when",
    "wire",
]
