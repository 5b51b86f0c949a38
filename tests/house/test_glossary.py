"""One idea, one word: the glossary's, in code as in talk."""

import ast
import re

from tests.house.tree import ROOT, at, parsed, python_of

ROW = re.compile(r"^\| [^|`]+ \| `(\w+)` \| [^|]*\| ?([^|]*)\|$", re.M)
WORDS = ROW.findall((ROOT / "docs/glossary.md").read_text(encoding="utf-8"))
NEVER = {word for _, never in WORDS for word in re.findall(r"`(\w+)`", never)}
EMPTY_WORDS = {"manager", "helper", "helpers", "util", "utils", "misc", "service"}
OF_THE_DOMAIN = {"property_manager"}


def _defined(tree: ast.Module) -> list[tuple[ast.AST, str]]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return [(node, node.name) for node in ast.walk(tree) if isinstance(node, kinds)] + [
        (node, node.arg) for node in ast.walk(tree) if isinstance(node, ast.arg)
    ]


def _words(name: str) -> set[str]:
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
    for kept in OF_THE_DOMAIN:
        spaced = spaced.replace(kept, "")
    return set(spaced.split("_"))


def _named_with(words: set[str]) -> list[str]:
    return [
        f"{at(path, node)} {name}"
        for path in python_of("server/", "miniapp_api/")
        for node, name in _defined(parsed(path))
        if _words(name) & words
    ]


def test_an_idea_has_one_word():
    identifiers = [identifier for identifier, _ in WORDS]
    assert len(identifiers) == len(set(identifiers))


def test_no_name_uses_a_word_the_glossary_refuses():
    assert _named_with(NEVER) == []


def test_no_name_says_nothing():
    assert _named_with(EMPTY_WORDS) == []
