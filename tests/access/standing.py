"""How a case comes to stand where somebody may move it: one recipe for each place in the flow."""

from typing import Any

from tests.access.docket import Make, Recipe, as_sent, at_the_department, ended, seconded, solved

LATER = "2026-12-20"


async def accepted(case: Recipe) -> None:
    await case.move("accept", "grid_worker")


async def own_hands(case: Recipe) -> None:
    await accepted(case)
    await case.move("self_handle", "grid_worker")


async def leaders_hands(case: Recipe) -> None:
    await case.move("accept", "grid_leader")
    await case.move("self_handle", "grid_leader")


async def staff_hands(case: Recipe) -> None:
    await case.move("sign", "property_staff")


async def reopened(case: Recipe) -> None:
    """Done again by the street, which handles it or hands it on."""
    await solved(case)
    await case.move("reopen", "raiser", reason="没有好。")


async def returned(case: Recipe) -> None:
    await case.move("return", "property_manager", reason="不归我们。")


async def signed(case: Recipe) -> None:
    await case.move("sign", "property_manager")


async def asked(case: Recipe) -> None:
    await signed(case)
    await case.move("ask", "property_manager", question="哪一层？")


async def hung(case: Recipe) -> None:
    await wants_pause(case)
    await case.move("grant_hang", "secretary")


async def judged(case: Recipe) -> None:
    """Solved, and somebody joined it before."""
    await seconded(case)
    await solved(case)


async def declined(case: Recipe) -> None:
    await case.move("decline", "grid_worker", reason="不归这里管。")


async def wants_longer(case: Recipe) -> None:
    await signed(case)
    await case.move("ask_extend", "property_manager", longer="1wd", reason="等配件。")


async def wants_pause(case: Recipe) -> None:
    await signed(case)
    await case.move("ask_hang", "property_manager", reason="等开春。", until=LATER)


async def helped(case: Recipe) -> None:
    await signed(case)
    await case.move("add_assist", "property_manager", assist=[case.unit("heating")])


async def awaited(case: Recipe) -> None:
    """A neighbour waits for it as well."""
    await seconded(case)


WORK, DIRECT = {"category": "E05"}, {"category": "P05"}
STANDING: dict[str, tuple[Make, dict[str, Any]]] = {
    "submitted": (as_sent, WORK),
    "awaited": (awaited, WORK),
    "accepted": (accepted, WORK),
    "own_hands": (own_hands, WORK),
    "leaders_hands": (leaders_hands, WORK),
    "staff_hands": (staff_hands, {"category": "P05", "at": "estate one"}),
    "reopened": (reopened, DIRECT),
    "dispatched": (as_sent, DIRECT),
    "dispute": (returned, DIRECT),
    "handling": (signed, DIRECT),
    "at_department": (at_the_department, {"category": "F02", "at": "lamp one"}),
    "waiting": (asked, DIRECT),
    "hung": (hung, DIRECT),
    "resolved": (judged, DIRECT),
    "unheard": (solved, {"category": "P05", "by": "guest"}),
    "closed": (ended, DIRECT),
    "declined": (declined, WORK),
    "wants_longer": (wants_longer, DIRECT),
    "wants_pause": (wants_pause, DIRECT),
    "helped": (helped, DIRECT),
}
