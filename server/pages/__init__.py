"""The pages people see: one address each, made on the server, whole without a script."""

from server.pages import (
    bulk,
    callbacks,
    cases,
    claim,
    code,
    codes,
    contact,
    conversations,
    desk,
    duty,
    erase,
    factor,
    filing,
    filters,
    firms,
    home,
    me,
    mine,
    outages,
    plaques,
    posts,
    praise,
    praises,
    prints,
    report,
    rosters,
    scan,
    screening,
    sheets,
    signin,
    signin_phone,
    sizes,
    static,
    texts,
    town,
    unmask,
    work,
)
from server.pages.drawing import face
from server.pages.problem import draw_problem

SURFACE = tuple(
    each.routes
    for each in (
        *(home, scan, report, cases, unmask, sheets, mine, claim),
        *(signin, signin_phone, me, erase, factor),
        *(praise, praises, screening),
        *(contact, conversations),
        *(work, desk, filters, bulk, filing, callbacks, outages, town),
        *(codes, code, prints, plaques),
        *(duty, rosters, posts, firms),
        *(texts, sizes, static),
    )
)

__all__ = ["SURFACE", "draw_problem", "face"]
