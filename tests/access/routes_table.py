"""Every address of the town and what each kind of person is answered there, written by hand.

    guest     nobody we know              resident  signed in, without a post
    former    staff whose post has ended  staff     whoever holds a post now

    200 303 …   the status               in   on to the sign-in       up   a second factor is asked
    200:group   for that group of posts (`table.GROUPS`), 403 for other posts
    code        a code that was sent is refused
    up/303      asked for the second factor; in a session raised by one, 303
    !           ends an account or a session, so a passer-by or a fresh session does it
    ?           what is sent lacks something: 422 says that they were let in as far as that

Addresses about codes and plaques say `coded`: whoever makes codes (MAKES) or puts plaques up
(MOUNTS) in an area in which entrance one lies; to others of these posts they are not there.
Addresses about one case say by which table of `table.py` or `moves_table.py` they are judged:
sight, photo, moves, second, unmask, receipt, call; those that list cases: list; a file a town is
set up from: import. What hands out
numbers, `unmask` and the exported list, asks for a second factor beside.
sight, photo, moves, second, unmask, receipt, call; those that list cases: list. What hands out
numbers, `unmask` and the exported list, asks for a second factor beside. Of rosters: roster, post,
leave.
"""

ROUTES = """
GET    /healthz                               200   200   200   200
GET    /readyz                                200   200   200   200
GET    /m/v1/openapi.json                     200   200   200   200
GET    /static/<version>/<path:path>          200   200   200   200
GET    /                                      200   200   200   200
GET    /help                                  200   200   200   200
GET    /privacy                               200   200   200   200
GET    /feedback                              200   200   200   200
POST   /text-size                             303   303   303   303
GET    /c/<token>                             list
GET    /c/<token>/report                      200   200   200   200
POST   /c/<token>/report                      422?  422?  422?  422?
GET    /m/v1/codes/<token>                    list

GET    /c/<token>/praise                      200   200   200   200
POST   /c/<token>/praise                      in    422?  422?  422?
GET    /c/<token>/praises                     200   200   200   200
POST   /m/v1/praises                          401   422?  422?  422?
GET    /m/v1/praises                          praises
DELETE /m/v1/praises/<praise_id:uuid>         given
GET    /mine/praises                          in    200   200   200
POST   /mine/praises/<praise_id:uuid>/withdraw given
GET    /work/praises                          in    403   403   200
GET    /desk/praises                          in    403   403   200:readers
GET    /desk/praises/odd                      in    403   403   200:readers
GET    /desk/praises/figures                  in    403   403   200:readers
POST   /desk/praises/<praise_id:uuid>/accept  decided
POST   /desk/praises/<praise_id:uuid>/refuse  decided

GET    /c/<token>/contact                     200   200   200   200
POST   /c/<token>/contact                     422?  422?  422?  422?
POST   /m/v1/conversations                    422?  422?  422?  422?
GET    /m/v1/conversations                    talks
GET    /m/v1/conversations/<conversation_id:uuid>/messages   talked
POST   /m/v1/conversations/<conversation_id:uuid>/messages   talked
POST   /m/v1/conversations/<conversation_id:uuid>/read       talked
POST   /m/v1/conversations/<conversation_id:uuid>/acts/<act> acted
POST   /m/v1/live/ticket                      talked
GET    /m/v1/live                             403   403   403   403
GET    /conversations/<conversation_id:uuid>  talked
POST   /conversations/<conversation_id:uuid>  talked
POST   /conversations/<conversation_id:uuid>/acts/<act>      acted
GET    /mine/conversations                    talks
GET    /work/conversations                    talks
GET    /desk/conversations                    talks
GET    /desk/codes                            in    403   403   200:makers
GET    /desk/codes/new                        coded
POST   /desk/codes/new                        coded
GET    /desk/codes/batches/<batch_id:uuid>    coded
POST   /desk/codes/batches/<batch_id:uuid>/void coded
POST   /desk/codes/batches/<batch_id:uuid>/print coded
GET    /desk/codes/batches/<batch_id:uuid>/prints coded
GET    /desk/codes/prints/<run_id:uuid>/file  coded
GET    /desk/codes/<code_id:uuid>             coded
GET    /desk/codes/<code_id:uuid>/plaque/<format:str> coded
POST   /desk/codes/<code_id:uuid>/retire      coded
POST   /desk/codes/<code_id:uuid>/replace     coded
GET    /c/<token>/fault                       200   200   200   200
POST   /c/<token>/fault                       422?  422?  422?  422?
GET    /c/<token>/mount                       coded
POST   /c/<token>/mount                       coded
GET    /work/plaques                          in    403   403   200:lookers
POST   /work/plaques/<fault_id:uuid>/close    coded
GET    /work/plaques/photos/<mounting_id:uuid> coded

GET    /signin                                303   303   303   303
GET    /signin/staff                          200   200   200   200
POST   /signin                                422?  422?  422?  422?
POST   /signin/code                           503   503   503   503
POST   /signin/staff                          401   401   401   401
POST   /signin/demo                           404   404   404   404
POST   /signout                               303   303!  303!  303!
GET    /m/v1/session/demo                     200   200   200   200
POST   /m/v1/session/demo                     404   404   404   404
POST   /m/v1/session/staff                    422?  422?  422?  422?
POST   /m/v1/session/phone/code               422?  422?  422?  422?
POST   /m/v1/session/phone                    422?  422?  422?  422?
POST   /m/v1/session/step-up                  401   403   403   422?
DELETE /m/v1/session                          401   204!  204!  204!

GET    /m/v1/me                               401   200   200   200
PATCH  /m/v1/me                               401   200   200   200
POST   /m/v1/me/phone/code                    401   422?  422?  422?
GET    /m/v1/me/export                        401   200   200   200
DELETE /m/v1/me                               401   204!  403   403
DELETE /m/v1/me/sessions                      401   204!  204!  204!
DELETE /m/v1/me/sessions/<session_id:uuid>    session
POST   /m/v1/me/consent                       401   200   200   200
DELETE /m/v1/me/consent                       401   204!  403   403
POST   /m/v1/me/claim                         401   200   200   200
POST   /m/v1/me/password                      401   403   403   422?
GET    /me                                    in    200   200   200
POST   /me/name                               401   303   403   403
POST   /me/phone/code                         401   422?  403   403
POST   /me/phone                              401   422?  403   403
POST   /me/sessions/<session_id:uuid>/end     session
POST   /me/sessions/end                       401   303!  303!  303!
POST   /me/consent                            401   303   303   303
POST   /me/consent/withdraw                   401   303!  403   403
GET    /me/export                             in    200   200   200
GET    /me/erase                              in    200   403   403
POST   /me/erase                              401   422?  403   403
GET    /me/password                           in    403   403   200
POST   /me/password                           401   403   403   422?
GET    /me/otp                                in    403   403   200
POST   /me/otp                                401   403   403   303
POST   /me/otp/replace                        401   403   403   up/303
POST   /me/otp/confirm                        401   403   403   code
POST   /me/otp/cancel                         401   403   403   303
POST   /me/otp/paper                          401   403   403   up/200
POST   /me/otp/remove                         401   403   403   up/303
GET    /step-up                               in    403   403   200
POST   /step-up                               401   403   403   up

GET    /mine                                  list
GET    /mine/claim                            in    303   303   303
POST   /mine/claim                            401   303   303   303
POST   /m/v1/photos                           422?  422?  422?  422?
GET    /m/v1/photos/<photo_id:uuid>           photo
GET    /m/v1/photos/<photo_id:uuid>/thumb     photo
POST   /m/v1/cases                            422?  422?  422?  422?
GET    /m/v1/cases                            list
GET    /m/v1/cases/<number>                   sight
POST   /m/v1/cases/<number>/moves/<move>      moves
POST   /m/v1/cases/<number>/second            second
POST   /m/v1/cases/<number>/unmask            unmask
GET    /cases/<number>                        sight
GET    /cases/<number>/sheet                  sight
POST   /cases/<number>/moves/<move>           moves
POST   /cases/<number>/second                 second
POST   /cases/<number>/unmask                 unmask
GET    /cases/<number>/receipt                receipt

GET    /work                                  list
GET    /desk                                  list
POST   /desk/export                           list
POST   /desk/filters                          401   403   403   303
POST   /desk/filters/<filter_id:int>/drop     filter
GET    /bulk                                  list
POST   /bulk                                  moves
GET    /file                                  in    403   403   200
POST   /file                                  401   403   403   422?
GET    /callbacks                             list
POST   /callbacks/<number>                    call
GET    /desk/outages                          in    403   403   200:announcers
POST   /desk/outages                          401   403   403   422?:announcers
POST   /desk/outages/<outage_id:uuid>/end     outage
GET    /desk/town                             in    403   403   200:admins
GET    /desk/town/template                    in    403   403   200:admins
POST   /desk/town                             401   403   403   422?:admins
GET    /desk/town/<import_id:uuid>            import
POST   /desk/town/<import_id:uuid>/write      import
POST   /desk/town/<import_id:uuid>/wrong      import
GET    /work/duty                             in    403   403   200
POST   /work/duty/leave                       401   403   403   422?
POST   /work/duty/leave/<leave_id:uuid>/back  leave
POST   /work/duty/number                      401   403   403   422?
POST   /work/duty/number/off                  401   403   403   303
GET    /desk/roster                           roster
GET    /desk/roster/sheet                     roster
POST   /desk/roster/leave/<leave_id:uuid>/back leave
GET    /desk/firms                            in    403   403   200:starters
POST   /desk/firms                            401   403   403   422?:starters
GET    /desk/first-day                        in    403   403   200:starters
GET    /desk/roster/posts/<post_id:uuid>          post
POST   /desk/roster/posts/<post_id:uuid>/hours    post
POST   /desk/roster/posts/<post_id:uuid>/shifts   post
POST   /desk/roster/posts/<post_id:uuid>/circle   post
POST   /desk/roster/posts/<post_id:uuid>/shifts/drop post
POST   /desk/roster/posts/<post_id:uuid>/shifts/<shift_id:int>/drop post
POST   /desk/roster/posts/<post_id:uuid>/appoint  post
POST   /desk/roster/posts/<post_id:uuid>/hand-over post
POST   /desk/roster/posts/<post_id:uuid>/holders/<appointment_id:uuid>/end post
"""

