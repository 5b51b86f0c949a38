"""Plaques that hang with the name a shop had before, and which code another is to be made for."""

from uuid import UUID

from server import codes, places, plaques
from server.base.viewer import Viewer
from server.merchants import MerchantFile


async def hangs_with_old_name(found: MerchantFile) -> UUID | None:
    """The code whose plaque was put up before the shop was renamed; None where none was, or where
    the premises are called otherwise than the shop, for then they are what it says."""
    if found.renamed_at is None or found.closed_at is not None:
        return None
    ground, token = await places.find(found.place_id), await codes.sign_at(found.place_id)
    if token is None or ground.name != found.name:
        return None
    code = await codes.read(token)
    hung = [one.at for one in await plaques.past_of(code.id) if one.what == "mounted"]
    return code.id if hung and min(hung) < found.renamed_at else None


async def code_to_replace(found: MerchantFile, viewer: Viewer) -> UUID | None:
    """That code, where this viewer makes another for it."""
    makes = codes.is_inside(codes.making_areas(viewer), found.path)
    return await hangs_with_old_name(found) if makes else None
