"""What nobody may do by hand, because one place does it for all."""

import ast
from collections.abc import Callable

from tests.house.tree import at, dotted, functions, parsed, python_of, short

CODE = ("server/", "miniapp_api/")
CLOCKS = (
    "server/base/clock.py",
    "server/base/ids.py",  # a key is made when it is made, whatever the tests' clock says
)
FOR_ANYONE = {"list_here"}  # what stands open at a code, by title alone: whoever scans may see it
ASKS_THE_TIME = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "date.today",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
}


def _found(finds: Callable[[ast.AST], bool], *, but: tuple[str, ...] = ()) -> list[str]:
    return [
        at(path, node)
        for path in python_of(*CODE)
        if short(path) not in but
        for node in ast.walk(parsed(path))
        if finds(node)
    ]


def _opens_a_transaction(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom):
        return any(alias.name == "in_transaction" for alias in node.names)
    return isinstance(node, ast.Call) and dotted(node.func).endswith("in_transaction")


def test_only_the_unit_of_work_opens_a_transaction():
    assert _found(_opens_a_transaction, but=("server/base/unit.py",)) == []


def test_only_the_clock_asks_for_the_time():
    asked = _found(
        lambda node: isinstance(node, ast.Call) and dotted(node.func) in ASKS_THE_TIME,
        but=CLOCKS,
    )
    assert asked == []


def test_every_list_is_made_for_a_viewer():
    blind = [
        f"{at(path, function)} {function.name}"
        for path in python_of("server/cases/", "server/people/", "server/overview/")
        for function in functions(path)
        if function.name.startswith(("list_", "count_"))
        and function.name not in FOR_ANYONE
        and "viewer" not in {each.arg for each in function.args.args + function.args.kwonlyargs}
    ]
    assert blind == []


def _swallows(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.ExceptHandler)
        and dotted(node.type or ast.Name("BaseException")) in ("Exception", "BaseException")
        and all(isinstance(each, ast.Pass) for each in node.body)
    )


def test_no_error_is_swallowed():
    assert _found(_swallows) == []


def test_nothing_is_left_for_later():
    marks = ("TO" + "DO", "FIX" + "ME", "XX" + "X")
    left = [
        f"{short(path)}: {mark}"
        for path in python_of(*CODE, "tests/")
        for mark in marks
        if mark in path.read_text(encoding="utf-8")
    ]
    assert left == []
