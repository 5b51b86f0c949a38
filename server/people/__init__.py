"""Who people are: accounts and how they sign in, residents and where they live."""

from server.people.actions import Registry, add_resident_account, add_staff, register
from server.people.errors import NoSuchPersona, SignInRefused
from server.people.queries import Persona, account_names, own_name, personas
from server.people.rules import id_check, valid_id_no, valid_phone
from server.people.signin import (
    SessionSeen,
    SignIn,
    end_session,
    forget_sessions,
    old_sessions,
    session_of,
    sign_in_demo,
    sign_in_staff,
)

__all__ = [
    "NoSuchPersona",
    "Persona",
    "Registry",
    "SessionSeen",
    "SignIn",
    "SignInRefused",
    "account_names",
    "add_resident_account",
    "add_staff",
    "end_session",
    "forget_sessions",
    "id_check",
    "old_sessions",
    "own_name",
    "personas",
    "register",
    "session_of",
    "sign_in_demo",
    "sign_in_staff",
    "valid_id_no",
    "valid_phone",
]
