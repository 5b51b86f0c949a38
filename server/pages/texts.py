"""The pages that only say something: how it works, what happens to one's data, how to complain."""

from sanic import HTTPResponse, Request

from server import retention
from server.pages.drawing import show
from server.web import Routes, public

routes = Routes(kind="page")
FOR_ALL = public("everyone may read how it works and what happens to their data")


@routes.get("/help", access=FOR_ALL)
async def get_help(request: Request) -> HTTPResponse:
    """How to scan, report, judge."""
    return await show(request, "help.html", kept=True)


@routes.get("/privacy", access=FOR_ALL)
async def get_privacy(request: Request) -> HTTPResponse:
    """What is kept of whom, for how long, and whom to ask."""
    return await show(
        request,
        "privacy.html",
        kept=True,
        holdings=retention.HOLDINGS,
        answer_days=retention.ANSWERED_WITHIN_DAYS,
    )


@routes.get("/feedback", access=FOR_ALL)
async def get_feedback(request: Request) -> HTTPResponse:
    """Whom to tell what one thinks of this site and of those who work here."""
    return await show(request, "feedback.html", kept=True)
