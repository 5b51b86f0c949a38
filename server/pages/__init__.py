"""The pages people see: one address each, made on the server, whole without a script."""

from server.pages import (
    cases,
    desk,
    home,
    mine,
    report,
    scan,
    signin,
    sizes,
    static,
    texts,
    work,
)
from server.pages.drawing import face
from server.pages.problem import draw_problem

SURFACE = tuple(
    each.routes
    for each in (home, scan, report, cases, mine, signin, work, desk, texts, sizes, static)
)

__all__ = ["SURFACE", "draw_problem", "face"]
