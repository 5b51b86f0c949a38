"""The first day of a town in a browser: from what the terminal says to a file that is checked."""

import re
import shlex
import subprocess

from playwright.async_api import expect

from tests.browser.accessible import assert_accessible
from tests.server_process import running
from tests.workbook.files import BUILDINGS, GROUND, a_workbook, changed


def first_password(said: str) -> str:
    """Type what the terminal says; the password it answers with."""
    (typed,) = [line for line in said.splitlines() if " staff add " in line]
    done = subprocess.run(
        shlex.split(typed), capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL
    )
    return re.search(r"shown once: (\S+)", done.stdout)[1]


async def test_a_file_that_is_sent_is_watched_until_it_is_checked(open_page, tmp_path):
    with running(tmp_path / "data", "--empty") as server:
        desk = await open_page("desktop", base_url=server.base_url)
        await desk.goto("/signin/staff")
        await desk.fill("[name=login]", "wang")
        await desk.fill("[name=password]", first_password(server.said()))
        await desk.locator("main form button").first.click()
        await desk.wait_for_url("**/desk")
        await desk.goto("/desk/first-day")
        await expect(desk.get_by_text("写在模板的“区划”和“网格”表里")).to_be_visible()
        await expect(desk.get_by_text(server.base_url)).to_be_visible()
        await assert_accessible(desk)
        await desk.get_by_role("link", name="城镇导入").last.click()
        sent = a_workbook(GROUND | {"楼栋": changed(BUILDINGS, 2, 4, "十一")})
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        await desk.set_input_files("#file", {"name": "城镇.xlsx", "mimeType": kind, "buffer": sent})
        await desk.get_by_role("button", name="先检查").click()
        await expect(desk.get_by_role("status").get_by_text("有1处要改")).to_be_visible(
            timeout=60_000
        )
        await expect(desk.get_by_text("“楼栋”第3行E列（层数）：“十一”不是数字。")).to_be_visible()
        await assert_accessible(desk)
