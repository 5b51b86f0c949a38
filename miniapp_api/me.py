"""Me: what is kept of me; correct it, copy it, sign out elsewhere, take guest cases in, go."""

from uuid import UUID

from sanic import HTTPResponse, Request

from miniapp_api.bodies import (
    ClaimBody,
    ConsentBody,
    MeBody,
    MePhoneBody,
    PasswordBody,
)
from server import people, privacy, views
from server.base.spreadsheets import CSV
from server.privacy import CopyQuery, OwnCopy
from server.views.me_shapes import Claimed, CodeAsked, MeShape
from server.web import (
    AGREED,
    SIGNED_IN,
    Routes,
    answer,
    file,
    forget_session,
    knock_of,
    nothing,
    parse,
    parse_query,
    staff,
    viewer,
    with_keys,
)
from server.web.cookies import is_key

routes = Routes("/m/v1")


@routes.get("/me", access=SIGNED_IN, gives=MeShape)
async def get_me(request: Request) -> HTTPResponse:
    """What is kept of me, and where I am signed in."""
    return answer(await views.me(viewer(request)))


@routes.patch("/me", access=AGREED, rate="own", body=MeBody, gives=MeShape)
async def patch_me(request: Request) -> HTTPResponse:
    """Correct the name; the number by a code that was sent to the new one. Both, or neither."""
    body, person = parse(request, MeBody), viewer(request)
    name = None if body.name is None else people.clean_name(body.name)
    if body.phone is not None:
        await people.change_phone(person, body.phone, body.code, body.ask)
    if name is not None:
        await people.change_name(person, name)
    return answer(await views.me(person))


@routes.post("/me/phone/code", access=AGREED, rate="signin", body=MePhoneBody, gives=CodeAsked)
async def post_me_phone_code(request: Request) -> HTTPResponse:
    """Send a code to the new number; `ask` goes back with it."""
    body = parse(request, MePhoneBody)
    asked = await people.ask_phone_change(viewer(request), body.phone, knock=knock_of(request))
    return answer(views.code_asked(asked))


@routes.get(
    "/me/export", access=SIGNED_IN, rate="export", query=CopyQuery, gives=OwnCopy, media=CSV
)
async def get_export(request: Request) -> HTTPResponse:
    """A copy of everything that is kept of me, as a file."""
    asked = parse_query(request, CopyQuery)
    return file(*await privacy.as_file(await privacy.copy_of(viewer(request)), asked))


@routes.delete("/me", access=SIGNED_IN, rate="own", status=204)
async def delete_me(request: Request) -> HTTPResponse:
    """Erase my account, here and in every case. The cases go on without me."""
    await privacy.erase(viewer(request))
    response = nothing()
    forget_session(request, response)
    return response


@routes.delete("/me/sessions", access=SIGNED_IN, rate="own", status=204)
async def delete_other_sessions(request: Request) -> HTTPResponse:
    """Sign out everywhere else."""
    await people.end_other_sessions(viewer(request))
    return nothing()


@routes.delete("/me/sessions/<session_id:uuid>", access=SIGNED_IN, rate="own", status=204)
async def delete_my_session(request: Request, session_id: UUID) -> HTTPResponse:
    """Sign out in one place."""
    await people.end_own_session(session_id, viewer(request))
    return nothing()


@routes.post("/me/consent", access=SIGNED_IN, rate="own", body=ConsentBody, gives=MeShape)
async def post_consent(request: Request) -> HTTPResponse:
    """Agree to the privacy notice in the version that was read."""
    body, person = parse(request, ConsentBody), viewer(request)
    assert person.account_id is not None
    await people.agree(person.account_id, body.version)
    return answer(await views.me(person))


@routes.delete("/me/consent", access=SIGNED_IN, rate="own", status=204)
async def delete_consent(request: Request) -> HTTPResponse:
    """Take consent back, and sign out everywhere."""
    await people.take_consent_back(viewer(request))
    response = nothing()
    forget_session(request, response)
    return response


@routes.post("/me/claim", access=AGREED, rate="own", body=ClaimBody, gives=Claimed)
async def post_claim(request: Request) -> HTTPResponse:
    """What these keys hold becomes my account's, all at once."""
    given = {key for key in parse(request, ClaimBody).keys if is_key(key)}
    person = viewer(request)
    return answer(Claimed(claimed=await views.claim(with_keys(person, person.keys | given))))


@routes.post("/me/password", access=staff(), rate="signin", body=PasswordBody, status=204)
async def post_password(request: Request) -> HTTPResponse:
    """Another password; every session of mine ends."""
    body, person = parse(request, PasswordBody), viewer(request)
    assert person.account_id is not None
    await people.change_password(person.account_id, body.old, body.new, knock=knock_of(request))
    response = nothing()
    forget_session(request, response)
    return response
