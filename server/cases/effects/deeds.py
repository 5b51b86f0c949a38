"""Deeds and questions by name: what a flow asks of features, answered by functions from above.

A deed adds rows to the same unit as the move that named it. `server/wiring.py` hands the table in;
the start refuses unless the names used and the names wired are the same.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from server import flows
from server.base.unit import Unit
from server.base.viewer import Viewer
from server.cases.record.files import CaseFile


@dataclass(frozen=True, slots=True)
class DeedCall:
    """One deed to do: in which unit, for which case as it was read, by whom, with what given."""

    unit: Unit
    case: CaseFile
    given: Mapping[str, Any]
    by: Viewer
    now: datetime


# What a deed returns are columns of the case that only it knows.
DeedFunction = Callable[[DeedCall], Awaitable[dict[str, Any]]]
QuestionFunction = Callable[[CaseFile], Awaitable[Any]]


@dataclass(slots=True)
class _Wired:
    deeds: Mapping[str, DeedFunction] = field(default_factory=dict)
    questions: Mapping[str, QuestionFunction] = field(default_factory=dict)


class NotWired(RuntimeError):
    """A flow names what nobody has wired, or somebody wired what no flow names."""


_table = _Wired()


def wire(deeds: Mapping[str, DeedFunction], questions: Mapping[str, QuestionFunction]) -> None:
    """Take the table of names. Raises NotWired unless it has exactly the names the flows use."""
    used = {name for flow in flows.FLOWS.values() for name in flows.deeds_of(flow)}
    asked = {name for flow in flows.FLOWS.values() for name in flows.questions_of(flow)}
    for kind, wanted, given in (("deed", used, deeds), ("question", asked, questions)):
        if wanted != set(given):
            lacking, idle = sorted(wanted - set(given)), sorted(set(given) - wanted)
            raise NotWired(f"{kind}s lacking: {lacking}; wired but not used: {idle}")
    _table.deeds, _table.questions = dict(deeds), dict(questions)


async def do(name: str, call: DeedCall) -> dict[str, Any]:
    """Do one deed. Raises NotWired where the start forgot to wire."""
    deed = _table.deeds.get(name)
    if deed is None:
        raise NotWired(f"nobody has wired the deed {name}")
    return await deed(call)


async def answers(case: CaseFile) -> dict[str, Any]:
    """The answers to the questions this kind of case asks."""
    return {name: await _table.questions[name](case) for name in _asked(case.flow)}


@cache
def _asked(flow: str) -> tuple[str, ...]:
    return tuple(sorted(flows.questions_of(flows.FLOWS[flow])))
