"""No page lacks a word, and no word lies about unused."""

import re
from pathlib import Path

import pytest

from server.pages.rendering import STATIC, TEMPLATES, Face
from server.pages.words import MissingWord, Words

CODE = Path("server/pages")
LITERAL = re.compile(r"""\b(?:w|words|plain|say_to)\(\s*f?["']([a-z_0-9.]+)["']\s*[,)]""")
EITHER = re.compile(r"""w\('([a-z_.]+)' if .*? else '([a-z_.]+)'""")
PREFIX = re.compile(r"""["']([a-z_0-9.]+\.)["'] ~|f"([a-z_]+\.)\{|\.group\("([a-z]+\.)"\)""")
NAMED = re.compile(
    r"""aria-label="\{\{ w\('([a-z_.]+)'[^>]*>"""
    r"""(?:\{\{ ui\.icon[^}]*\}\})?\{\{ w\('([a-z_.]+)'\) \}\}<"""
)
SAID = re.compile(r"""say\('([a-z_]+)'""")


def _sources() -> str:
    files = [*TEMPLATES.rglob("*.html"), *(STATIC.parent / CODE).glob("*.py")]
    return "\n".join(file.read_text("utf-8") for file in files)


def _said_by_scripts() -> set[str]:
    return {
        "js." + key
        for file in (STATIC / "js").glob("*.js")
        for key in SAID.findall(file.read_text("utf-8"))
    }


def _asked_for() -> set[str]:
    text = _sources()
    either = {key for pair in EITHER.findall(text) for key in pair}
    return set(LITERAL.findall(text)) | either | _said_by_scripts()


def _prefixes() -> tuple[str, ...]:
    found = {part for match in PREFIX.findall(_sources()) for part in match if part}
    return tuple(found - {"js."})


def test_every_word_a_page_asks_for_is_written(face: Face) -> None:
    assert _asked_for() - set(face.words.entries) == set()


def test_every_word_written_is_asked_for(face: Face) -> None:
    asked, prefixes = _asked_for(), _prefixes()
    assert [
        key for key in face.words.entries if key not in asked and not key.startswith(prefixes)
    ] == []


def test_the_words_use_full_width_punctuation(face: Face) -> None:
    half_width = re.compile(r"[一-鿿][,;:?!()]|[,;:?!()][一-鿿]")
    assert [key for key, text in face.words.entries.items() if half_width.search(text)] == []


def test_what_a_button_shows_is_part_of_what_it_is_called(face: Face) -> None:
    """Whoever steers by voice says what they see."""
    words, pairs = face.words.entries, NAMED.findall(_sources())
    assert len(pairs) > 5
    assert [called for called, shown in pairs if words[shown] not in words[called]] == []


def test_a_missing_word_is_loud() -> None:
    with pytest.raises(MissingWord):
        Words({})("nobody.wrote.this")


def test_a_value_put_into_words_cannot_become_markup() -> None:
    assert Words({"a": "{name}好"})("a", name="<b>") == "&lt;b&gt;好"
