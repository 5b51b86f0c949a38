"""Who may do what, written from the domain and read by reviewers: the code is held against it.

Whoever changes who may see or do something changes a line here, knowingly.
"""

# How much of each case each of them sees. The cases are filed in `docket.py`, the people stand in
# `actors.py`. All but "next", "hill" and "sea" lie in grid one: the firm of its estate is firm one.
#
#   O  it is their own               W  they handle it, and see the raiser masked
#   P  they joined it: no words,     w  they handle it, and the raiser is hidden from them:
#      no photos of the raiser          concealed, or her account is erased
#   .  it is not there (404)
#
# "complaint" is about firm one; "against" is about the grid worker of grid one, so about his
# community as well. Who once had a case still sees it. A post acts for its whole unit, except a
# grid worker and a policeman, who act for themselves; the community is a unit: the leader of the
# grid beside sees what it has, that grid's worker does not. A key opens nothing to "gone_key" once
# the raiser has erased her account; "municipal" holds the key to what was taken down, to print it.
# A shopkeeper is a resident whose post, over the own premises in estate one, shows nothing: only
# what was found at the own shop is theirs (`moves_table.SEEN_BESIDE`, `closer/`).
SIGHT = """
                  new firm depa next hill sea  comp agai conc gues take ended gone
guest              .   .    .    .    .    .    .    .    .    .    .    .    .
key_holder         .   .    .    .    .    .    .    .    .    O    .    .    .
joined_guest       P   .    .    .    .    .    .    .    .    .    .    .    .
gone_key           .   .    .    .    .    .    .    .    .    .    .    .    .
stale              .   .    .    .    .    .    .    .    .    .    .    .    .
raiser             O   O    O    O    O    O    O    O    O    .    .    O    .
seconder           P   .    .    .    .    .    .    .    .    .    P    .    .
stranger           .   .    .    .    .    .    .    .    .    .    .    .    .
former_worker      .   .    .    .    .    .    .    .    .    .    .    .    .
grid_worker        W   W    W    .    .    .    w    .    w    W    W    W    w
grid_leader        W   W    W    .    .    .    w    .    w    W    W    W    w
grid_police        .   .    .    .    .    .    .    .    .    .    .    .    .
property_manager   .   W    .    .    .    .    .    .    w    W    .    W    .
property_staff     .   W    .    .    .    .    .    .    w    W    .    W    .
community_worker   W   .    W    .    .    .    w    .    .    W    W    .    w
secretary          W   W    W    W    .    .    w    .    w    W    W    W    w
dispatcher         W   W    W    W    W    .    w    w    w    W    W    W    w
street_leader      W   W    W    W    W    .    w    w    w    W    W    W    w
duty_post          .   .    .    .    .    .    .    w    .    .    .    .    .
municipal          .   .    W    .    .    .    .    .    .    .    W    .    .
municipal_leader   .   .    W    .    .    .    .    .    .    .    W    .    .
heating            .   .    .    .    .    .    .    .    .    .    .    .    .
hotline            .   .    .    .    .    .    .    .    .    W    .    .    .
callback_agent     .   .    .    .    .    .    .    .    .    W    .    .    .
sys_admin          .   .    .    .    .    .    .    .    .    .    .    .    .
landless           .   .    .    .    .    .    .    .    .    .    .    .    .
next_worker        .   .    .    W    .    .    .    .    .    .    .    .    .
next_leader        W   .    W    W    .    .    w    .    .    .    W    .    w
next_firm          .   .    .    W    .    .    .    .    .    .    .    .    .
hill_worker        .   .    .    .    W    .    .    .    .    .    .    .    .
hill_secretary     .   .    .    .    W    .    .    .    .    .    .    .    .
sea_worker         .   .    .    .    .    W    .    .    .    .    .    .    .
sea_secretary      .   .    .    .    .    W    .    .    .    .    .    .    .
sea_dispatcher     .   .    .    .    .    W    .    .    .    .    .    .    .
sea_leader         .   .    .    .    .    W    .    .    .    .    .    .    .
shopkeeper         .   .    .    .    .    .    .    .    .    .    .    .    .
"""

