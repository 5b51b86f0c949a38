"""Two shops side by side in estate one, and who keeps each: a resident with a post over the own
premises, beside everything that is filed there, and none of the staff.

Some of the staff hold several posts that have to do with them; one of these keeps the other shop.
"""

from server import codes, merchants, org, people
from server.base import clock
from server.base.ids import new_id
from server.merchants import MerchantFile, Written
from server.trust import ReplayKey
from tests.access.actors import KEEPERS, Crowd
from tests.access.ground import Land
from tests.makers import ROUND_THE_CLOCK, SINCE

NAMES = {"shopkeeper": "演示·面馆", "other_keeper": "演示·茶铺"}
SEVERAL = {
    "three_posts": (
        ("grid_worker", "lake", "grid one"),
        ("street_dispatcher", "street one", "street one"),
    ),
    "finds_nowhere": (("grid_worker", "office", "nothing"), ("grid_leader", "lake", "grid one")),
}
PHONES = {"shopkeeper": "16000008001", "other_keeper": "16000008002"}


async def shops(land: Land, crowd: Crowd) -> None:
    """Both registered, with a sign each, their keepers signed in."""
    batch = codes.Batch("商户码", clock.now())
    for who in KEEPERS:
        shop = await _registered(who, land, crowd)
        crowd.posts[who], crowd.units[NAMES[who]] = shop.post_id, shop.unit_id
        land.codes[NAMES[who]] = batch.code(shop.place_id, "vendor")
        [owner] = await merchants.owners_of(shop)
        crowd.accounts[who] = owner.account_id
    await codes.make_batch(batch)
    await _several_posts(land, crowd)
    for who in (*KEEPERS, *SEVERAL):
        crowd.tokens[who] = await crowd.session(who)
        crowd.raised[who] = await crowd.session(who, raised=True)


async def _several_posts(land: Land, crowd: Crowd) -> None:
    roster, registry = org.Roster(since=SINCE), people.Registry()
    for who, posts in SEVERAL.items():
        crowd.accounts[who] = registry.staff(f"演示-{who}", at=SINCE)
        for role, unit, area in posts:
            post = roster.post(role, crowd.units[unit], land.path(area), hours=ROUND_THE_CLOCK)
            roster.held_by(post, crowd.accounts[who])
    await people.register(registry)
    await org.enrol(roster)
    await org.appoint(crowd.posts["other_keeper"], crowd.accounts["three_posts"])


async def shop_of(who: str, crowd: Crowd) -> MerchantFile:
    """The one they keep."""
    [shop] = await merchants.owned_by(await crowd.viewer(who))
    return shop


async def _registered(who: str, land: Land, crowd: Crowd) -> MerchantFile:
    secretary = await crowd.viewer("secretary")
    written = Written(kind="vendor", name=NAMES[who], trade="dining")
    place_id = land.id("estate one")
    shop_id = await merchants.register(place_id, written, by=secretary, asked=_asked("register"))
    await merchants.invite(shop_id, PHONES[who], by=secretary, asked=_asked("invite"))
    invited = await people.find_by_phone(PHONES[who])
    assert invited is not None
    await people.agree(invited["id"], people.NOTICE)
    return await merchants.find_merchant(shop_id)


def _asked(route: str) -> ReplayKey:
    return ReplayKey("access", route, new_id().hex, b"")
