"""What every refusal must be: a problem with a clear Chinese sentence, whatever was sent."""

import re
from typing import Any

import httpx

_CHINESE_SENTENCE = re.compile(r"[\u4e00-\u9fff].*[。？！]$", re.DOTALL)
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MEMBERS = {"type", "title", "status", "detail", "code", "instance"}
_LEAKS = ("Traceback", "sqlite", "asyncpg", "msgspec", "Expected `", "site-packages")
LONGEST_SENTENCE = 200


def problem(answer: httpx.Response, *statuses: int) -> dict[str, Any]:
    """The refusal, if it is one of these statuses and says what went wrong as it should."""
    assert answer.status_code in statuses, f"{answer.status_code}: {answer.text[:500]}"
    assert answer.headers["content-type"].split(";")[0] == "application/problem+json"
    said: dict[str, Any] = answer.json()
    assert said.keys() >= _MEMBERS
    assert said["status"] == answer.status_code
    assert _CODE.fullmatch(said["code"])
    assert _CHINESE_SENTENCE.search(said["detail"]), said
    assert len(said["detail"]) <= LONGEST_SENTENCE
    assert not [leak for leak in _LEAKS if leak in answer.text]
    for wrong in said.get("errors", []):
        assert wrong["field"]
        assert _CODE.fullmatch(wrong["code"])
        assert _CHINESE_SENTENCE.search(wrong["detail"]), wrong
    return said


def fields_of(said: dict[str, Any]) -> set[str]:
    """The fields a refusal names."""
    return {wrong["field"] for wrong in said.get("errors", [])}


def calm(answer: httpx.Response) -> httpx.Response:
    """Either it succeeded, or it was refused as it should; never a failure of ours."""
    if answer.status_code >= 300:
        problem(answer, 400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 429)
    return answer
