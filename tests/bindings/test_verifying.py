"""From "this is my home" to "it is": the whole way, on both databases."""

from server import bindings, views
from tests.bindings.conftest import told
from tests.desk import asked, notices_of_post


async def test_a_claim_waits_until_the_grid_worker_verifies_it(homes, resident, desk):
    binding_id = await homes.claim(resident)
    assert await notices_of_post(desk.town.posts["grid_worker"]) == ["home.claimed"]
    before = await views.scan_card(desk.town.codes["room"], resident)

    await bindings.bind(binding_id, by=desk.grid_worker, asked=asked("bind"))

    after = await views.scan_card(desk.town.codes["room"], resident)
    assert (before.home.state, before.home.place) == ("claimed", desk.town.building.full_name)
    assert (after.home.state, after.home.place) == ("bound", desk.town.rooms[0].full_name)
    assert await told(resident) == ["绑定好了"]
    (home,) = (await views.me(resident)).homes
    assert home.token == desk.town.codes["room"]
