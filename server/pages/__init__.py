"""The pages people see: one address each, made on the server, whole without a script."""

from server.pages import (
    bulk,
    callbacks,
    cases,
    desk,
    filing,
    filters,
    home,
    mine,
    outages,
    report,
    scan,
    sheets,
    signin,
    sizes,
    static,
    texts,
    unmask,
    work,
)
from server.pages.drawing import face
from server.pages.problem import draw_problem

SURFACE = tuple(
    each.routes
    for each in (
        *(home, scan, report, cases, unmask, sheets, mine, signin),
        *(work, desk, filters, bulk, filing, callbacks, outages),
        *(texts, sizes, static),
    )
)

__all__ = ["SURFACE", "draw_problem", "face"]
