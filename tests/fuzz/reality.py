"""What is true in the town, put where chance would never hit it: numbers, signs, photos."""

from dataclasses import dataclass, field
from typing import Any

import httpx
from hypothesis import strategies as st
from schemathesis import Case

from tests.browser.walking import demo_sign
from tests.journeys.town_client import API, a_key
from tests.photos import samples

# Without these a request says nothing.
NEEDED = frozenset("code flow given login password persona phone photo seen_version".split())
CASES = 12
MOVES = ["accept", "dispatch", "self_handle", "resolve", "classify", "decline", "merge", "withdraw"]


@dataclass(slots=True)
class Reality:
    """One town: the names of parameters and fields, and true values for each."""

    base_url: str
    known: dict[str, list[Any]] = field(default_factory=dict)

    def put_into(self, case: Case, draw: st.DrawFn) -> Case:
        """The same case with some of its values true, and little beside them."""
        for part in (case.path_parameters, case.query):
            if isinstance(part, dict):
                self._made_true(part, draw)
        if isinstance(case.body, dict):
            for part in (case.body, case.body.get("given")):
                if isinstance(part, dict):
                    self._thinned(part, draw)
                    self._made_true(part, draw)
        return case

    def _made_true(self, part: dict[str, Any], draw: st.DrawFn) -> None:
        for name in sorted(set(part) & set(self.known)):
            if draw(st.integers(0, 4)):
                part[name] = draw(st.sampled_from(self.known[name]))

    def _thinned(self, part: dict[str, Any], draw: st.DrawFn) -> None:
        """Nobody fills in every field; where all are filled in, one of them is always wrong."""
        for name in sorted(set(part) - NEEDED):
            if draw(st.integers(0, 3)):
                del part[name]


def look_at(base_url: str) -> Reality:
    """Open a few cases, put up a few photos, and remember what they are called."""
    with _http(base_url) as http:
        sign = demo_sign(base_url).removeprefix("/c/")
        opened = [_sent(http, "/cases", json=_report(sign, n)) for n in range(CASES)]
        photos = [_put_up(http) for _ in range(4)]
    return Reality(
        base_url,
        {
            # Guests hold a key to one case: mostly to the first.
            "number": [opened[0]["number"]] * CASES + [each["number"] for each in opened],
            "into": [each["number"] for each in opened],
            "key": [opened[0]["key"]],
            "code": [sign],
            "token": [sign],
            "photo": [samples.jpeg(80, 60), samples.png(40, 30), samples.text_file()],
            "photo_id": photos,
            "photos": [photos[:1], photos, []],
            "category": ["F01", "E05", "P01", "Z99", None],
            "move": MOVES,
            "seen_version": [1, 2, 3, 99],
            "flow": ["report", "report", "merchant_inspection"],
            "item": ["outside", ""],
            "list": ["mine", "todo", "here"],
            "persona": ["grid_worker", "property_manager"],
            "phone": ["13800001111", ""],
            "text": ["路灯不亮", ""],
        },
    )


def a_photo(base_url: str) -> str:
    """One more, of which nobody has heard: chance gives the others to its own reports."""
    with _http(base_url) as http:
        return _put_up(http)


def _http(base_url: str) -> httpx.Client:
    return httpx.Client(base_url=base_url, trust_env=False, verify=False, timeout=30)


def _put_up(http: httpx.Client) -> str:
    files = {"photo": ("a.jpg", samples.jpeg(90, 60), "image/jpeg")}
    return str(_sent(http, "/photos", files=files)["id"])


def _report(sign: str, n: int) -> dict[str, Any]:
    return {"flow": "report", "code": sign, "text": f"第{n}件", "category": "Z99"}


def _sent(http: httpx.Client, path: str, **body: Any) -> dict[str, Any]:
    answer = http.post(API + path, headers={"idempotency-key": a_key()}, **body)
    return dict(answer.raise_for_status().json())
