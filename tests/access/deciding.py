"""Where it is decided who may see or do what: the functions that are spoilt, one clause at a time.

Beside each stand the addresses that have to notice, and what changes nothing if it is left out.
"""

from dataclasses import dataclass
from importlib import import_module
from types import ModuleType

from miniapp_api import photos as api_photos
from server.base import viewer as base_viewer
from server.bulletins import queries as bulletin_queries
from server.bulletins import rules as bulletin_rules
from server.cases import dossiers, queries, unmasking
from server.cases.clerks import callback, filters
from server.cases.sight import history, lenses, movers, pictures, receipts, relations, scope
from server.catalogue import outages
from server.contact import queries as talk_queries
from server.contact.canned import queries as canned_queries
from server.contact.canned import rules as canned_rules
from server.flows import engine, parts, standing
from server.merchants import queries as merchant_queries
from server.merchants import rules as merchant_rules
from server.merchants.inspections import finding as merchant_finding
from server.people.signing_in import sessions
from server.photos import actions as photo_actions
from server.photos import queries as photo_queries
from server.praise import actions as praise_actions
from server.praise import deciding as praise_deciding
from server.privacy import copies
from server.results import queries as result_queries
from server.rosters import leaves as roster_leaves
from server.rosters import standing as roster_standing
from server.stations import queries as station_queries
from server.stations import rules as station_rules
from server.views import callbacks, case, export, items, moves, people, timeline
from server.views import filing as filing_view
from server.views import inspections as inspections_view
from server.views import outages as outages_view
from server.web import access

CASE, DESK = "GET /m/v1/cases/<number>", "GET /desk"
MOVE, UNMASK = "POST /m/v1/cases/<number>/moves/<move>", "POST /m/v1/cases/<number>/unmask"
PHOTO, OWN_COPY = "GET /m/v1/photos/<photo_id:uuid>", "GET /m/v1/me/export"
MINE, SIGN, EXPORT = "GET /m/v1/cases", "GET /m/v1/codes/<token>", "POST /desk/export"
CALLS, CALL, RECEIPT = "GET /callbacks", "POST /callbacks/<number>", "GET /cases/<number>/receipt"
ME, OTHERS, OWN_END = (
    "GET /m/v1/me",
    "DELETE /m/v1/me/sessions",
    "POST /me/sessions/<session_id:uuid>/end",
)
KEEP, DROP = "POST /desk/filters", "POST /desk/filters/<filter_id:int>/drop"
OUTAGES, ANNOUNCE = "GET /desk/outages", "POST /desk/outages"
TALK = "GET /m/v1/conversations/<conversation_id:uuid>/messages"
TALKS = "GET /m/v1/conversations"
REPLIES = "GET /desk/conversations/replies"
PASS_ON = "POST /desk/praises/<praise_id:uuid>/accept"
TAKE_BACK = "DELETE /m/v1/praises/<praise_id:uuid>"
POSTED, ANYWHERE = (
    "GET /c/<token>/bulletins/<bulletin_id:uuid>",
    "GET /bulletins/<bulletin_id:uuid>",
)
FOR_STAFF, MINDED = (
    "GET /work/bulletins/<bulletin_id:uuid>",
    "GET /desk/bulletins/<bulletin_id:uuid>",
)
BY_PHONE = "GET /m/v1/bulletins/<bulletin_id:uuid>"
POSTED_PHOTO = "GET /bulletins/<bulletin_id:uuid>/photos/<photo_id:uuid>"
ROSTER, SET_UP = "GET /desk/roster", "GET /desk/roster/posts/<post_id:uuid>"
BACK = "POST /work/duty/leave/<leave_id:uuid>/back"
STATION, PUBLISH = "GET /desk/stations/<station_id:uuid>", "GET /cases/<number>/publish"
SHOWN = "GET /results/photos/<public_id:uuid>"
SHOP, OWN_SHOP = "GET /shop", "GET /m/v1/shops/<merchant_id:uuid>"
INSPECT = "GET /c/<token>/inspect"
MERCHANT, INSPECTIONS = "GET /desk/merchants/<merchant_id:uuid>", "GET /work/inspections"
OVER, REPORT = "POST /desk/outages/<outage_id:uuid>/end", "POST /m/v1/cases"


