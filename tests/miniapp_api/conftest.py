"""A phone in the small town on SQLite: what it sends, and the answer as it came."""

import secrets
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from tests.server_process import RunningServer

ENTRANCE = (
    "SELECT c.token FROM code c JOIN place p ON p.id = c.place_id"
    " WHERE p.kind = 'entrance' AND c.status = 'active' ORDER BY p.path LIMIT 1"
)


@dataclass(slots=True)
class Phone:
    """A guest's phone, or one somebody is signed in on."""

    http: httpx.Client
    code: str

    def get(self, path: str, **query: Any) -> httpx.Response:
        return self.http.get(f"/m/v1{path}", params=query)

    def post(self, path: str, body: Any, *, key: str | None = None, **query: Any) -> httpx.Response:
        headers = {"idempotency-key": key or secrets.token_urlsafe(16)}
        return self.http.post(f"/m/v1{path}", json=body, headers=headers, params=query)

    def photo(self, content: bytes, *, key: str | None = None) -> httpx.Response:
        headers = {"idempotency-key": key or secrets.token_urlsafe(16)}
        files = {"photo": ("a.jpg", content, "image/jpeg")}
        return self.http.post("/m/v1/photos", files=files, headers=headers)

    def report(self, *, key: str | None = None, **said: Any) -> httpx.Response:
        """A report at the entrance; a lamp is out, unless something else is said."""
        lamp = {"flow": "report", "code": self.code, "text": "楼道灯坏了"}
        return self.post("/cases", lamp | said, key=key)

    def move(self, number: str, move: str, *, version: int, **given: Any) -> httpx.Response:
        body = {"seen_version": version, "given": given}
        return self.post(f"/cases/{number}/moves/{move}", body)


@pytest.fixture(scope="session")
def entrance_code(town: RunningServer) -> str:
    """The token on the sign of the first entrance."""
    reading = sqlite3.connect(f"file:{town.data_dir}/mashang.db?mode=ro", uri=True)
    try:
        return str(reading.execute(ENTRANCE).fetchone()[0])
    finally:
        reading.close()


@pytest.fixture
def phone(base_url: str, entrance_code: str) -> Iterator[Phone]:
    """A guest's phone."""
    with httpx.Client(base_url=base_url, timeout=30, trust_env=False, verify=False) as client:
        yield Phone(client, entrance_code)


@pytest.fixture
def signed_in(phone: Phone, base_url: str) -> Iterator[Any]:
    """Signs a persona in on a phone of their own: signed_in("grid_worker")."""
    clients: list[httpx.Client] = []

    def enter(persona: str) -> Phone:
        token = phone.post("/session/demo", {"persona": persona}).json()["token"]
        client = httpx.Client(
            base_url=base_url,
            timeout=30,
            trust_env=False,
            verify=False,
            headers={"authorization": f"Bearer {token}"},
        )
        clients.append(client)
        return Phone(client, phone.code)

    yield enter
    for client in clients:
        client.close()
