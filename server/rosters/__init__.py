"""The roster of a unit: who holds which post, when they are on duty, who is away, who stands in."""

from server.rosters.checking import oddities
from server.rosters.errors import UnitUnknown
from server.rosters.firms import (
    change_firm,
    firm_areas,
    firms_here,
    firms_to_choose,
    move_what_is_open,
)
from server.rosters.first_day import FIRST_DAY_ROLES, first_day, first_day_step
from server.rosters.lacking import Step
from server.rosters.leaves import LONGEST as LONGEST_LEAVE
from server.rosters.leaves import leaves_around, take_back, take_leave, who_may_stand_in
from server.rosters.numbers import hide_number, own_number, show_number
from server.rosters.posts import appoint, colleagues_of, end, hand_over
from server.rosters.standing import SETTING_UP, above, above_post, may_look, post_to_set_up
from server.rosters.times import (
    MOST_SHIFTS,
    add_shift,
    circle,
    drop_shift,
    drop_shifts,
    rotate,
    set_hours,
)

__all__ = [
    "FIRST_DAY_ROLES",
    "LONGEST_LEAVE",
    "MOST_SHIFTS",
    "SETTING_UP",
    "Step",
    "UnitUnknown",
    "above",
    "above_post",
    "add_shift",
    "appoint",
    "change_firm",
    "circle",
    "colleagues_of",
    "drop_shift",
    "drop_shifts",
    "end",
    "firm_areas",
    "firms_here",
    "firms_to_choose",
    "first_day",
    "first_day_step",
    "hand_over",
    "hide_number",
    "leaves_around",
    "may_look",
    "move_what_is_open",
    "oddities",
    "own_number",
    "post_to_set_up",
    "rotate",
    "set_hours",
    "show_number",
    "take_back",
    "take_leave",
    "who_may_stand_in",
]
