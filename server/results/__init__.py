"""办理结果: how the public cases of a place ended, the good and the bad, told to everybody."""

from server.results.actions import draw, publish, withdraw
from server.results.errors import (
    NotForAll,
    PhotoMovedOn,
    PublicPhotoUnknown,
    PublishedAlready,
    TakenAtHome,
)
from server.results.queries import (
    Candidate,
    Result,
    Results,
    ShownPhoto,
    publishing,
    results_under,
    shown_copy,
)
from server.results.rules import (
    COLUMNS,
    PUBLISHING_ROLES,
    ROWS,
    areas_of_cells,
    publishing_post,
    read_areas,
    without_numbers,
)

__all__ = [
    "COLUMNS",
    "PUBLISHING_ROLES",
    "ROWS",
    "Candidate",
    "NotForAll",
    "PhotoMovedOn",
    "PublicPhotoUnknown",
    "PublishedAlready",
    "Result",
    "Results",
    "ShownPhoto",
    "TakenAtHome",
    "areas_of_cells",
    "draw",
    "publish",
    "publishing",
    "publishing_post",
    "read_areas",
    "results_under",
    "shown_copy",
    "withdraw",
    "without_numbers",
]
