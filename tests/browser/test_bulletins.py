"""A bulletin in a browser: written and looked at at a desk, hung up, read on a phone, printed."""

import io

import pypdfium2
from playwright.async_api import expect

from tests.browser.accessible import assert_accessible
from tests.browser.walking import SIZES, become, demo_sign, read_in
from tests.photos.samples import jpeg

TITLE = "供水管线检修停水安排，请提前存水"
TEXT = "# 时间\n\n12月3日8点到18点。\n\n- 1号楼到3号楼\n- 商铺一条街\n\n请**提前存水**。"


async def write(clerk):
    """Written, looked at, kept and published."""
    await clerk.goto("/desk/bulletins")
    await assert_accessible(clerk)
    await clerk.get_by_role("link", name="写一条公告").click()
    await clerk.get_by_label("标题").fill(TITLE)
    await clerk.get_by_label("发给哪里").select_option(index=1)
    await clerk.get_by_role("checkbox", name="居民").check()
    await clerk.get_by_label("内容").fill(TEXT)
    photo = {"name": "管线.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}
    await clerk.set_input_files("input[type=file]", photo)
    await clerk.get_by_role("button", name="先看看样子").click()
    await expect(clerk.get_by_role("heading", name="大家看到的样子")).to_be_visible()
    await expect(clerk.get_by_role("img", name="公告的第1张照片")).to_be_visible()
    await assert_accessible(clerk)
    await clerk.get_by_role("button", name="存成草稿").click()
    await expect(clerk.get_by_role("status").first).to_contain_text("存好了")
    await clerk.get_by_role("button", name="发布").click()
    await expect(clerk.get_by_text("正在公布").first).to_be_visible()


async def test_a_bulletin_is_written_looked_at_hung_up_read_and_printed(open_page, base_url):
    clerk = await open_page("desktop")
    await become(clerk, "community_worker")
    await write(clerk)
    await read_in(clerk, base_url, SIZES[-1])
    await clerk.reload()
    await assert_accessible(clerk)

    reader = await open_page("phone", viewport={"width": 320, "height": 640})
    await read_in(reader, base_url, SIZES[-1])
    await reader.goto(demo_sign(base_url))
    await reader.get_by_role("link", name=TITLE).click()
    await expect(reader.get_by_role("listitem").filter(has_text="商铺一条街")).to_be_visible()
    picture = reader.get_by_role("img", name="公告的第1张照片")
    assert await picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    await assert_accessible(reader)
    assert await reader.evaluate("document.documentElement.scrollWidth") <= 320
    await reader.get_by_role("link", name="看全部公告").click()
    await assert_accessible(reader)

    await clerk.get_by_role("link", name="打印A4").click()
    await assert_accessible(clerk)
    printed = pypdfium2.PdfDocument(io.BytesIO(await clerk.pdf(prefer_css_page_size=True)))
    assert len(printed) == 1
    printed.close()
    await clerk.get_by_role("link", name="回到这条公告").click()
    await clerk.get_by_text("撤下", exact=True).first.click()
    await clerk.get_by_label("为什么撤下").fill("检修改期")
    await clerk.get_by_role("button", name="撤下").click()
    await expect(clerk.get_by_role("status").first).to_contain_text("撤下了")
