"""Two questions machines ask: does the process live, and may people be sent to it?"""

import asyncio
import logging

from sanic import HTTPResponse, Request

from server.base import database
from server.web.access import public
from server.web.answers import answer
from server.web.limits import FREE
from server.web.routes import Routes

log = logging.getLogger("mashang.web")
PATIENCE_S = 2.0
routes = Routes()


@routes.get("/healthz", access=public("a load balancer has no account"), rate=FREE)
async def get_health(request: Request) -> HTTPResponse:
    """The process lives. Touches nothing else."""
    return answer({"status": "ok"})


@routes.get("/readyz", access=public("a load balancer has no account"), rate=FREE)
async def get_readiness(request: Request) -> HTTPResponse:
    """Ready for people, or which part is not."""
    missing = await unready()
    if not missing:
        return answer({"status": "ready"})
    return answer({"status": "not ready", "missing": missing}, 503, retry_after="5")


async def unready() -> list[str]:
    """The parts that are not ready: database, migrations."""
    try:
        async with asyncio.timeout(PATIENCE_S):
            pending = await database.pending()
            await database.fetch_value("SELECT 1 AS one")
    except Exception as cause:
        log.warning("not ready: %r", cause)
        return ["database"]
    return ["migrations"] if pending else []
