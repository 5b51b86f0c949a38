"""Shops: what is found there, what is under way, and one's own as its keeper sees it."""

from uuid import UUID

from sanic import HTTPResponse, Request

from miniapp_api.bodies import AfterQuery, InspectionBody
from server import codes, merchants, views
from server.base.errors import FieldError, Invalid
from server.base.viewer import Viewer
from server.flows import FINDERS
from server.trust import ReplayKey
from server.views.inspection_shapes import FoundReceipt, InspectCard, ShopList, ShopShape
from server.views.list_shapes import CaseList
from server.web import SIGNED_IN, NotSignedIn, Routes, answer, parse_query, staff, viewer

routes = Routes("/m/v1")


@routes.get(
    "/codes/<token>/inspection",
    access=staff(*FINDERS),
    rate="scan",
    gives=InspectCard,
    refuses=(403, 410),
)
async def get_inspection(request: Request, token: str) -> HTTPResponse:
    """What can be found at the shop of this sign."""
    return answer(await views.inspect_card(token, viewer(request)))


@routes.get(
    "/inspections", access=staff(*merchants.LOOKING_ROLES), query=AfterQuery, gives=CaseList
)
async def get_inspections(request: Request) -> HTTPResponse:
    """What is under way at the shops one looks after, newest first."""
    after = parse_query(request, AfterQuery).after
    return answer(await views.open_inspections(viewer(request), after=after))


@routes.get("/shops", access=SIGNED_IN, gives=ShopList)
async def get_shops(request: Request) -> HTTPResponse:
    """One's own shops: how each stands, what is asked of it, what was, what comes back."""
    return answer(ShopList(items=await views.own_shops(viewer(request))))


@routes.get("/shops/<merchant_id:uuid>", access=SIGNED_IN, query=AfterQuery, gives=ShopShape)
async def get_shop(request: Request, merchant_id: UUID) -> HTTPResponse:
    """One of them; what was found there goes on with `after`."""
    after = parse_query(request, AfterQuery).after
    return answer(await views.own_shop(merchant_id, viewer(request), after=after))


async def take_down(body: InspectionBody, by: Viewer, asked: ReplayKey) -> FoundReceipt:
    """What staff found at a shop: a case of its own kind, told to the shop at once."""
    if by.account_id is None:
        raise NotSignedIn
    number = await merchants.inspect(
        await _shop_of(body), body.item, body.photos, text=body.text, by=by, asked=asked
    )
    return await views.found_receipt(number, by)


async def _shop_of(body: InspectionBody) -> UUID:
    place_id = (await codes.read(body.code)).ground.id if body.code else body.place_id
    if place_id is None:
        raise Invalid(FieldError("code", "required", "请先扫一扫店门口的码。"))
    found = await merchants.at_place(place_id)
    if found is None:
        raise merchants.MerchantUnknown
    return found.id
