"""公告: what an office or a firm tells everybody at a place, from the draft until it expires."""

from server.bulletins.actions import change, draft, pin, publish, throw_away, withdraw
from server.bulletins.checking import Wording
from server.bulletins.errors import (
    BulletinMovedOn,
    BulletinOver,
    BulletinUnknown,
    FirmsOwnWords,
    NotADraft,
)
from server.bulletins.forgetting import forget_bulletins, old_bulletins
from server.bulletins.histories import PastBulletin, bring_in
from server.bulletins.lines import Bulletin, Line, Lines, Posted
from server.bulletins.queries import (
    TABS,
    find_for_staff,
    find_minded,
    find_posted,
    find_public,
    find_readable,
    find_with_photo,
    list_for_staff,
    list_minded,
    list_posted,
    posted_at,
)
from server.bulletins.reading import count_read, figures, flush_reads
from server.bulletins.rules import (
    AUDIENCES,
    KINDS,
    OFFICE_ROLES,
    STATES,
    TEXT_LIMIT,
    WRITING_ROLES,
    audiences_of,
    speaks_for,
    unit_name_of,
    usual_until,
    writes_bulletins,
    writing_areas,
)
from server.bulletins.wording import written

__all__ = [
    "AUDIENCES",
    "KINDS",
    "OFFICE_ROLES",
    "STATES",
    "TABS",
    "TEXT_LIMIT",
    "WRITING_ROLES",
    "Bulletin",
    "BulletinMovedOn",
    "BulletinOver",
    "BulletinUnknown",
    "FirmsOwnWords",
    "Line",
    "Lines",
    "NotADraft",
    "PastBulletin",
    "Posted",
    "Wording",
    "audiences_of",
    "bring_in",
    "change",
    "count_read",
    "draft",
    "figures",
    "find_for_staff",
    "find_minded",
    "find_posted",
    "find_public",
    "find_readable",
    "find_with_photo",
    "flush_reads",
    "forget_bulletins",
    "list_for_staff",
    "list_minded",
    "list_posted",
    "old_bulletins",
    "pin",
    "posted_at",
    "publish",
    "speaks_for",
    "throw_away",
    "unit_name_of",
    "usual_until",
    "withdraw",
    "writes_bulletins",
    "writing_areas",
    "written",
]
