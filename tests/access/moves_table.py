"""Who may make which move in a case, by where it stands: every move that is open to anybody there.

What is not named is open to nobody; what nobody is named for is tried all the same. Written from
the domain's flow of a report; how each case comes to stand so, `standing.py` tells. `add_photos?`:
it is tried without a photo, so 422 says that they were let in as far as that.
"""

# A case is in the hands of one post; or of a unit, until somebody of it signs. Above whoever has it
# stand a leader of theirs, who may hand it to a colleague, and those who may demand an answer.
ANY_OF = {
    "firm": ["property_manager", "property_staff"],
    "callers": ["community_worker", "secretary", "dispatcher", "hotline", "callback_agent"],
}

# Each lies in grid one and is seen like a case of `table.SIGHT`, and by these beside.
SEEN_LIKE = {
    "submitted": "new",
    "awaited": "new",
    "accepted": "new",
    "own_hands": "new",
    "leaders_hands": "new",
    "staff_hands": "firm",
    "reopened": "firm",
    "dispatched": "firm",
    "dispute": "firm",
    "handling": "firm",
    "at_department": "department",
    "waiting": "firm",
    "hung": "firm",
    "resolved": "firm",
    "unheard": "guests",
    "closed": "firm",
    "declined": "new",
    "wants_longer": "firm",
    "wants_pause": "firm",
    "helped": "firm",
    "inspected": "new",
    "rectified": "new",
    "deducted": "new",
    "appealed": "new",
}
# What staff found at a shop is its keeper's to answer, and nobody's who lives there.
FOUND = {"raiser": ".", "seconder": ".", "joined_guest": ".", "shopkeeper": "W"}
SEEN_BESIDE = {
    "submitted": {"seconder": ".", "joined_guest": "."},
    "awaited": {"joined_guest": "."},
    "accepted": {"seconder": ".", "joined_guest": "."},
    "own_hands": {"seconder": ".", "joined_guest": "."},
    "leaders_hands": {"seconder": ".", "joined_guest": "."},
    "reopened": {"duty_post": "W"},
    "declined": {"seconder": ".", "joined_guest": "."},
    "dispute": {"duty_post": "W"},
    "hung": {"community_worker": "W", "next_leader": "W"},
    "resolved": {"seconder": "P"},
    "unheard": {"key_holder": "."},
    # Whoever is asked stands one level above the firm: the secretary, so her community as a unit.
    "wants_longer": {"community_worker": "W", "next_leader": "W"},
    "wants_pause": {"community_worker": "W", "next_leader": "W"},
    "helped": {"heating": "W"},
    # Who decides an appeal has it.
    "inspected": FOUND,
    "rectified": FOUND,
    "deducted": FOUND,
    "appealed": {**FOUND, "duty_post": "W"},
}

MOVES = """
submitted:
accept        grid_worker grid_leader
decline       grid_worker
classify      grid_worker grid_leader dispatcher
merge         grid_worker dispatcher
progress      grid_worker
contact       grid_worker
ask           grid_worker
reassign      grid_worker grid_leader secretary
supervise     grid_leader secretary dispatcher street_leader
urge          raiser
withdraw      raiser
second
follow
claim
leave
change_firm
route
escalate

awaited:
withdraw      raiser

accepted:
self_handle   grid_worker
dispatch      grid_worker
classify      grid_worker grid_leader dispatcher
merge         grid_worker dispatcher
progress      grid_worker
contact       grid_worker
ask           grid_worker
reassign      grid_worker grid_leader secretary
add_assist    grid_worker
ask_extend    grid_worker
ask_hang      grid_worker
supervise     grid_leader secretary dispatcher street_leader
urge          raiser
withdraw      raiser

own_hands:
resolve       grid_worker
dispatch      grid_worker
classify      grid_worker grid_leader dispatcher
merge         dispatcher
progress      grid_worker
contact       grid_worker
ask           grid_worker
reassign      grid_worker grid_leader secretary
add_assist    grid_worker
ask_extend    grid_worker
ask_hang      grid_worker
supervise     grid_leader secretary dispatcher street_leader
urge          raiser

leaders_hands:
dispatch      grid_leader
resolve       grid_leader
reassign      grid_leader secretary
supervise     secretary dispatcher street_leader

staff_hands:
resolve       property_staff
reassign      property_staff property_manager
supervise     property_manager secretary dispatcher street_leader

reopened:
dispatch      dispatcher
resolve       dispatcher
supervise     street_leader

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
classify      dispatcher grid_worker grid_leader
merge         dispatcher
progress      dispatcher
contact       dispatcher
supervise     street_leader
urge          raiser
withdraw      raiser

handling:
resolve       property_manager
classify      grid_worker grid_leader dispatcher
merge         dispatcher
progress      property_manager
contact       property_manager
ask           property_manager
reassign      property_manager
add_assist    property_manager
ask_extend    property_manager
ask_hang      property_manager
supervise     secretary dispatcher street_leader
urge          raiser

at_department:
resolve       municipal
classify      grid_worker grid_leader dispatcher
merge         dispatcher
progress      municipal
contact       municipal
ask           municipal
reassign      municipal municipal_leader
add_assist    municipal
ask_extend    municipal
ask_hang      municipal
supervise     dispatcher street_leader
urge          raiser

waiting:
answer        raiser
go_on
leave
progress      property_manager
contact       property_manager
supervise     secretary dispatcher street_leader
urge          raiser

hung:
resume        property_manager
progress      property_manager
contact       property_manager
supervise     secretary dispatcher street_leader
urge          raiser

resolved:
confirm       raiser
reopen        raiser
add_photos?   property_manager
rate          seconder
claim_second
leave_second
close_unrated

unheard:
answer_by_phone  callers
reopen_by_phone  callers
call_missed      callers
add_photos?      property_manager

closed:
leave
add_photos?   property_manager

declined:
appeal        raiser

wants_longer:
grant_extend  secretary
refuse_extend secretary
resolve       property_manager

wants_pause:
grant_hang    secretary
refuse_hang   secretary
resolve       property_manager

helped:
help            heating
decline_assist  heating
resolve         property_manager

inspected:
pass          grid_worker grid_leader community_worker
rectify?      shopkeeper
deduct
time_up

rectified:
pass          grid_worker grid_leader community_worker
deduct?       grid_worker grid_leader community_worker
rectify

deducted:
appeal        shopkeeper
settle
pass

appealed:
uphold        dispatcher street_leader
reverse       dispatcher street_leader
appeal
"""
# Of these cases only what is other than in "handling" and "own_hands".
ONLY_BESIDE = {
    *(
        "awaited",
        "leaders_hands",
        "staff_hands",
        "reopened",
        "wants_longer",
        "wants_pause",
        "helped",
    )
}
