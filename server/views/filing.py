"""代居民上报: where it may be, and what there is to choose from once the place is known."""

from uuid import UUID

from msgspec import UNSET

from server import cases, codes, places
from server.base import clock
from server.base.viewer import Viewer
from server.places import Found, Ground
from server.views.here import categories_here, known_here, open_here
from server.views.places import place_shape
from server.views.shapes import OptionShape
from server.views.sign_shapes import FilingCard


async def places_to_file(viewer: Viewer, words: str) -> list[Found]:
    """Places in the reach of the viewer's posts whose name has these words."""
    return await places.search((post.area for post in viewer.posts), words)


async def filing_card_of_code(token: str, viewer: Viewer) -> FilingCard:
    """For the place of a sign, wherever it hangs; the door of a home is named to those whose posts
    serve it. Raises CodeUnknown or CodeRetired."""
    code = await codes.read(token)
    serving = places.covering_paths(code.ground)
    serves = any(post.area in serving for post in viewer.posts)
    ground = code.ground if serves else code.shown
    return await _card(ground, code.token)


async def filing_card_of_place(place_id: UUID, viewer: Viewer) -> FilingCard:
    """For a place in the viewer's reach. Raises NoSuchPlace for any other."""
    ground = await places.find(place_id)
    if not any(post.area and ground.path.startswith(post.area) for post in viewer.posts):
        raise places.NoSuchPlace
    return await _card(ground, None)


async def _card(ground: Ground, token: str | None) -> FilingCard:
    channels = [
        OptionShape(value=key, title=title)
        for key, title in cases.CHANNELS.items()
        if key != "code"
    ]
    return FilingCard(
        place=place_shape(ground),
        categories=await categories_here(ground),
        channels=channels,
        known=await known_here(ground, clock.now()),
        open_cases=await open_here(ground),
        code=token or UNSET,
    )
