"""The phone API is what its document says: sent what it allows and what it forbids, it answers so.

Chance makes the requests, from the document alone and from what is true in the town. No answer is a
failure of ours; every status, kind, header and shape is one that the document declares; what it
forbids is refused. The same requests are made every time; `--faults` makes many more.
"""

import json
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.core import NOT_SET
from schemathesis.schemas import APIOperation

from tests.fuzz.reality import Reality, a_photo, look_at
from tests.house.tree import ROOT
from tests.journeys.town_client import API, a_key
from tests.server_process import StartServer

load_all_checks()
PROMISES = CHECKS.get_by_names(
    [
        "status_code_conformance",
        "content_type_conformance",
        "response_headers_conformance",
        "response_schema_conformance",
        "negative_data_rejection",
    ]
)
NOT_CONNECTED = "sms-not-configured"  # the one 503 that is no trouble: there is no provider here
SHORT, LONG = 25, 400
OPERATIONS = [
    found.ok()
    for found in schemathesis.openapi.from_dict(
        json.loads((ROOT / "docs/openapi.json").read_text(encoding="utf-8"))
    ).get_all_operations()
]
# Who one is matters nothing at the door.
CALLS = [
    pytest.param(each, actor, id=f"{each.label} as {actor}")
    for each in OPERATIONS
    for actor in ("guest", "grid_worker")
    if actor == "guest" or "/session/" not in each.path
]


@pytest.fixture(scope="module")
def reality(start_server: StartServer) -> Reality:
    """A small demo town of one's own: nobody else has to live with what is sent here."""
    return look_at(start_server().base_url)


@st.composite
def _cases(draw: st.DrawFn, operation: APIOperation, reality: Reality) -> Case:
    """A request the document allows, some of it true; or one of those it forbids, if it does."""
    forbids = bool(operation.body or operation.query)
    modes = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE][: 1 + forbids]
    mode = draw(st.sampled_from(modes))
    case: Case = draw(operation.as_strategy(mode))
    return reality.put_into(case, draw) if mode is GenerationMode.POSITIVE else case


def _signed_in(reality: Reality, actor: str) -> dict[str, str]:
    if actor == "guest":
        return {}
    told = requests.post(f"{reality.base_url}{API}/session/demo", json={"persona": actor})
    return {"authorization": f"Bearer {told.json()['token']}"}


def _is_trouble(answer: requests.Response) -> bool:
    """Ours, not the caller's."""
    return answer.status_code >= 500 and answer.json().get("code") != NOT_CONNECTED


@pytest.mark.parametrize(("operation", "actor"), CALLS)
def test_every_answer_is_one_that_the_document_declares(
    reality: Reality, operation: APIOperation, actor: str, long_form: bool
) -> None:
    headers, phone = _signed_in(reality, actor), requests.Session()

    @settings(
        max_examples=LONG if long_form else SHORT,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=_cases(operation, reality))
    def answered(case: Case) -> None:
        answer = case.call(base_url=reality.base_url, session=phone, headers=headers)
        assert not _is_trouble(answer), answer.text
        case.validate_response(answer, checks=PROMISES)

    with phone:
        answered()


class Caller:
    """Someone who asks as the document says one may, and looks at every answer."""

    def __init__(self, reality: Reality, actor: str) -> None:
        self._base_url, self._headers = reality.base_url, _signed_in(reality, actor)

    def __call__(self, label: str, *, body: Any = NOT_SET, **given: Any) -> requests.Response:
        """The answer, if it is what the document declares. Path and query by name."""
        operation = next(each for each in OPERATIONS if each.label == label)
        named = {name: given.pop(name) for name in list(given) if f"{{{name}}}" in label}
        case = operation.Case(path_parameters=named, query=given, body=body)
        key = {"idempotency-key": a_key()}
        answer = case.call(base_url=self._base_url, headers=self._headers | key)
        case.validate_response(answer, checks=PROMISES)
        return answer


def test_the_main_job_is_answered_in_the_declared_shapes(reality: Reality) -> None:
    guest, worker = Caller(reality, "guest"), Caller(reality, "grid_worker")
    sign, photo = reality.known["code"][0], a_photo(reality.base_url)
    report = {"flow": "report", "code": sign, "text": "路灯不亮", "photos": [photo]}
    look = {"seen_version": 1, "given": {"text": "马上去。"}}
    moves = "POST /m/v1/cases/{number}/moves/{move}"

    opened = guest("POST /m/v1/cases", body=report).json()
    number, key = opened["number"], opened["key"]
    answers = [
        guest("GET /m/v1/codes/{token}", token=sign),
        guest("GET /m/v1/cases", list="here", code=sign),
        guest("GET /m/v1/cases", list="mine", key=key),
        guest("GET /m/v1/cases/{number}", number=number, key=key),
        guest("GET /m/v1/photos/{photo_id}", photo_id=photo, key=key),
        guest(
            "POST /m/v1/cases/{number}/second",
            number=reality.known["number"][-1],
            body={"code": sign},
        ),
        worker("GET /m/v1/cases", list="todo"),
        worker("GET /m/v1/cases", list="mine"),
        worker(moves, number=number, move="accept", body=look),
        worker(moves, number=number, move="accept", body=look),
        worker("GET /m/v1/cases/{number}", number=number),
        worker("DELETE /m/v1/session"),
    ]

    assert [answer.status_code for answer in answers] == [200] * 9 + [409, 200, 204]
