"""A case of `asides.py`, and how it looks to somebody."""

import json
from typing import Any

from tests.access.asides import ASIDE
from tests.access.asking import Asker
from tests.access.closer import table
from tests.access.deciding import CASE
from tests.access.docket import Filed

OF_TOLD = {"raiser": "O", "seconder": "P", "property_manager": "W"}


async def aside(asker: Asker, label: str) -> Filed:
    """A case of `asides.py`, made when it is first asked for."""
    docket = asker.city.docket
    return docket.filed.get(label) or await docket.renew(label)


async def all_aside(asker: Asker) -> None:
    """All of them, made while nothing is spoilt."""
    for label in ASIDE:
        await aside(asker, label)


async def page_of(who: str, label: str, asker: Asker) -> dict[str, Any]:
    """The phone's case of this label."""
    filed = asker.city.docket.filed.get(label) or await aside(asker, label)
    answer = await asker.ask(who, CASE, at={"number": filed.number})
    asker.expect(who, CASE, answer.status, 200, label)
    return json.loads(answer.body) if answer.status == 200 else {}


def told_steps() -> dict[str, tuple[str, str]]:
    """Of each step of "told" who sees it, and who reads what was said with it."""
    lines = (line.split() for line in table.TOLD.strip().splitlines())
    return {move: (sees, reads[0] if reads else "") for move, sees, *reads in lines}
