"""A file fits in one reading, a function on one screen."""

import ast
from pathlib import Path

from tests.house.tree import at, functions, ours, parsed, python_of, short

LINES_IN_A_FILE = 400
LINES_IN_A_FUNCTION = 40
PARAMETERS_BY_POSITION = 5


def test_no_file_is_longer_than_four_hundred_lines():
    long = {
        short(path): count
        for path in ours(".py", ".js", ".css", ".html", ".sh")
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > LINES_IN_A_FILE
    }
    assert long == {}


def _lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = function.body[1] if ast.get_docstring(function) and function.body[1:] else function
    listings = sum(each.end_lineno - each.lineno for each in function.body if _lists_fields(each))
    return (function.end_lineno or 0) - first.lineno + 1 - listings


def _is_a_sample(path: Path) -> bool:
    """A page's worth of invented words, spelt out."""
    return path.stem.endswith("samples")


def _lists_fields(statement: ast.stmt) -> bool:
    """`return Shape(one=…, two=…)`: long because the shape is, and nothing to follow in it."""
    call = statement.value if isinstance(statement, ast.Return) else None
    return isinstance(call, ast.Call) and not call.args


def test_no_function_is_longer_than_forty_lines():
    long = [
        f"{at(path, function)} {function.name}: {_lines(function)}"
        for path in python_of("server/", "miniapp_api/", "scripts/", "tests/")
        for function in functions(path)
        if _lines(function) > LINES_IN_A_FUNCTION and not _is_a_sample(path)
    ]
    assert long == []


def test_no_function_takes_more_than_five_parameters_by_position():
    wide = [
        f"{at(path, function)} {function.name}"
        for path in python_of("server/", "miniapp_api/")
        for function in functions(path)
        if len(function.args.posonlyargs + function.args.args) > PARAMETERS_BY_POSITION + 1
        or (
            len(function.args.posonlyargs + function.args.args) > PARAMETERS_BY_POSITION
            and function.args.args[0].arg not in ("self", "cls")
        )
    ]
    assert wide == []


def test_every_file_opens_with_what_it_is_for():
    silent = [
        short(path)
        for path in python_of("server/", "miniapp_api/", "tests/")
        if len(ast.get_docstring(parsed(path)) or "") < 20
    ]
    assert silent == []
