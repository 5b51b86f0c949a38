"""Who may make which move in a case, by where it stands: every move that is open to anybody there.

What is not named is open to nobody: neither offered nor taken. Written from the domain's flow of a
report; how each case comes to stand so, `standing.py` tells.
"""

# Whoever acts for the community as a unit, and its grid worker where he has the case himself.
LAKE = ["grid_leader", "community_worker", "secretary", "next_leader"]
ANY_OF = {
    "lake": LAKE,
    "firm": ["property_manager", "property_staff"],
    "department": ["municipal", "municipal_leader"],
    "street": ["dispatcher", "street_leader", "duty_post"],
    "callers": ["community_worker", "secretary", "dispatcher", "hotline", "callback_agent"],
}

# Each lies in grid one and is seen like a case of `table.SIGHT`, and by these beside.
SEEN_LIKE = {
    "submitted": "new",
    "accepted": "new",
    "own_hands": "new",
    "dispatched": "firm",
    "dispute": "firm",
    "handling": "firm",
    "waiting": "firm",
    "hung": "firm",
    "resolved": "firm",
    "unheard": "guests",
    "closed": "firm",
    "declined": "new",
    "wants_longer": "firm",
    "wants_pause": "firm",
    "helped": "firm",
}
SEEN_BESIDE = {
    "submitted": {"seconder": ".", "joined_guest": "."},
    "accepted": {"seconder": ".", "joined_guest": "."},
    "own_hands": {"seconder": ".", "joined_guest": "."},
    "declined": {"seconder": ".", "joined_guest": "."},
    "dispute": {"duty_post": "W"},
    "resolved": {"seconder": "P"},
    "unheard": {"key_holder": "."},
    # Whoever is asked stands one level above the firm: the secretary, so her community as a unit.
    "wants_longer": {"community_worker": "W", "next_leader": "W"},
    "wants_pause": {"community_worker": "W", "next_leader": "W"},
    "helped": {"heating": "W"},
}

MOVES = """
submitted:
accept        grid_worker lake
decline       grid_worker lake
classify      grid_worker lake dispatcher
merge         grid_worker lake dispatcher
progress      grid_worker lake
contact       grid_worker lake
ask           grid_worker lake
reassign      grid_worker lake
supervise     grid_leader secretary dispatcher street_leader
urge          raiser
withdraw      raiser

accepted:
self_handle   grid_worker lake
dispatch      grid_worker lake
classify      grid_worker lake dispatcher
merge         grid_worker lake dispatcher
progress      grid_worker lake
contact       grid_worker lake
ask           grid_worker lake
reassign      grid_worker lake
add_assist    grid_worker lake
ask_extend    grid_worker lake
ask_hang      grid_worker lake
supervise     grid_leader secretary dispatcher street_leader
urge          raiser
withdraw      raiser

own_hands:
resolve       grid_worker lake
dispatch      grid_worker grid_leader
classify      grid_worker grid_leader dispatcher
merge         dispatcher
progress      grid_worker lake
contact       grid_worker lake
ask           grid_worker lake
reassign      grid_worker lake
add_assist    grid_worker lake
ask_extend    grid_worker lake
ask_hang      grid_worker lake
supervise     grid_leader secretary dispatcher street_leader
urge          raiser

dispatched:
sign          firm
self_handle   grid_worker
return        firm
classify      grid_worker grid_leader dispatcher
merge         dispatcher
progress      firm
contact       firm
ask           firm
reassign      firm
add_assist    firm
ask_extend    firm
ask_hang      firm
supervise     secretary dispatcher street_leader
urge          raiser
withdraw      raiser

dispute:
rule_dispute  dispatcher
classify      street grid_worker grid_leader
merge         dispatcher
progress      street
contact       street
supervise     street_leader
urge          raiser
withdraw      raiser

handling:
resolve       firm
classify      grid_worker grid_leader dispatcher
merge         dispatcher
progress      firm
contact       firm
ask           firm
reassign      firm
add_assist    firm
ask_extend    firm
ask_hang      firm
supervise     secretary dispatcher street_leader
urge          raiser

waiting:
answer        raiser
progress      firm
contact       firm
supervise     secretary dispatcher street_leader
urge          raiser

hung:
resume        firm
progress      firm
contact       firm
supervise     secretary dispatcher street_leader
urge          raiser

resolved:
confirm       raiser
reopen        raiser
add_photos    firm
rate          seconder

unheard:
answer_by_phone  callers
reopen_by_phone  callers
call_missed      callers
add_photos       firm

closed:
add_photos    firm

declined:
appeal        raiser

wants_longer:
grant_extend  lake
refuse_extend lake
resolve       firm

wants_pause:
grant_hang    lake
refuse_hang   lake
resolve       firm

helped:
help            heating
decline_assist  heating
resolve         firm
"""
# Of these cases only what is about them: the rest stands under "handling".
ONLY_BESIDE = {"wants_longer", "wants_pause", "helped"}
