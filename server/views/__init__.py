"""What one viewer may see of a thing: composed and masked once, for every surface."""

from server.views.bulk import bulk_card, bulk_items
from server.views.bulletins import (
    bulletin_card,
    bulletin_list,
    bulletin_shape,
    minded_bulletin,
    minded_bulletins,
)
from server.views.callbacks import call, calls_to_make
from server.views.canned import canned_card, reply_list
from server.views.case import case_page, page_of
from server.views.codes import (
    code_batch,
    code_batches,
    code_nodes,
    code_page,
    codes_found,
    missing_codes,
    prints_of,
    where_each_belongs,
)
from server.views.communities import community_board, community_bulletins, community_wall
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
from server.views.homes import binding_card, home_at, own_homes
from server.views.imports import import_card
from server.views.inspections import (
    found_receipt,
    inspect_card,
    may_read,
    open_inspections,
    own_shop,
    own_shops,
)
from server.views.lists import desk_list, my_cases, todo
from server.views.me import claim, claimable, code_asked, consent, me
from server.views.merchants import (
    export_merchants,
    merchant_lines,
    merchant_page,
    place_for_merchant,
    places_for_merchants,
)
from server.views.outages import outage_card
from server.views.photos import photo_shape
from server.views.places import place_of
from server.views.plaques import far_plaques, faults
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
from server.views.results import community_results, publish_card
from server.views.rosters import (
    duty_card,
    firm_card,
    first_day,
    first_day_step,
    post_card,
    roster_card,
)
from server.views.scan import Board, board, scan_card
from server.views.stations import (
    kept_stations,
    station_options,
    station_sheet,
    station_spots,
    stations_near,
)
from server.views.town import town_shape

__all__ = [
    "EXPORT_ROLES",
    "Board",
    "binding_card",
    "board",
    "bulk_card",
    "bulk_items",
    "bulletin_card",
    "bulletin_list",
    "bulletin_shape",
    "call",
    "calls_to_make",
    "canned_card",
    "case_page",
    "claim",
    "claimable",
    "code_asked",
    "code_batch",
    "code_batches",
    "code_nodes",
    "code_page",
    "codes_found",
    "community_board",
    "community_bulletins",
    "community_results",
    "community_wall",
    "consent",
    "conversation_page",
    "conversation_shape",
    "desk_list",
    "duty_card",
    "export_list",
    "export_merchants",
    "far_plaques",
    "faults",
    "filed_receipt",
    "filing_card_of_code",
    "filing_card_of_place",
    "firm_card",
    "first_day",
    "first_day_step",
    "found_receipt",
    "grid_praises",
    "home_at",
    "import_card",
    "inspect_card",
    "kept_stations",
    "may_read",
    "me",
    "merchant_lines",
    "merchant_page",
    "message_list",
    "message_shapes",
    "minded_bulletin",
    "minded_bulletins",
    "missing_codes",
    "my_cases",
    "odd_praises",
    "open_inspections",
    "outage_card",
    "own_conversations",
    "own_homes",
    "own_praises",
    "own_shop",
    "own_shops",
    "page_of",
    "photo_shape",
    "place_for_merchant",
    "place_of",
    "places_for_merchants",
    "places_to_file",
    "post_card",
    "praise_card",
    "praise_given",
    "praises_of",
    "prints_of",
    "publish_card",
    "receipt",
    "receipt_of",
    "received_praises",
    "reply_list",
    "reply_times",
    "roster_card",
    "scan_card",
    "station_options",
    "station_sheet",
    "station_spots",
    "stations_near",
    "todo",
    "town_shape",
    "waiting_praises",
    "wall",
    "where_each_belongs",
    "work_conversations",
]
