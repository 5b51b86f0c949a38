"""Which inspections there are: of one shop, and open ones in the areas of the staff."""

from server import cases
from server.base.viewer import Viewer
from server.cases import CaseFile, Listed
from server.flows import FINDERS, FLOWS
from server.merchants.inspections.finding import INSPECTION
from server.merchants.queries import MerchantFile
from server.org import POST_ROLES

# Who looks through what is under way: those that find something, and those the law lets see it.
LOOKING_ROLES = tuple(
    dict.fromkeys((*FINDERS, *(word for word in FLOWS[INSPECTION].sees if word in POST_ROLES)))
)


# Each item of the checklist is open once, but for those found twice in earlier days.
MOST_OPEN = 100


async def open_at(merchant: MerchantFile, viewer: Viewer) -> tuple[CaseFile, ...]:
    """Everything open at this shop, newest first, as far as the viewer may see it: at most one of
    each item of the checklist.
    """
    found = await cases.list_with_post(
        viewer, INSPECTION, merchant.post_id, live=True, limit=MOST_OPEN
    )
    return found.items


async def appeal_at(merchant: MerchantFile) -> str | None:
    """The number of an appeal of this shop that nobody has decided yet."""
    return await cases.number_in_state(INSPECTION, "appealed", post_id=merchant.post_id)


async def past_at(merchant: MerchantFile, viewer: Viewer, *, after: str | None = None) -> Listed:
    """What was found at this shop and is over, newest first, as far as the viewer may see it."""
    return await cases.list_with_post(viewer, INSPECTION, merchant.post_id, live=False, after=after)


async def open_inspections(viewer: Viewer, *, after: str | None = None) -> Listed:
    """What is under way at the shops the viewer looks after, newest first."""
    return await cases.list_open_of(viewer, INSPECTION, after=after)
