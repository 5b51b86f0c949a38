"""Two taps on one button, sent at once: what was asked is done once, and nobody reads of an error.

The second may look before the first has written and act after it: here each of four does.
"""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from server import codes, plaques, trust
from server.base import database
from server.base.errors import Invalid
from server.base.ids import new_id
from tests.desk import Desk, a_desk, a_photo, asked, notices_of_post

TAPS = 4
SILENCE = [None] * TAPS


@pytest.fixture
async def desk(db) -> Desk:
    return await a_desk()


@pytest.fixture
def clerk(desk) -> codes.Doer:
    """Whoever ends codes, in one request."""
    return codes.Doer(by=desk.community_secretary, asked=asked("end"))


async def tapped(act: Callable[[], Awaitable[object]]) -> list[object]:
    """What each of four taps at once is answered."""
    return await asyncio.gather(*(act() for _ in range(TAPS)))


async def looked_too_early(act: Callable[[], Awaitable[object]], monkeypatch) -> object:
    """What one more tap is answered, that had looked what was done before the others did it."""
    look, looks = trust.find_replay, []

    async def early(key):
        looks.append(key)
        return await look(key) if len(looks) > 1 else None

    with monkeypatch.context() as patched:
        patched.setattr(trust, "find_replay", early)
        return await act()


async def count(table: str) -> int:
    return int(await database.fetch_value(f"SELECT count(*) AS n FROM {table}") or 0)


async def test_a_plaque_is_put_up_once(desk, monkeypatch):
    once, worker = asked("mount"), desk.grid_worker
    photo = await a_photo(worker)

    async def mount():
        await plaques.mount(desk.town.token, [photo], at=None, by=worker, asked=once)

    assert await tapped(mount) == SILENCE
    assert await looked_too_early(mount, monkeypatch) is None
    assert await count("mounting") == 1


async def test_a_plaque_put_up_with_a_photo_of_another_says_so(desk):
    photo = await a_photo(desk.grid_worker)
    names = ("entrance", "other_entrance")

    async def mount(name):
        how = {"at": None, "by": desk.grid_worker, "asked": asked("mount")}
        await plaques.mount(desk.town.codes[name], [photo], **how)

    done = await asyncio.gather(*map(mount, names), return_exceptions=True)
    [refused] = [one for one in done if one is not None]
    assert isinstance(refused, Invalid)
    assert await count("mounting") == 1


async def test_a_fault_is_told_once(desk, monkeypatch):
    once = asked("fault")

    async def tell():
        await plaques.report_fault(desk.town.token, "missing", at=None, asked=once)

    assert await tapped(tell) == SILENCE
    assert await looked_too_early(tell, monkeypatch) is None
    [fault] = (await plaques.open_faults(desk.grid_worker)).items
    assert fault.times == 1
    assert await notices_of_post(desk.town.posts["grid_worker"]) == ["hanger.fault"]


async def test_what_was_done_about_a_fault_is_said_once(desk, monkeypatch):
    await plaques.report_fault(desk.town.token, "covered", at=None, asked=asked("fault"))
    [fault] = (await plaques.open_faults(desk.grid_worker)).items
    once = asked("close")

    async def close():
        await plaques.close_fault(fault.id, "mended", by=desk.grid_worker, asked=once)

    assert await tapped(close) == SILENCE
    assert await looked_too_early(close, monkeypatch) is None
    with pytest.raises(plaques.FaultUnknown):
        await plaques.close_fault(new_id(), "mended", by=desk.grid_worker, asked=asked("close"))


async def test_a_code_is_retired_once(desk, clerk, monkeypatch):
    async def retire():
        await codes.retire(desk.town.token, "damaged", doer=clerk)

    assert await tapped(retire) == SILENCE
    assert await looked_too_early(retire, monkeypatch) is None
    with pytest.raises(codes.CodeUnknown):
        await codes.retire(desk.town.token, "damaged", doer=codes.Doer(operator="tests"))


async def test_a_replaced_code_has_one_successor_and_every_tap_leads_to_it(
    desk, clerk, monkeypatch
):
    async def swap():
        return await codes.replace_code(desk.town.token, "damaged", doer=clerk)

    before = await count("code")
    answers = {*await tapped(swap), await looked_too_early(swap, monkeypatch)}
    assert (len(answers), await count("code")) == (1, before + 1)


async def test_a_batch_is_voided_once_and_every_tap_is_told_how_many_went(desk, clerk, monkeypatch):
    made = await codes.make(desk.town.estate.id, ["room"], "", by=desk.community_secretary)

    async def void():
        return await codes.void(made.id, "misprinted", also_mounted=False, doer=clerk)

    answers = {*await tapped(void), await looked_too_early(void, monkeypatch)}
    assert answers == {codes.Voided(3, 0)}
    with pytest.raises(codes.BatchVoided):
        await codes.void(
            made.id, "misprinted", also_mounted=True, doer=codes.Doer(operator="tests")
        )