# The list of work of each: what waits for the post itself, or for the unit until somebody signs.
WAITING = """
grid_worker       new taken_down gone
property_manager  firm concealed
property_staff    firm concealed
municipal         department
next_firm         next
hill_worker       hill
sea_worker        sea
secretary         complaint
grid_leader       complaint
community_worker  complaint
next_leader       complaint
dispatcher        against
"""

# Whom to ring up: who left a number and no account, by another unit than the one that solved it.
CALLS = """
community_worker  guests
secretary         guests
dispatcher        guests
hotline           guests
callback_agent    guests
"""

# Whose post may see the number or name left in a case, once, by saying why: who handles it now or
# watches over its place, in a role that has a daily number of looks. Never of one who is hidden.
UNMASK = """
grid_worker       new firm department guests taken_down ended
grid_leader       new firm department guests taken_down ended
community_worker  new taken_down
secretary         new firm department next guests taken_down ended
dispatcher        new firm department next hill guests taken_down ended
property_manager  firm guests ended
municipal         department
next_worker       next
next_leader       new next taken_down
next_firm         next
hill_worker       hill
hill_secretary    hill
sea_worker        sea
sea_secretary     sea
sea_dispatcher    sea
"""

# The same people find nothing left to see in a case whose raiser has erased her account (422).
NOTHING_LEFT = {"gone": "new"}

# Whoever is to ring a resident up opens her case, and finds it in the list of calls; among the
# cases of the desk it stands for those who have it, had it, or watch over its place.
CALLED_ONLY = "community_worker hotline callback_agent"

# Whose browser keeps the key of a case finds it among their own, also the clerk who printed it: how
# much of it they see stays as above.
KEPT = {"municipal": "taken_down"}

# What stands open on the sign at the entrance, for everybody: numbers and kinds, no words.
ON_THE_SIGN = "new firm concealed guests taken_down gone"

# What stood there once is told to be over (409), to whoever knows its number and stands there.
NO_LONGER_ON_THE_SIGN = "ended"

# Who filed it for a resident prints her receipt, with the key to it, for a day; no colleague does.
RECEIPT = """
municipal         taken_down
"""

CALLERS = (
    "community_worker secretary dispatcher hotline callback_agent landless hill_secretary"
    " sea_secretary sea_dispatcher"
)
ANNOUNCERS = (
    "community_worker secretary dispatcher street_leader property_manager municipal"
    " municipal_leader heating landless next_firm hill_secretary sea_secretary sea_dispatcher"
    " sea_leader"
)
EXPORTERS = (
    "property_manager secretary dispatcher street_leader municipal_leader landless next_firm"
    " hill_secretary sea_secretary sea_dispatcher sea_leader"
)
READERS = (
    "community_worker secretary dispatcher street_leader landless hill_secretary sea_secretary"
    " sea_dispatcher sea_leader"
)
MOUNTERS = (
    "grid_worker grid_leader community_worker secretary next_worker next_leader hill_worker"
    " hill_secretary sea_worker sea_secretary"
)
ADMINS = "sys_admin"
VERIFIERS = "grid_worker grid_leader next_worker next_leader hill_worker sea_worker"
PUBLISHERS = (
    "secretary dispatcher street_leader landless hill_secretary sea_secretary sea_dispatcher"
    " sea_leader"
)
STARTERS = (
    "secretary dispatcher street_leader sys_admin landless hill_secretary sea_secretary"
    " sea_dispatcher sea_leader"
)
FINDERS = "grid_worker community_worker next_worker hill_worker sea_worker"
REPLIERS = (
    "grid_leader grid_police property_manager community_worker secretary dispatcher street_leader"
    " municipal_leader landless next_leader next_firm hill_secretary sea_secretary sea_dispatcher"
    " sea_leader"
)
GROUPS = {
    "starters": STARTERS,
    "callers": CALLERS,
    "announcers": ANNOUNCERS,
    "exporters": EXPORTERS,
    "readers": READERS,
    "makers": READERS,
    "writers": f"{READERS} property_manager next_firm",
    "publishers": PUBLISHERS,
    "mounters": MOUNTERS,
    "lookers": f"{READERS} {MOUNTERS}",
    "admins": ADMINS,
    "finders": FINDERS,
    "verifiers": VERIFIERS,
    "repliers": REPLIERS,
}
