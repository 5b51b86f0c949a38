"""A function with one clause of it left out: made from its source, put in its place.

Left out are, one at a time: what stands in an `and` or an `or`, a filter of a comprehension, a
guard that only leaves, the hidden side of a choice, a mask, a term of a WHERE in SQL, a column by
which a write finds its rows.
"""

import ast
import inspect
import re
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from types import FunctionType, ModuleType

_NOTHING = ("UNSET", "''", "'title'", "[]", "None", "()", "{}", "0")
_HOLE = "\x00{}\x00"


@dataclass(frozen=True, slots=True)
class Spoilt:
    """One function, and its code with one clause left out."""

    function: FunctionType
    without: str
    tree: ast.Module

    @property
    def name(self) -> str:
        return f"{self.function.__module__}.{self.function.__qualname__} without {self.without}"

    @contextmanager
    def in_place(self) -> Iterator[None]:
        """Whoever imported the function calls the spoilt one."""
        sound = self.function.__code__
        self.function.__code__ = _code(self.tree, self.function)
        try:
            yield
        finally:
            self.function.__code__ = sound


@contextmanager
def set_to(thing: object, name: str, value: object) -> Iterator[None]:
    """This field of a frozen thing is another, until the block ends."""
    sound = getattr(thing, name)
    object.__setattr__(thing, name, value)
    try:
        yield
    finally:
        object.__setattr__(thing, name, sound)


def functions_of(module: ModuleType) -> Iterator[FunctionType]:
    """The functions written in this module, those of its classes too."""
    holders = [module, *(one for one in vars(module).values() if inspect.isclass(one))]
    for holder in holders:
        for each in vars(holder).values():
            own = isinstance(each, FunctionType) and each.__module__ == module.__name__
            if own and not hasattr(each, "__wrapped__") and not each.__name__.startswith("__"):
                yield each


def spoilt(function: FunctionType) -> Iterator[Spoilt]:
    """The function without each of its clauses, one at a time."""
    source = textwrap.dedent(inspect.getsource(function))
    sound = ast.parse(source)
    places = list(ast.walk(sound))
    inside = {id(part) for one in places if isinstance(one, ast.JoinedStr) for part in one.values}
    for nth, place in enumerate(places):
        if id(place) in inside:
            continue
        for cut in range(len(_parts_of(place))):
            tree = ast.parse(source)
            node = list(ast.walk(tree))[nth]
            without = _leave_out(tree, node, cut)
            yield Spoilt(function, without, ast.fix_missing_locations(tree))


def _parts_of(node: ast.AST) -> list[str]:
    """What can be left out at this place."""
    if isinstance(node, ast.BoolOp):
        return [] if ast.unparse(node.values[-1]) in _NOTHING else _unparsed(node.values)
    if isinstance(node, ast.comprehension):
        return _unparsed(node.ifs)
    if isinstance(node, ast.If) and _only_leaves(node):
        return _unparsed([node.test])
    if isinstance(node, ast.IfExp) and ast.unparse(node.orelse) in _NOTHING:
        test = ast.unparse(node.test)
        return [] if test in ast.unparse(node.body) else [test]  # of a value that may be lacking
    if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("seal.mask_"):
        return _unparsed([node.func])
    if isinstance(node, ast.keyword) and node.arg == "where":
        found = node.value.keys if isinstance(node.value, ast.Dict) else []
        return _unparsed(found) if len(found) > 1 else []
    if isinstance(node, ast.JoinedStr | ast.Constant):
        text = _written(node)
        return [text[start:end] for start, end, _ in _clauses(text)]
    return []


def _unparsed(nodes: list[ast.expr]) -> list[str]:
    return [ast.unparse(one) for one in nodes]


def _only_leaves(node: ast.If) -> bool:
    return not node.orelse and isinstance(node.body[-1], ast.Return | ast.Raise | ast.Continue)


