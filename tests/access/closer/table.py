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
    "at_the_shop": "new",
    "about_the_shop": "new",
    "found_there": "new",
    "taken_by_one": "new",
    "found_by_one": "new",
    "others": "new",
    "others_rectified": "new",
}
AT_THE_SHOP = {"seconder": ".", "joined_guest": "."}
FOUND = AT_THE_SHOP | {"raiser": ".", "shopkeeper": "W", "duty_post": "W"}
OTHERS = AT_THE_SHOP | {"raiser": ".", "other_keeper": "W"}
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
    "at_the_shop": AT_THE_SHOP,
    "about_the_shop": AT_THE_SHOP,
    "found_there": FOUND,
    "taken_by_one": FOUND,
    "found_by_one": FOUND,
    "others": OTHERS | {"duty_post": "W"},
    "others_rectified": OTHERS,
}  # fmt: skip

# What has to do with a shop: what was found there is told to its keeper, with the photos, and to no
# other; what residents report at its door, or of it, to no keeper at all.
OF_SHOPS = (
    "at_the_shop about_the_shop found_there taken_by_one found_by_one others others_rectified"
)

# Whose page of shops tells of which shop, and of what was found there; nobody else's of any.
KEEPS_SHOP = {
    "shopkeeper": "shopkeeper",
    "other_keeper": "other_keeper",
    "three_posts": "other_keeper",
    "grid_worker": "",
}
FOUND_AT = {
    "shopkeeper": "found_there taken_by_one found_by_one",
    "other_keeper": "others others_rectified",
}

# Nobody inspects their own.
INSPECTS_SHOP = {
    "shopkeeper": "three_posts grid_worker community_worker",
    "other_keeper": "grid_worker community_worker",
}

# What whoever takes something down there by the phone is told: that a photo lacks, or the refusal.
TAKES_DOWN = {
    "grid_worker": 422,
    "community_worker": 422,
    "three_posts": 422,
    "finds_nowhere": 403,
    "next_worker": 403,
    "grid_leader": 403,
    "secretary": 403,
    "shopkeeper": 403,
    "raiser": 403,
    "former_worker": 403,
    "guest": 401,
}

# Who decides an appeal: somebody of the street who neither found it nor took the points nor keeps
# the shop; and who looks again: nobody at their own.
DECIDES = {
    "dispatcher": "found_there taken_by_one found_by_one others",
    "three_posts": "found_there",
    "grid_worker": "others_rectified",
}

# Whose list of what is under way holds all of these, or none.
LISTS_FOUND = "grid_worker secretary dispatcher"
LISTS_NONE = "next_worker hill_secretary sea_leader landless"

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
ring      W    W
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
