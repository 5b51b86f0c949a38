"""Who answers for what: the town, its units and posts, duty, and who is responsible here now."""

from server.org.actions import Roster, appoint, enrol, found_town
from server.org.calendar import calendar, seed_holidays
from server.org.cards import PostCard, colleagues, post_card, standing_above
from server.org.duty import DutyHours
from server.org.everyone import Holding, everyone
from server.org.queries import (
    Contact,
    PhoneHere,
    contacts,
    duty_phone,
    phones_for,
    posts_of,
    unit_name,
    unit_names,
    units_for_dispatch,
)
from server.org.responsible import Responsible, answers_for, responsible_for, superior
from server.org.revising import Reorganizing, Standing, refound_town, standing
from server.org.roles import (
    CONTACT_ROLES,
    PERSONAL_ROLES,
    POST_ROLES,
    ROLE_TITLES,
    UNIT_ROLES,
    is_outdoors,
    role_above,
    role_title,
)
from server.org.town import Town, town

__all__ = [
    "CONTACT_ROLES",
    "PERSONAL_ROLES",
    "POST_ROLES",
    "ROLE_TITLES",
    "UNIT_ROLES",
    "Contact",
    "DutyHours",
    "Holding",
    "PhoneHere",
    "PostCard",
    "Reorganizing",
    "Responsible",
    "Roster",
    "Standing",
    "Town",
    "answers_for",
    "appoint",
    "calendar",
    "colleagues",
    "contacts",
    "duty_phone",
    "enrol",
    "everyone",
    "found_town",
    "is_outdoors",
    "phones_for",
    "post_card",
    "posts_of",
    "refound_town",
    "responsible_for",
    "role_above",
    "role_title",
    "seed_holidays",
    "standing",
    "standing_above",
    "superior",
    "town",
    "unit_name",
    "unit_names",
    "units_for_dispatch",
]