@dataclass(frozen=True, slots=True)
class Deciding:
    """Functions of a module ("" all of them), and where it has to be noticed when one is spoilt.

    `about` one move, or by one kind of `question`; those who are likeliest to notice are asked
    `first`.
    """

    module: ModuleType
    names: str
    where: tuple[str, ...]
    about: str = ""
    question: str = ""
    first: str = ""


DECIDING = (
    Deciding(
        relations,
        "accused posts_in reaches is_raiser is_filer relations",
        (CASE, DESK),
        first="municipal landless grid_worker",
    ),
    Deciding(relations, "unit_ids", (DESK,), first="grid_worker next_worker"),
    Deciding(
        relations,
        "_rows_of _is_person_of _is_post_of _among",
        (CASE,),
        first="next_worker grid_police",
    ),
    Deciding(relations, "holds_case", (UNMASK,)),
    Deciding(relations, "is_caller", (CASE, CALL), first="hotline municipal sea_secretary"),
    Deciding(lenses, "", (CASE,), first="grid_worker"),
    Deciding(
        scope,
        "area may_see was_theirs watched in_their_hands not_about",
        (DESK,),
        first="landless duty_post",
    ),
    # What a raiser left, and who may open it.
    Deciding(
        unmasking,
        "unmaskable _post_that_opens",
        (CASE,),
        first="grid_worker municipal_leader next_leader street_leader",
    ),
    Deciding(unmasking, "unmask", (UNMASK,)),
    Deciding(
        import_module("server.trust.unmask"),
        "may_unmask unmask _reason _used",
        (UNMASK,),
        question="look",
    ),
    Deciding(callback, "find_to_call phone_to_call", (CALL,)),
    Deciding(callback, "_where", (CALLS,)),
    Deciding(receipts, "", (RECEIPT,), first="municipal_leader"),
    # One case, or a list of them.
    Deciding(queries, "find_case", (UNMASK,)),
    Deciding(queries, "find_number", (CASE,)),
    Deciding(dossiers, "_before _unread", (CASE,)),
    Deciding(queries, "find_cases _seen_among", ("GET /bulk",)),
    Deciding(queries, "list_mine _newest_first", (MINE,)),
    Deciding(queries, "list_mine_here list_here", (SIGN,)),
    Deciding(queries, "list_todo _todo_ways", (MINE,)),
    # What of it is shown.
    Deciding(history, "", (CASE,)),
    Deciding(pictures, "may_see_photo", (PHOTO,)),
    Deciding(case, "page_of _merged_into _before", (CASE,)),
    Deciding(people, "raiser_shape _masked who_shape", (CASE,)),
    Deciding(timeline, "timeline _line", (CASE,), question="aside told"),
    Deciding(items, "case_item", (MINE,)),
    Deciding(callbacks, "_item", (CALLS,)),
    Deciding(export, "export_list _record _line _raiser", (EXPORT,)),
    Deciding(copies, "_case _move", (OWN_COPY,), question="aside"),
    # What is not about one case.
    Deciding(access, "Access.check", ("GET /", ME, EXPORT, DESK)),
    Deciding(outages, "list_outages", (OUTAGES,)),
    Deciding(outages, "announce", (ANNOUNCE,)),
    Deciding(outages, "end", (OVER,)),
    Deciding(outages, "_announcing", (OUTAGES, ANNOUNCE)),
    Deciding(outages_view, "_places", (OUTAGES,)),
    Deciding(praise_deciding, "screening_posts _waiting", (PASS_ON,), first="landless hill_worker"),
    Deciding(praise_actions, "withdraw", (TAKE_BACK,), first="raiser stranger"),
    Deciding(
        talk_queries, "stands find_conversation _is_resident", (TALK,), first="raiser stranger"
    ),
    Deciding(talk_queries, "_of_own _of_posts", (TALKS,), first="raiser grid_worker"),
    Deciding(canned_rules, "edited_units", (REPLIES,)),
    Deciding(canned_queries, "canned_list", (REPLIES,), first="property_manager"),
    Deciding(roster_standing, "may_look post_to_set_up _stands", (SET_UP, ROSTER)),
    Deciding(roster_leaves, "_may_take_back", (BACK,)),
    Deciding(
        bulletin_rules,
        "writing_posts minding_post",
        (MINDED,),
        first="secretary property_manager landless sea_secretary",
    ),
    Deciding(bulletin_queries, "find_posted _if_out", (POSTED,)),
    Deciding(bulletin_queries, "find_public", (ANYWHERE,)),
    Deciding(bulletin_queries, "find_for_staff _staffed", (FOR_STAFF,), first="hotline landless"),
    Deciding(bulletin_queries, "find_readable", (BY_PHONE,)),
    Deciding(bulletin_queries, "find_with_photo", (POSTED_PHOTO,)),
    Deciding(station_rules, "keeping_posts keeps_at", (STATION, "GET /desk/stations/new")),
    Deciding(station_queries, "station_to_keep", (STATION,)),
    Deciding(result_queries, "publishing", (PUBLISH,), first="grid_worker seconder landless"),
    Deciding(result_queries, "shown_copy", (SHOWN,)),
    # Shops: whose they are, who looks after them, and that a keeper is none of the staff.
    Deciding(base_viewer, "of_staff", (DESK, POSTED_PHOTO), first="shopkeeper"),
    Deciding(merchant_queries, "owned_by", (SHOP,)),
    Deciding(merchant_queries, "find_kept", (MERCHANT,), first="hill_secretary"),
    Deciding(merchant_rules, "keeping_posts keeping_post", (MERCHANT,), first="hill_secretary"),
    Deciding(merchant_finding, "inspecting_post", (INSPECT,), first="three_posts finds_nowhere"),
    Deciding(merchant_finding, "inspect", (REPORT,), question="found"),
    Deciding(inspections_view, "own_shop", (OWN_SHOP,)),
    Deciding(queries, "list_with_post", (SHOP,)),
    Deciding(queries, "list_open_of", (INSPECTIONS,)),
    Deciding(filing_view, "filing_card_of_place", ("GET /file",)),
    Deciding(filters, "list_filters", (DESK,), question="aside"),
    Deciding(filters, "keep_filter", (KEEP,)),
    Deciding(filters, "drop_filter", (DROP,)),
    Deciding(photo_queries, "KeptPhoto.is_usable_by", (PHOTO, REPORT)),
    Deciding(photo_actions, "claim", (REPORT,)),
    Deciding(api_photos, "_picture _may_see", (PHOTO,)),
    Deciding(import_module("server.views.me"), "me", (ME,), question="aside"),
    Deciding(sessions, "list_sessions", (ME,), question="aside"),
    Deciding(sessions, "end_own_session", (OWN_END,)),
    Deciding(sessions, "end_other_sessions", (OTHERS,)),
    # Who may make which move, and to whom it may go: last, for cases are moved by whom they are not
    # for. That the law leaves out posts which a case complains about is not asked here: the case
    # desk does so before (`posts_in`).
    Deciding(movers, "mover_of mover_alone _stands_above", (MOVE,), about="offers"),
    Deciding(standing, "standing _as _holding", (MOVE,), about="offers"),
    Deciding(parts, "Mover.holds Mover.post_of Mover.colleague_of", (MOVE, CASE), about="offers"),
    Deciding(engine, "offered _open_way", (MOVE,), about="offers"),
    Deciding(engine, "_refuse_the_accused", (MOVE,), about="dispatch"),
    Deciding(moves, "_units", (CASE,), question="aside"),
    Deciding(dossiers, "find_dossier", (MOVE,)),
)
