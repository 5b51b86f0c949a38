"""A person with a phone, in the verbs of the phone API: scan, report, sign in, move, second, look.

town.guest() reports a hole at the gate:   opened = guest.report(text="井盖没了")
the grid worker takes it up:               worker.move(opened["number"], "accept")
"""

import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from tests.journeys.factors import paper_code
from tests.journeys.towns import OpenTown
from tests.photos import samples

API = "/m/v1"
WAITS_S = 60.0  # clients without `verify`: all is loopback, and certificates take 40 ms to load
TOLD_WITHIN_S = 8.0
MOST_PAGES = 50


def a_key() -> str:
    return secrets.token_urlsafe(16)


@dataclass(slots=True)
class Person:
    """Someone with a phone: a guest, or signed in. `keys` open a guest's cases, by number."""

    town: OpenTown
    http: httpx.Client
    keys: dict[str, str] = field(default_factory=dict)

    @property
    def token(self) -> str:
        """What proves who this is; empty for a guest."""
        return self.http.headers.get("authorization", "").removeprefix("Bearer ")

    # What is sent, and the answer as it came.

    def ask(self, path: str, **query: Any) -> httpx.Response:
        return self.http.get(API + path, params=self._key(path) | query)

    def send(self, path: str, body: Any, *, key: str | None = None) -> httpx.Response:
        headers = {"idempotency-key": key or a_key()}
        return self.http.post(API + path, json=body, params=self._key(path), headers=headers)

    def send_photo(self, photo: bytes, name: str = "photo.jpg") -> httpx.Response:
        files = {"photo": (name, photo, "image/jpeg")}
        return self.http.post(API + "/photos", files=files, headers={"idempotency-key": a_key()})

    def page(self, path: str, **query: Any) -> httpx.Response:
        return self.http.get(path, params=query, headers={"accept": "text/html"})

    # What people do. Each fails with the server's own words if it does not succeed.

    def scan(self, place: str = "entrance") -> dict[str, Any]:
        return done(self.ask(f"/codes/{self.town.code(place)}"))

    def photo(self, photo: bytes | None = None) -> str:
        return str(done(self.send_photo(photo or samples.jpeg()), 201)["id"])

    def report(self, place: str = "entrance", *, key: str | None = None, **said: Any) -> Any:
        """The receipt; a guest keeps its key."""
        body = {"flow": "report", "code": self.town.code(place)} | said
        receipt = done(self.send("/cases", body, key=key), 201)
        if "key" in receipt:
            self.keys[receipt["number"]] = receipt["key"]
        return receipt

    def case(self, number: str) -> dict[str, Any]:
        return done(self.ask(f"/cases/{number}"))

    def try_move(
        self, number: str, move: str, given: dict[str, Any] | None = None, **more: Any
    ) -> httpx.Response:
        """Make a move having just looked, or having seen `seen_version`."""
        seen = more.pop("seen_version", None)
        key = more.pop("key", None)
        version = self.case(number)["version"] if seen is None else seen
        body = {"seen_version": version, "given": given or {}} | more
        return self.send(f"/cases/{number}/moves/{move}", body, key=key)

    def move(self, number: str, move: str, **given: Any) -> dict[str, Any]:
        return done(self.try_move(number, move, given))

    def second(self, number: str, place: str) -> dict[str, Any]:
        joined = done(self.send(f"/cases/{number}/second", {"code": self.town.code(place)}))
        if "key" in joined:
            self.keys[number] = joined["key"]
        return joined

    def list(self, which: str) -> list[dict[str, Any]]:
        """The whole list, page by page: the town is shared, so lists are long."""
        items: list[dict[str, Any]] = []
        after: dict[str, str] = {}
        for _ in range(MOST_PAGES):
            page = done(self.ask("/cases", list=which, limit=100, **after))
            items += page["items"]
            if "next" not in page:
                break
            after = {"after": page["next"]}
        return items

    def line(self, which: str, number: str) -> dict[str, Any]:
        """The line of one case in a list."""
        return next(item for item in self.list(which) if item["number"] == number)

    def has(self, which: str, number: str) -> bool:
        return number in {item["number"] for item in self.list(which)}

    def may(self, number: str) -> set[str]:
        """The moves offered."""
        return {move["key"] for move in self.case(number)["moves"]}

    def waits_until(self, so: Callable[[], bool]) -> bool:
        """Messages are delivered beside the request: look again for a few seconds."""
        give_up_at = time.monotonic() + TOLD_WITHIN_S
        while not so():
            if time.monotonic() > give_up_at:
                return False
            time.sleep(0.05)
        return True

    def _key(self, path: str) -> dict[str, str]:
        """The key of the case this is about; without a case, the newest."""
        numbers = list(self.keys)
        about = next((one for one in numbers if f"/cases/{one}" in path), None)
        if "/cases/" in path and about is None:
            return {}
        return {"key": self.keys[about or numbers[-1]]} if numbers else {}


def done(answer: httpx.Response, status: int | None = None) -> Any:
    """The answer's JSON, if it is a success."""
    expected = (status,) if status else (200, 201)
    assert answer.status_code in expected, (
        f"{answer.request.url}: {answer.status_code} {answer.text}"
    )
    return answer.json()


@dataclass(slots=True)
class Street:
    """Everyone one may meet in a town."""

    town: OpenTown
    phones: ExitStack

    def guest(self) -> Person:
        phone = httpx.Client(
            base_url=self.town.base_url, timeout=WAITS_S, trust_env=False, verify=False
        )
        return Person(self.town, self.phones.enter_context(phone))

    def persona(self, role: str) -> Person:
        """Whoever holds this post, signed in on a phone of theirs."""
        person = self.guest()
        signed_in = done(person.http.post(API + "/session/demo", json={"persona": role}))
        person.http.headers["authorization"] = f"Bearer {signed_in['token']}"
        return person

    def raised(self, role: str) -> Person:
        """The same, having shown a second factor just now."""
        person = self.persona(role)
        code = {"otp": paper_code(self.town, role)}
        raised = done(person.http.post(API + "/session/step-up", json=code))
        person.http.headers["authorization"] = f"Bearer {raised['token']}"
        return person


@pytest.fixture
def street(made_town: OpenTown) -> Iterator[Street]:
    """The people of the town, on both databases."""
    with ExitStack() as phones:
        yield Street(made_town, phones)


@pytest.fixture
def sqlite_street(sqlite_town: OpenTown) -> Iterator[Street]:
    """The people of the town on SQLite."""
    with ExitStack() as phones:
        yield Street(sqlite_town, phones)
