"""Every address of the town and what each kind of person is answered there, written by hand.

    guest     nobody we know              resident  signed in, without a post
    former    staff whose post has ended  staff     whoever holds a post now

    200 303 …   the status               in   on to the sign-in       up   a second factor is asked
    200:group   for that group of posts (`table.GROUPS`), 403 for other posts
    code        a code that was sent is refused
    up/303      asked for the second factor; in a session raised by one, 303
    !           ends an account or a session, so a passer-by or a fresh session does it
    ?           what is sent lacks something: 422 says that they were let in as far as that

A shopkeeper is a resident (`actors.KEEPERS`): asked every address as one of them is, for the post
over a shop opens none; what is a keeper's own, and not another's, `closer/` asks.
Addresses about codes and plaques say `coded`: whoever makes codes (MAKES) or puts plaques up
(MOUNTS) in an area in which entrance one lies; to others of these posts they are not there.
Addresses about a merchant say `traded`: whoever keeps the registry (MAKES) in an area in which
estate one lies; to others of these posts it is not there.
Of bulletins: posted, to be read; minded, to be looked after (MINDS).
Of stations: `stationed` (KEEPS), of photos of an ended case: `published` (PUBLISHES), of those that
were: `publicly`. Of a shop that is inspected: `inspected` (INSPECTS), refused to others of the
posts that find something; of a shop that somebody keeps: `kept`, by nobody else.
Addresses about one case say by which table of `table.py` or `moves_table.py` they are judged:
sight, photo, moves, second, unmask, receipt, call; those that list cases: list; a file a town is
set up from: import. What hands out numbers, `unmask` and the exported list, asks for a second
factor beside, and so does what gives a post. Of rosters: roster, post, leave. Of canned replies:
replies. Of who lives where: housed, by those who verify it there (VERIFIES), to others of their
posts it is not there; homed, by the person alone.
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
GET    /m/v1/conversations/<conversation_id:uuid>/replies    pressed
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
GET    /desk/conversations/replies            replies
POST   /desk/conversations/replies            replies
POST   /desk/conversations/replies/<key>      replies
GET    /desk/codes                            in    403   403   200:makers
GET    /desk/codes/new                        coded
POST   /desk/codes/new                        coded
GET    /desk/codes/batches/<batch_id:uuid>    coded
POST   /desk/codes/batches/<batch_id:uuid>/void coded
POST   /desk/codes/batches/<batch_id:uuid>/print coded
GET    /desk/codes/batches/<batch_id:uuid>/prints coded
GET    /desk/codes/batches/<batch_id:uuid>/list coded
GET    /desk/codes/prints/<run_id:uuid>/file  coded
GET    /desk/codes/<code_id:uuid>             coded
GET    /desk/codes/<code_id:uuid>/plaque/<format:str> coded
POST   /desk/codes/<code_id:uuid>/retire      coded
POST   /desk/codes/<code_id:uuid>/replace     coded
GET    /c/<token>/fault                       200   200   200   200
POST   /c/<token>/fault                       422?  422?  422?  422?
POST   /c/<token>/home                        401   404   404   404
POST   /me/homes/<binding_id:uuid>/end        homed
POST   /m/v1/codes/<token>/home               401   404   404   404
GET    /m/v1/me/homes                         401   200   200   200
DELETE /m/v1/me/homes/<binding_id:uuid>       homed
GET    /m/v1/bindings                         401   403   403   200:verifiers
POST   /m/v1/bindings/<binding_id:uuid>/bind  housed
POST   /m/v1/bindings/<binding_id:uuid>/refuse housed
POST   /m/v1/bindings/<binding_id:uuid>/end   housed
GET    /work/bindings                         in    403   403   200:verifiers
POST   /work/bindings/<binding_id:uuid>/bind  housed
POST   /work/bindings/<binding_id:uuid>/refuse housed
POST   /work/bindings/<binding_id:uuid>/end   housed
POST   /desk/codes/posts/<post_id:uuid>       coded
GET    /c/<token>/mount                       coded
POST   /c/<token>/mount                       coded
GET    /work/plaques                          in    403   403   200:lookers
POST   /work/plaques/<fault_id:uuid>/close    coded
GET    /work/plaques/photos/<mounting_id:uuid> coded
GET    /c/<token>/inspect                     inspected
POST   /c/<token>/inspect                     inspected
GET    /work/inspections                      in    403   403   200:lookers
GET    /shop                                  in    200   200   200
GET    /m/v1/codes/<token>/inspection         inspected
GET    /m/v1/inspections                      401   403   403   200:lookers
GET    /m/v1/shops                            401   200   200   200
GET    /m/v1/shops/<merchant_id:uuid>         kept

GET    /desk/merchants                        in    403   403   200:makers
POST   /desk/merchants/export                 401   403   403   200:makers
GET    /desk/merchants/new                    in    403   403   200:makers
POST   /desk/merchants/new                    401   403   403   422?:makers
GET    /desk/merchants/<merchant_id:uuid>              traded
POST   /desk/merchants/<merchant_id:uuid>              traded
POST   /desk/merchants/<merchant_id:uuid>/close        traded
POST   /desk/merchants/<merchant_id:uuid>/code         traded
POST   /desk/merchants/<merchant_id:uuid>/owners       traded
POST   /desk/merchants/<merchant_id:uuid>/owners/<appointment_id:uuid>/end traded
GET    /c/<token>/stations                    200   200   200   200
GET    /community/<community_id:uuid>         200   200   200   200
GET    /community/<community_id:uuid>/praises 200   200   200   200
GET    /community/<community_id:uuid>/results 200   200   200   200
GET    /community/<community_id:uuid>/bulletins 200   200   200   200
GET    /m/v1/community/<community_id:uuid>/bulletins 200 200 200 200
GET    /m/v1/community/<community_id:uuid>    200   200   200   200
GET    /desk/stations                         in    403   403   200:makers
GET    /desk/stations/new                     stationed
POST   /desk/stations/new                     stationed
GET    /desk/stations/<station_id:uuid>       stationed
POST   /desk/stations/<station_id:uuid>       stationed
POST   /desk/stations/<station_id:uuid>/code  stationed
POST   /desk/stations/<station_id:uuid>/close stationed
GET    /cases/<number>/publish                published
GET    /cases/<number>/publish/<photo_id:uuid> published
POST   /cases/<number>/publish/<photo_id:uuid> published
POST   /cases/<number>/publish/<photo_id:uuid>/go published
POST   /cases/<number>/publish/<photo_id:uuid>/withdraw published
GET    /cases/<number>/publish/<photo_id:uuid>/copy published
GET    /results/photos/<public_id:uuid>       publicly
GET    /results/photos/<public_id:uuid>/thumb publicly

GET    /c/<token>/bulletins                   200   200   200   200
GET    /c/<token>/bulletins/<bulletin_id:uuid> posted
GET    /bulletins/<bulletin_id:uuid>          posted
GET    /m/v1/bulletins/<bulletin_id:uuid>     posted
GET    /work/bulletins                        in    403   403   200
GET    /work/bulletins/<bulletin_id:uuid>     posted
GET    /bulletins/<bulletin_id:uuid>/photos/<photo_id:uuid> posted
GET    /desk/bulletins                        in    403   403   200:writers
GET    /desk/bulletins/new                    in    403   403   200:writers
POST   /desk/bulletins/new                    401   403   403   422?:writers
GET    /desk/bulletins/<bulletin_id:uuid>     minded
GET    /desk/bulletins/<bulletin_id:uuid>/edit minded
POST   /desk/bulletins/<bulletin_id:uuid>/edit minded
GET    /desk/bulletins/<bulletin_id:uuid>/sheet minded
POST   /desk/bulletins/<bulletin_id:uuid>/publish minded
POST   /desk/bulletins/<bulletin_id:uuid>/pin minded
POST   /desk/bulletins/<bulletin_id:uuid>/withdraw minded
POST   /desk/bulletins/<bulletin_id:uuid>/throw-away minded

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
GET    /desk/town/art                         in    403   403   200:admins
POST   /desk/town/art                         401   403   403   422?:admins
POST   /desk/town/art/put                     401   403   403   422?:admins
POST   /desk/town/art/drop                    401   403   403   303:admins
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
    "guest stale raiser shopkeeper former_worker grid_worker next_leader secretary hill_secretary"
    " landless property_manager sys_admin"
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

# Who inspects the shops in estate one.
INSPECTS = "grid_worker community_worker"

# Who says whether somebody lives behind a door of entrance one, and sees that they say so.
VERIFIES = "grid_worker grid_leader"
# Who looks after a bulletin, by who wrote it for estate one; the last was moved up to the street.
MINDS = {
    "by lake": "community_worker secretary dispatcher street_leader",
    "by firm one": "property_manager community_worker secretary dispatcher street_leader",
    "by firm two": "community_worker secretary dispatcher street_leader",
    "by street one": "dispatcher street_leader",
    "moved up": "dispatcher street_leader",
}

# Who reads what is for the staff at estate one: whose post lies in it, or holds it.
READS_FOR_STAFF = (
    "property_manager property_staff grid_worker grid_leader grid_police community_worker"
    " secretary dispatcher street_leader duty_post municipal municipal_leader heating hotline"
    " callback_agent sea_secretary"
)

# Who beside them reads what is for the staff of the whole street.
READS_FOR_STREET = "next_worker next_leader next_firm hill_worker hill_secretary"

# Who keeps the stations at entrance one; and who publishes photos of a case that ended there.
KEEPS = "community_worker secretary dispatcher street_leader"
PUBLISHES = "secretary dispatcher street_leader"

# Who keeps what the community at the lake has to press in conversations.
KEEPS_REPLIES = "grid_leader community_worker secretary next_leader"

# Who reads what waits at estate one: the community's and the street's, in whose area it lies.
READS_PRAISE = "community_worker secretary dispatcher street_leader"
