"""What people do in a browser, in their own verbs: report, take up, return, resolve, judge."""

import asyncio
import re
from pathlib import Path

from playwright.async_api import Locator, Page, expect

from tests.browser.walking import become, demo_sign

MOST_PAGES = 20
PROPERTY = re.compile("安居物业")


class Person:
    """Someone looking at a page; `scripted` unless their browser runs no JavaScript."""

    def __init__(self, page: Page, base_url: str, *, scripted: bool = True) -> None:
        self.page, self.base_url, self.scripted = page, base_url, scripted

    async def open(self, path: str) -> None:
        await self.page.goto(path)

    async def scan(self) -> None:
        await self.page.goto(demo_sign(self.base_url))

    async def be(self, persona: str) -> None:
        await become(self.page, persona)

    async def accepts(self, number: str) -> None:
        """From the to-do list, on whatever page of it the case stands."""
        await self.open("/work")
        button = self.page.locator(f"form[action='/cases/{number}/moves/accept'] button")
        for _ in range(MOST_PAGES):
            if await button.count():
                break
            async with self.page.expect_navigation():
                await self.page.locator("p.next a").click()
        await button.click()
        await self.page.wait_for_url("**/work?done=accept")

    async def case(self, number: str) -> None:
        await self.page.goto(f"/cases/{number}")

    async def hears(self, number: str, text: str) -> None:
        """The page of a case says this to them, at the latest when they look a third time."""
        for _ in range(2):
            await self.case(number)
            if text in await self.page.locator("main").inner_text():
                return
            await asyncio.sleep(1)  # Messages go out a little later than what they tell of.
        await self.case(number)
        await self.says(text)

    async def desk(self, number: str) -> None:
        await self.page.goto(f"/desk?case={number}")

    async def says(self, text: str | re.Pattern[str]) -> None:
        """The page says this to them."""
        await expect(self.page.locator("main")).to_contain_text(text)

    async def report(
        self, text: str, spot: str = "", photos: tuple[Path, ...] = (), *, phone: str = ""
    ) -> str:
        """Scan, fill in the form, send it; the number of the receipt."""
        await self.scan()
        await self.page.get_by_role("link", name="我要上报").click()
        await self.page.locator("[name=text]").fill(text)
        await self.page.locator("[name=spot]").fill(spot)
        if phone:
            await self.page.locator("[name=phone]").fill(phone)
        if photos:
            await self.add("#report", photos)
        await self.page.get_by_role("button", name="提交上报").click()
        await self.page.wait_for_url("**/cases/*sent=1*")
        await self.says("收到了，谢谢您")
        return self.page.url.split("/cases/")[1].split("?")[0]

    async def add(self, form: str, photos: tuple[Path, ...]) -> None:
        """Choose photos; with a script, wait until each is shown and has gone ahead."""
        chooser = self.page.locator(f"{form} input[name=photos]")
        if not self.scripted:
            await chooser.set_input_files(list(photos))
            return
        shown = self.page.locator(f"{form} .shots img")
        await chooser.set_input_files(list(photos))
        await expect(shown).to_have_count(len(photos), timeout=20_000)

    async def move(self, move: str, photos: tuple[Path, ...] = (), **fields: str) -> None:
        """Fill in the form of a move and send it."""
        form = await self.unfolded(move)
        for name, value in fields.items():
            await _fill(form, name, value)
        if photos:
            await self.add(f"#move-{move}", photos)
        await form.locator("button.go").click()
        await self.page.wait_for_url(f"**done={move}*")

    async def dispatches(self, move: str, text: str) -> None:
        """Hand the case to the property firm."""
        form = await self.unfolded(move)
        options = form.locator("select[name=unit] option").filter(has_text=PROPERTY)
        unit = await options.first.get_attribute("value")
        await self.move(move, unit=unit or "", text=text)

    async def reopens(self, reason: str) -> None:
        """还没有: and have it done again."""
        await self.page.locator("label[for=solved-no]").click()
        await self.page.locator(".judge [name=reason]").fill(reason)
        await self.page.get_by_role("button", name="请上一级重办").click()
        await self.page.wait_for_url("**done=reopen*")

    async def confirms(self) -> None:
        """解决了, 满意."""
        await self.page.locator("label[for=solved-yes]").click()
        await self.page.locator("label[for=rating-satisfied]").click()
        await self.page.get_by_role("button", name="提交回答").click()
        await self.page.wait_for_url("**done=confirm*")

    async def joins(self, number: str) -> None:
        """我也遇到了, at the sign."""
        await self.scan()
        await self.page.locator(f"form[action='/cases/{number}/second'] button").click()
        await self.page.wait_for_url("**joined=*")

    async def mine(self) -> int:
        """How many reports this browser knows as its own."""
        await self.page.goto("/mine")
        return await self.page.locator("main a.cell").count()

    async def unfolded(self, move: str) -> Locator:
        fold = self.page.locator(f"#fold-{move}")
        if await fold.count() and await fold.get_attribute("open") is None:
            await fold.locator("summary").click()
        return self.page.locator(f"#move-{move}")


async def _fill(form: Locator, name: str, value: str) -> None:
    field = form.locator(f"[name={name}]").first
    kind = await field.evaluate("field => field.type")
    if kind == "radio":
        chosen = form.locator(f"[name={name}][value={value}]")
        await form.locator(f"label[for='{await chosen.get_attribute('id')}']").click()
    elif kind == "select-one":
        await field.select_option(value)
    else:
        await field.fill(value)
