"""Who is told what where only a few stand so: written from the domain, like `table.py`.

How each case comes to lie there `asides.py` tells.
"""

# Each is seen like a case of `table.SIGHT`, and by these beside.
SEEN_LIKE = {
    "told": "firm",
    "own_unit": "new",
    "about_them": "against",
    "answered": "guests",
    "missed": "guests",
    "no_number": "guests",
    "by_account": "firm",
    "workers_own": "next",
    "once": "new",
    "merged": "firm",
    "with_the_street": "against",
}
SEEN_BESIDE = {
    "told": {"seconder": "P"},
    "own_unit": {
        "raiser": ".", "seconder": ".", "joined_guest": ".", "municipal": "W",
        "municipal_leader": "W", "hotline": "W", "callback_agent": "W",
    },
    "about_them": {"raiser": ".", "hotline": "w", "callback_agent": "w"},
    "answered": {"key_holder": "."},
    "missed": {"key_holder": "."},
    "no_number": {
        "key_holder": ".", "hotline": ".", "callback_agent": ".", "community_worker": ".",
    },
    "workers_own": {
        "next_worker": "O", "raiser": ".", "next_firm": ".", "community_worker": "W",
        "grid_leader": "W",
    },
    "once": {"seconder": ".", "joined_guest": "."},
    "with_the_street": {"raiser": "."},
}  # fmt: skip

# Whom to ring up, of these: never by the unit that solved it, nor by one it complains about; not
# who answered, was missed three times, left no number, or has a page to answer on.
CALLED = {
    "own_unit": "dispatcher hotline callback_agent",
    "about_them": "hotline callback_agent",
    "answered": "",
    "missed": "",
    "no_number": "",
    "by_account": "",
}
CALLERS = "community_worker secretary dispatcher hotline callback_agent"

# What is told of each step of "told": who sees that it was made, and who reads what was said and
# sees the photos with it. O the raiser, P who joined, W who handles it.
TOLD = """
open      OPW  OW
route     OPW
second    OPW
sign      OPW
contact   OW   OW
progress  OPW  OPW
ask       OPW  OPW
answer    OPW  OW
ring      W
"""
BY_A_RESIDENT = "open second answer"  # and is not named

# What stands on a page beside what everybody reads there; on that of a report filed by staff also
# its number elsewhere.
ON_THE_PAGE = {
    "O": "text spot photos raiser",
    "P": "",
    "W": "text spot photos raiser channel channel_title unmask",
}

# Whether a page tells of "once": as the case "merged" went into, or as what was reported before at
# the same place; to those who handle the case, and may see that one as well.
TELLS_OF_ONCE = """
dispatcher        merged      yes
property_manager  merged      no
grid_worker       new         yes
raiser            new         no
municipal         taken_down  no
"""

# What a unit has, its posts take up, but not those who work alone.
TAKES_UP = """
community_worker  yes
secretary         yes
grid_worker       no
"""

# For estate one announces who has it in the area of a post that announces (`routes_table.OUTAGE`).
ANNOUNCE = "dispatcher property_manager next_firm hill_secretary sea_secretary landless"
SEES_ESTATE_THREE = "dispatcher hill_secretary"  # what is announced there
