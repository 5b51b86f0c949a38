"""What one viewer may see of a thing: composed and masked once, for every surface."""

from server.views.bulk import bulk_card, bulk_items
from server.views.callbacks import call, calls_to_make
from server.views.case import case_page, page_of
from server.views.codes import (
    code_batch,
    code_batches,
    code_nodes,
    code_page,
    codes_found,
    missing_codes,
    prints_of,
)
from server.views.conversations import (
    conversation_page,
    conversation_shape,
    message_list,
    message_shapes,
    own_conversations,
    reply_times,
    work_conversations,
)
from server.views.export import EXPORT_ROLES, export_list
from server.views.filing import filing_card_of_code, filing_card_of_place, places_to_file
from server.views.imports import import_card
from server.views.lists import desk_list, my_cases, todo
from server.views.me import claimable, code_asked, consent, me
from server.views.outages import outage_card
from server.views.photos import photo_shape
from server.views.plaques import far_plaques, faults, past_of_plaque
from server.views.praises import (
    grid_praises,
    odd_praises,
    own_praises,
    praise_card,
    praise_given,
    praises_of,
    received_praises,
    waiting_praises,
    wall,
)
from server.views.receipt import filed_receipt, receipt, receipt_of
from server.views.rosters import duty_card, firm_card, first_day, post_card, roster_card
from server.views.scan import Board, board, scan_card
from server.views.town import town_shape

__all__ = [
    "EXPORT_ROLES",
    "Board",
    "board",
    "bulk_card",
    "bulk_items",
    "call",
    "calls_to_make",
    "case_page",
    "claimable",
    "code_asked",
    "code_batch",
    "code_batches",
    "code_nodes",
    "code_page",
    "codes_found",
    "consent",
    "conversation_page",
    "conversation_shape",
    "desk_list",
    "duty_card",
    "export_list",
    "far_plaques",
    "faults",
    "filed_receipt",
    "filing_card_of_code",
    "filing_card_of_place",
    "firm_card",
    "first_day",
    "grid_praises",
    "import_card",
    "me",
    "message_list",
    "message_shapes",
    "missing_codes",
    "my_cases",
    "odd_praises",
    "outage_card",
    "own_conversations",
    "own_praises",
    "page_of",
    "past_of_plaque",
    "photo_shape",
    "places_to_file",
    "post_card",
    "praise_card",
    "praise_given",
    "praises_of",
    "prints_of",
    "receipt",
    "receipt_of",
    "received_praises",
    "reply_times",
    "roster_card",
    "scan_card",
    "todo",
    "town_shape",
    "waiting_praises",
    "wall",
    "work_conversations",
]
