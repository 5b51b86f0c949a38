"""What somebody sees of their own account."""

from msgspec import UNSET

from server import cases, contact, people, sms
from server.base import clock, seal
from server.base.viewer import Viewer
from server.views.conversation_shapes import ConversationShape
from server.views.conversations import conversation_shapes
from server.views.homes import own_homes
from server.views.items import case_item
from server.views.list_shapes import CaseItem
from server.views.me_shapes import (
    CodeAsked,
    ConsentShape,
    FactorShape,
    MeShape,
    OwnPostShape,
    SessionShape,
)


async def me(viewer: Viewer) -> MeShape:
    """The viewer's own account: what is kept of it, and where it is signed in."""
    account = await people.own_account(viewer)
    resident = account.kind == "resident"
    titles = dict.fromkeys(f"{post.role_title}，{post.unit_name}" for post in viewer.posts)
    return MeShape(
        id=account.id,
        kind=account.kind,
        name=account.name,
        roles=list(titles),
        posts=[
            OwnPostShape(
                post_id=post.id, role=post.role, role_title=post.role_title, unit=post.unit_name
            )
            for post in viewer.posts
        ],
        since=account.since,
        sessions=[
            SessionShape(
                id=one.id, device=one.device, since=one.since, used_at=one.used_at, me=one.me
            )
            for one in await people.list_sessions(viewer)
        ],
        homes=await own_homes(viewer) if resident else [],
        claimable=len(await cases.list_claimable(viewer))
        + len(await contact.list_claimable(viewer)),
        phone=seal.mask_phone(account.phone) if account.phone else UNSET,
        phone_may_change=resident and sms.is_configured(),
        consent=await consent(viewer) if resident else UNSET,
        factor=UNSET if resident else await _factor(account),
    )


async def consent(viewer: Viewer) -> ConsentShape:
    """How a resident stands to the privacy notice as it reads now."""
    agreed = await people.agreed(viewer.account_id) if viewer.account_id else []
    standing = (one for one in agreed if one.version == people.NOTICE and not one.withdrawn_at)
    found = next(standing, None)
    return ConsentShape(
        version=people.NOTICE,
        agreed=found is not None,
        accepted_at=found.accepted_at if found else UNSET,
    )


async def claimable(viewer: Viewer) -> tuple[list[CaseItem], list[ConversationShape]]:
    """What on this phone may become the account's, as the viewer sees it."""
    found = await cases.list_claimable(viewer)
    items = [await case_item(one.case, viewer, now=clock.now()) for one in found]
    return items, await conversation_shapes(await contact.list_claimable(viewer), viewer)


async def claim(viewer: Viewer) -> int:
    """All of it becomes the account's; how many things that were."""
    return await cases.claim(by=viewer) + await contact.claim(by=viewer)


def code_asked(asked: people.Asked) -> CodeAsked:
    """A code on its way, for its asker."""
    return CodeAsked(
        ask=asked.ask,
        valid_s=round(asked.lasts.total_seconds()),
        again_s=round(asked.again.total_seconds()),
    )


async def _factor(account: people.OwnAccount) -> FactorShape:
    return FactorShape(
        has_password=account.has_password,
        has_otp=await people.has_otp(account.id),
        paper_codes=await people.paper_codes_left(account.id),
    )
