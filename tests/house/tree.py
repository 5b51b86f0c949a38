"""The checkout as the house rules see it: its Python files, parsed once, and its texts."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = ("static/vendor/", "tests/browser/vendor/", "server/migrations/")


@cache
def ours(*suffixes: str) -> tuple[Path, ...]:
    """Every file in version control or about to be, with one of these suffixes, that we wrote."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\n")
    return tuple(
        ROOT / name
        for name in sorted(filter(None, listed))
        if name.endswith(suffixes) and not name.startswith(NOT_OURS) and (ROOT / name).is_file()
    )


def python_of(*folders: str) -> tuple[Path, ...]:
    """Our Python files below these folders of the checkout."""
    return tuple(path for path in ours(".py") if short(path).startswith(folders))


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def at(path: Path, node: ast.AST) -> str:
    return f"{short(path)}:{getattr(node, 'lineno', 0)}"


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [
        node
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def dotted(node: ast.AST) -> str:
    """`datetime.now` for that expression, an empty string for anything that is not a name."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""
