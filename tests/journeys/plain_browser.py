"""A browser without a script: pages, forms as they stand in them, cookies. Nothing more."""

import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

import httpx
import pytest

from tests.journeys.town_client import MOST_PAGES, WAITS_S
from tests.journeys.towns import OpenTown

Files = list[tuple[str, tuple[str, bytes, str]]]


@dataclass(slots=True)
class Form:
    """A form as the page shows it: where it goes, and what is filled in already."""

    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    def first(self, name: str) -> str:
        return next(iter(self.values.get(name, [])), "")


class _Forms(HTMLParser):
    """Reads the forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._open: Form | None = None
        self._textarea: list[str] | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "form":
            self._open = Form(said.get("action") or "", (said.get("method") or "get").lower())
            self.forms.append(self._open)
        elif self._open is not None and tag in ("input", "textarea", "select", "option"):
            getattr(self, f"_{tag}_tag")(self._open, said)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "textarea":
            self._textarea = None

    def handle_data(self, data: str) -> None:
        if self._textarea is not None:
            # The first line break after the tag is the template's own.
            self._textarea[-1] += data if self._textarea[-1] else data.removeprefix("\n")

    def _input_tag(self, form: Form, said: Mapping[str, str | None]) -> None:
        name, kind = said.get("name") or "", said.get("type") or "text"
        form.names.add(name)
        if kind == "file" or (kind in ("radio", "checkbox") and "checked" not in said):
            return
        form.values.setdefault(name, []).append(said.get("value") or "")

    def _textarea_tag(self, form: Form, said: Mapping[str, str | None]) -> None:
        name = said.get("name") or ""
        form.names.add(name)
        self._textarea = form.values.setdefault(name, [])
        self._textarea.append("")

    def _select_tag(self, form: Form, said: Mapping[str, str | None]) -> None:
        self._select = said.get("name") or ""
        form.names.add(self._select)

    def _option_tag(self, form: Form, said: Mapping[str, str | None]) -> None:
        if "selected" in said:
            form.values[self._select] = [said.get("value") or ""]


def forms_in(html: str) -> list[Form]:
    """Every form of a page, as it stands there."""
    reader = _Forms()
    reader.feed(html)
    return reader.forms


@dataclass(frozen=True, slots=True)
class Page:
    """What the browser shows."""

    answer: httpx.Response
    path: str

    @property
    def text(self) -> str:
        return self.answer.text

    @property
    def status(self) -> int:
        return self.answer.status_code

    @property
    def pictures(self) -> list[str]:
        """The addresses of the photos shown."""
        return re.findall(r'<img[^>]* src="([^"]*/photos/[^"]*)"', self.text)

    def form(self, action: str) -> Form:
        """The form whose address ends so."""
        found = [form for form in forms_in(self.text) if form.action.endswith(action)]
        assert found, f"no form for {action} on {self.path} ({self.status})"
        return found[0]

    def offers(self, action: str) -> bool:
        return any(form.action.endswith(action) for form in forms_in(self.text))


@dataclass(slots=True)
class PlainBrowser:
    """Follows links, fills in forms, keeps cookies as a browser on this machine does."""

    town: OpenTown
    http: httpx.Client
    cookies: dict[str, str] = field(default_factory=dict)

    def open(self, path: str) -> Page:
        return self._go("GET", path)

    def finds(self, number: str, path: str) -> bool:
        """Whether a case is in the list there, or on one of its further pages."""
        at = path
        for _ in range(MOST_PAGES):
            page = self.open(at)
            further = re.search(r'href="([^"]*[?&;]after=[^"]*)"', page.text)
            if number in page.text or further is None:
                return number in page.text
            at = urljoin(at, unescape(further[1]))
        return False

    def submit(self, form: Form, files: Files | None = None, *, to: str = "", **typed: str) -> Page:
        """Press the button, with these fields typed over; `to` is the button's own address."""
        words = form.values | {name: [value] for name, value in typed.items()}
        sent = {name: values for name, values in words.items() if name}
        empty: Files = [("none", ("", b"", "application/octet-stream"))]
        return self._go("POST", to or form.action, data=sent, files=files or empty)

    def be(self, persona: str) -> None:
        """Press a button of the demo's front page."""
        self.submit(self.open("/").form("/signin/demo"), persona=persona)

    def _go(self, method: str, path: str, **sent: Any) -> Page:
        headers = {"accept": "text/html", "cookie": "; ".join(f"{k}={v}" for k, v in self._kept())}
        if method == "POST":
            headers |= {"origin": self.town.base_url, "sec-fetch-site": "same-origin"}
        answer = self.http.request(method, path, headers=headers, **sent)
        self._keep(answer)
        if answer.status_code == 303:
            return self._go("GET", answer.headers["location"])
        return Page(answer, path)

    def _kept(self) -> list[tuple[str, str]]:
        return list(self.cookies.items())

    def _keep(self, answer: httpx.Response) -> None:
        for line in answer.headers.get_list("set-cookie"):
            name, value, rest = re.fullmatch(r"([^=]+)=([^;]*)(.*)", line, re.DOTALL).groups()  # type: ignore[union-attr]
            self.cookies[name] = value
            if "Max-Age=0" in rest:
                del self.cookies[name]


@dataclass(slots=True)
class Counter:
    """Where one gets a browser."""

    town: OpenTown
    phones: ExitStack

    def browser(self, persona: str = "") -> PlainBrowser:
        http = httpx.Client(
            base_url=self.town.base_url, timeout=WAITS_S, trust_env=False, verify=False
        )
        browser = PlainBrowser(self.town, self.phones.enter_context(http))
        if persona:
            browser.be(persona)
        return browser


@pytest.fixture
def counter(made_town: OpenTown) -> Iterator[Counter]:
    """Browsers without a script, in the small town on both databases."""
    with ExitStack() as phones:
        yield Counter(made_town, phones)


@pytest.fixture
def sqlite_counter(sqlite_town: OpenTown) -> Iterator[Counter]:
    """The same on SQLite alone."""
    with ExitStack() as phones:
        yield Counter(sqlite_town, phones)