# Whose roster is read by whom: by those of the unit, and by who sets up one of its posts.
READS_ROSTER = {
    "lake": (
        "grid_worker grid_leader community_worker secretary next_worker next_leader dispatcher"
        " street_leader sys_admin"
    ),
    "firm one": "property_manager property_staff secretary dispatcher street_leader sys_admin",
}

# Who sets up these posts: whoever stands above them, here. Others of the same unit see that it is
# there, and not theirs to set up.
SETS_UP = {
    "grid_worker": "grid_leader secretary dispatcher street_leader sys_admin",
    "property_staff": "property_manager secretary dispatcher street_leader sys_admin",
    "municipal": "municipal_leader dispatcher street_leader sys_admin",
    "heating": "dispatcher street_leader sys_admin",
}
SITS_BESIDE = {
    "grid_worker": "grid_worker community_worker next_worker next_leader",
    "property_staff": "property_staff",
    "municipal": "municipal",
    "heating": "heating",
}

# Who is asked where everybody was asked of an address that decides in the same way.
SOME = (
    "guest stale raiser former_worker grid_worker next_leader secretary hill_secretary landless"
    " property_manager sys_admin"
)

# Who takes the leave of the next grid's worker back: that worker, and whoever stands above.
TAKES_BACK = "next_worker next_leader secretary dispatcher street_leader sys_admin"

# Who takes down what is announced for estate one: who announces in an area it lies in.
OUTAGE = (
    "community_worker secretary dispatcher street_leader property_manager municipal"
    " municipal_leader heating"
)

# Who makes codes for entrance one, prints and voids them; and who puts its plaque up.
MAKES = "community_worker secretary dispatcher street_leader"
MOUNTS = "grid_worker grid_leader community_worker secretary"

# Who reads what waits at estate one: the community's and the street's, in whose area it lies.
READS_PRAISE = "community_worker secretary dispatcher street_leader"
