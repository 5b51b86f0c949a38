"""From what one does at a sign back to the sign, by the plate on top."""

import pytest
from playwright.async_api import expect

from tests.browser.accessible import assert_accessible
from tests.browser.walking import demo_sign, read_in


@pytest.mark.parametrize("size", ["standard", "huge"])
@pytest.mark.parametrize("page", ["report", "contact", "praise"])
async def test_the_plate_leads_back_to_the_sign(plain_phone, base_url, page, size):
    sign = demo_sign(base_url)
    await read_in(plain_phone, base_url, size)
    await plain_phone.goto(f"{sign}/{page}")
    plate = plain_phone.get_by_role("link", name="回到这块牌子")
    assert (await plate.bounding_box())["height"] >= 48
    await plate.click()
    await plain_phone.wait_for_url(f"**{sign}")


async def test_a_plate_that_leads_back_is_for_everyone(phone, base_url):
    await phone.goto(f"{demo_sign(base_url)}/report")
    await expect(phone.get_by_role("link", name="回到这块牌子")).to_have_count(1)
    await assert_accessible(phone)
