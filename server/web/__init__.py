"""The HTTP kit: declare a route, know who is asking, read what was sent, answer, and fail well.

How a route is written is shown at the top of `routes.py`.
"""

from server.web.access import (
    AGREED,
    PARTY,
    SIGNED_IN,
    UNMASKING,
    NotSignedIn,
    StepUpNeeded,
    public,
    staff,
)
from server.web.answers import (
    HTML,
    JSON,
    KEEP_NOTHING,
    Reply,
    answer,
    encoded,
    file,
    html,
    is_known,
    nothing,
    see_other,
    takes_gzip,
)
from server.web.cookies import forget_session, hand_key, kept_keys, remember_key, remember_session
from server.web.doorstep import leave
from server.web.entering import enter_staff, knock_of
from server.web.forms import Form, Upload
from server.web.headers import request_number
from server.web.limits import count_guest
from server.web.parse import Body, Count, Nothing, glance, parse, parse_query, typed
from server.web.pieces import Pieces
from server.web.problems import Problem, attach, status_of
from server.web.routes import Routes, declaration_of, replay_key
from server.web.sockets import Socket, open_socket
from server.web.stepping import raise_session
from server.web.who import token_of, viewer, with_keys

__all__ = [
    "AGREED",
    "HTML",
    "JSON",
    "KEEP_NOTHING",
    "PARTY",
    "SIGNED_IN",
    "UNMASKING",
    "Body",
    "Count",
    "Form",
    "NotSignedIn",
    "Nothing",
    "Pieces",
    "Problem",
    "Reply",
    "Routes",
    "Socket",
    "StepUpNeeded",
    "Upload",
    "answer",
    "attach",
    "count_guest",
    "declaration_of",
    "encoded",
    "enter_staff",
    "file",
    "forget_session",
    "glance",
    "hand_key",
    "html",
    "is_known",
    "kept_keys",
    "knock_of",
    "leave",
    "nothing",
    "open_socket",
    "parse",
    "parse_query",
    "public",
    "raise_session",
    "remember_key",
    "remember_session",
    "replay_key",
    "request_number",
    "see_other",
    "staff",
    "status_of",
    "takes_gzip",
    "token_of",
    "typed",
    "viewer",
    "with_keys",
]
