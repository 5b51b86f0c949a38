"""Whether everyone can use a page: axe-core, WCAG 2.0 to 2.2, levels A and AA, no finding."""

from functools import cache
from pathlib import Path

from playwright.async_api import Page

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

RUN = """async rules =>
    (await axe.run(document, {runOnly: {type: 'tag', values: rules}})).violations"""


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


async def assert_accessible(page: Page) -> None:
    """Fail with each finding: the rule, what it asks, and the elements that break it."""
    lines = await findings_on(page)
    assert not lines, f"{page.url}\n" + "\n".join(lines)


async def findings_on(page: Page) -> list[str]:
    """The same as lines, none of which is there on a page that everyone can use."""
    # Evaluated, not added as a <script>: the page's own Content-Security-Policy stays in force.
    await page.evaluate(_axe())
    findings = await page.evaluate(RUN, RULES)
    return [
        f"{finding['id']}: {finding['help']}\n    "
        + "\n    ".join(node["html"] for node in finding["nodes"])
        for finding in findings
    ]
