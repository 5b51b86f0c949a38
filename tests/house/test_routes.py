"""Every address says who may call it; the document of the phone API is made from what they say."""

import json
from pathlib import Path
from types import CodeType, FunctionType

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from miniapp_api.document import openapi
from server.main import SURFACES
from server.web.routes import Declaration

STORED = Path(__file__).parents[2] / "docs" / "openapi.json"
DECLARED = [each for surface in SURFACES for each in surface.declarations]
# Twice is as good as once: these open, raise or end a session, set something of one's own or by its
# name to what it then is, give a file, show something once more, or end and take back what can be
# ended once.
MAKES_NOTHING = {
    "/callbacks/<number>",
    "/cases/<number>/publish/<photo_id:uuid>/go",
    "/cases/<number>/publish/<photo_id:uuid>/withdraw",
    "/desk/bulletins/<bulletin_id:uuid>/pin",
    "/desk/codes/posts/<post_id:uuid>",
    "/desk/export",
    "/desk/filters",
    "/desk/filters/<filter_id:int>/drop",
    "/desk/merchants/export",
    "/desk/outages/<outage_id:uuid>/end",
    "/desk/roster/leave/<leave_id:uuid>/back",
    "/desk/roster/posts/<post_id:uuid>/holders/<appointment_id:uuid>/end",
    "/desk/roster/posts/<post_id:uuid>/shifts/<shift_id:int>/drop",
    "/desk/roster/posts/<post_id:uuid>/shifts/drop",
    "/desk/town/<import_id:uuid>/write",
    "/desk/town/<import_id:uuid>/wrong",
    "/desk/town/art",
    "/desk/town/art/drop",
    "/desk/town/art/put",
    "/m/v1/bindings/<binding_id:uuid>/end",
    "/m/v1/conversations/<conversation_id:uuid>/read",
    "/m/v1/live/ticket",
    "/m/v1/me",
    "/m/v1/me/claim",
    "/m/v1/me/consent",
    "/m/v1/me/homes/<binding_id:uuid>",
    "/m/v1/me/password",
    "/m/v1/me/phone/code",
    "/m/v1/me/sessions",
    "/m/v1/me/sessions/<session_id:uuid>",
    "/m/v1/praises/<praise_id:uuid>",
    "/m/v1/session",
    "/m/v1/session/demo",
    "/m/v1/session/phone",
    "/m/v1/session/phone/code",
    "/m/v1/session/staff",
    "/m/v1/session/step-up",
    "/me/consent",
    "/me/consent/withdraw",
    "/me/erase",
    "/me/homes/<binding_id:uuid>/end",
    "/me/name",
    "/me/otp",
    "/me/otp/cancel",
    "/me/otp/confirm",
    "/me/otp/paper",
    "/me/otp/remove",
    "/me/otp/replace",
    "/me/password",
    "/me/phone",
    "/me/phone/code",
    "/me/sessions/<session_id:uuid>/end",
    "/me/sessions/end",
    "/mine/claim",
    "/mine/praises/<praise_id:uuid>/withdraw",
    "/signin",
    "/signin/code",
    "/signin/demo",
    "/signin/staff",
    "/signout",
    "/step-up",
    "/text-size",
    "/work/bindings/<binding_id:uuid>/end",
    "/work/duty/leave/<leave_id:uuid>/back",
    "/work/duty/number",
    "/work/duty/number/off",
}
CHANGING = [each for each in DECLARED if each.method != "GET"]
KEYED = [each for each in DECLARED if each.keyed]


def document() -> dict:
    return json.loads(json.dumps(openapi(tuple(DECLARED)), default=str))


def names_in(function: FunctionType, passed: frozenset[str] = frozenset()) -> set[str]:
    """Every name its code uses, and that of what it calls in its own module."""
    names, codes = set[str](), [function.__code__]
    for code in codes:
        names |= set(code.co_names)
        codes += [each for each in code.co_consts if isinstance(each, CodeType)]
    for name in names - passed:
        beside = function.__globals__.get(name)
        if isinstance(beside, FunctionType) and beside.__module__ == function.__module__:
            names |= names_in(beside, passed | names)
    return names


def test_the_document_of_the_phone_api_is_valid():
    OpenAPIV31SpecValidator(document()).validate()


def test_the_document_of_the_phone_api_is_the_stored_one():
    """`python -m miniapp_api > docs/openapi.json` stores what was changed on purpose."""
    assert document() == json.loads(STORED.read_text(encoding="utf-8"))


def test_no_two_routes_are_called_the_same():
    names = [each.name for each in DECLARED]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("said", DECLARED, ids=lambda each: f"{each.method} {each.path}")
def test_a_route_says_why_who_may_call_it(said: Declaration):
    assert said.access.reason


@pytest.mark.parametrize("said", CHANGING, ids=lambda each: f"{each.method} {each.path}")
def test_what_makes_or_moves_something_cannot_be_made_twice_by_accident(said: Declaration):
    assert said.keyed or said.path in MAKES_NOTHING


@pytest.mark.parametrize("said", KEYED, ids=lambda each: f"{each.method} {each.path}")
def test_whoever_must_send_a_key_has_it_read(said: Declaration):
    assert "replay_key" in names_in(said.handler)


@pytest.mark.parametrize("said", DECLARED, ids=lambda each: f"{each.method} {each.path}")
def test_a_handler_says_what_it_does(said: Declaration):
    assert said.handler.__doc__


@pytest.mark.parametrize(
    "said",
    [each for each in DECLARED if each.kind == "api" and each.body is not None],
    ids=lambda each: f"{each.method} {each.path}",
)
def test_a_body_refuses_names_it_does_not_know(said: Declaration):
    for body in (said.body, said.body_also or said.body):
        assert body is not None
        assert body.__struct_config__.forbid_unknown_fields


def test_what_keeps_more_of_a_resident_asks_for_the_agreement_first():
    agreed = {f"{each.method} {each.path}" for each in DECLARED if each.access.agreed}
    assert agreed == {
        "PATCH /m/v1/me",
        "POST /c/<token>/home",
        "POST /c/<token>/praise",
        "POST /m/v1/codes/<token>/home",
        "POST /m/v1/me/claim",
        "POST /m/v1/me/phone/code",
        "POST /m/v1/praises",
        "POST /me/name",
        "POST /me/phone",
        "POST /me/phone/code",
        "POST /mine/claim",
    }
