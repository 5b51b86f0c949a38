"""What a page may cost on a slow network: bytes and requests, as the browser counts them."""

import pytest

from tests.browser.walking import become, demo_sign
from tests.browser.watch import traffic

KB = 1024


async def test_the_page_after_a_scan_fits_in_its_budget(phone, base_url):
    async with traffic(phone) as cost:
        await phone.goto(demo_sign(base_url))
    assert cost.bytes_of("Document", "Stylesheet") <= 14 * KB, cost.kinds
    assert cost.total <= 30 * KB, cost.kinds
    assert cost.requests <= 4, cost.urls


@pytest.mark.parametrize("path", ["{sign}/report", "/mine"])
async def test_a_residents_page_fits_in_its_budget(phone, base_url, path):
    async with traffic(phone) as cost:
        await phone.goto(path.format(sign=demo_sign(base_url)))
    assert cost.total <= 40 * KB, cost.kinds
    assert cost.requests <= 6, cost.urls


async def test_the_grid_workers_list_fits_in_its_budget(phone):
    await become(phone, "grid_worker")
    async with traffic(phone) as cost:
        await phone.goto("/work")
    assert cost.total <= 70 * KB, cost.kinds
    assert cost.requests <= 12, cost.urls


async def test_the_desk_fits_in_its_budget(desktop):
    await become(desktop, "property_manager")
    async with traffic(desktop) as cost:
        await desktop.goto("/desk")
    assert cost.total <= 120 * KB, cost.kinds
    assert cost.requests <= 15, cost.urls