def _leave_out(tree: ast.Module, node: ast.AST, cut: int) -> str:
    """Do it, and say what is missing."""
    without = " ".join(_parts_of(node)[cut].replace("\x00", "").split())
    if isinstance(node, ast.BoolOp):
        del node.values[cut]
        if len(node.values) == 1:
            _put(tree, node, node.values[0])
    elif isinstance(node, ast.If):
        node.test = ast.Constant(False)
    elif isinstance(node, ast.IfExp):
        _put(tree, node, node.body)
    elif isinstance(node, ast.Call):
        _put(tree, node, node.args[0])
    elif isinstance(node, ast.comprehension | ast.keyword):
        _drop(node, cut)
    elif isinstance(node, ast.JoinedStr | ast.Constant):
        text = _written(node)
        start, end, is_and = _clauses(text)[cut]
        always = " OR 1 = 1" if is_and else " AND 1 = 0"
        _put(tree, node, _read(f"{text[:start]}({text[start:end]}{always}){text[end:]}", node))
    return without


def _drop(node: ast.comprehension | ast.keyword, cut: int) -> None:
    """A filter, or a column with what it must be."""
    if isinstance(node, ast.comprehension):
        del node.ifs[cut]
    else:
        del node.value.keys[cut], node.value.values[cut]


def _clauses(text: str) -> list[tuple[int, int, bool]]:
    """The terms of every WHERE, AND and OR in a piece of SQL: from, to, and whether it narrows."""
    joints = list(re.finditer(r" (AND|OR) ", text))
    starts = [0, *(joint.end() for joint in joints)]
    ends = [*(joint.start() for joint in joints), len(text)]
    found = []
    if not joints and "WHERE " not in text:
        return []
    for nth, (start, end) in enumerate(zip(starts, ends, strict=True)):
        begins, ends_at = _trimmed(text, start, end)
        before = nth and (begins == start or nth == len(joints))
        joint = joints[nth - 1 if before else nth][1] if joints else "AND"
        term = text[begins:ends_at]
        # Where a list goes on, and how tables belong together, grants nothing.
        if term.strip() and "_at" not in term and "r.no = 0" not in term and "JOIN" not in term:
            found.append((begins, ends_at, joint == "AND"))
    return found


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without what stands before WHERE, after it, and brackets that close elsewhere."""
    if (where := text.rfind("WHERE ", start, end)) >= 0:
        start = where + len("WHERE ")
    for after in (" GROUP BY", " ORDER BY"):
        if (found := text.find(after, start, end)) >= 0:
            end = found
    while text[start:end].startswith("(") and text.count("(", start, end) > text.count(
        ")", start, end
    ):
        start += 1
    while text[start:end].endswith(")") and text.count(")", start, end) > text.count(
        "(", start, end
    ):
        end -= 1
    return start, end


def _written(node: ast.AST) -> str:
    """The text of a string, with a hole for each value put into it."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) and "\n\n" not in node.value else ""
    parts = node.values if isinstance(node, ast.JoinedStr) else []
    return "".join(
        one.value if isinstance(one, ast.Constant) else _HOLE.format(nth)
        for nth, one in enumerate(parts)
    )


def _read(text: str, node: ast.AST) -> ast.expr:
    """The string again, its holes filled with the values that are left."""
    pieces = text.split("\x00")
    values = node.values if isinstance(node, ast.JoinedStr) else []
    return ast.JoinedStr(
        [values[int(one)] if nth % 2 else ast.Constant(one) for nth, one in enumerate(pieces)]
    )


def _put(tree: ast.Module, old: ast.AST, new: ast.AST) -> None:
    class Putting(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> ast.AST:
            return new if node is old else self.generic_visit(node)

    Putting().visit(tree)


@cache
def _code(tree: ast.Module, function: FunctionType):
    """Compiled as it stands in its module; once, for it is put in place before every question."""
    made: dict = {}
    tree.body[0].decorator_list = []
    exec(compile(tree, function.__code__.co_filename, "exec"), function.__globals__, made)
    return made[function.__name__].__code__
