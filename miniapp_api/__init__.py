"""The phone's API `/m/v1`: the same for the mini-program and the pages. Parse, call, shape."""

from miniapp_api import (
    bulletins,
    cases,
    communities,
    conversations,
    document,
    homes,
    inspections,
    live,
    me,
    photos,
    praises,
    scan,
    signin,
)

SURFACE = tuple(
    each.routes
    for each in (
        scan,
        communities,
        bulletins,
        signin,
        me,
        photos,
        cases,
        inspections,
        homes,
        praises,
        conversations,
        live,
        document,
    )
)

__all__ = ["SURFACE"]
