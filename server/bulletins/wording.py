"""From what a clerk types to what may stand on a page: paragraphs, headings, lists, and no more.

Two walls, one behind the other: the reader of markup takes every tag that is typed for plain text,
and what it makes is cleaned against a short list of tags. Only what comes out of here is stored.
"""

import re

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = {"p", "br", "h2", "h3", "ul", "ol", "li", "strong", "em", "a"}
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
# Scripts' and styles' words are nothing to read; of everything else the words stay.
DROPPED_WHOLE = {"script", "style", "template", "svg", "math", "iframe", "object", "noscript"}
SCHEMES = {"http", "https", "tel"}
_ADDRESS = re.compile(r"(?:https?://|tel:)[\x21-\x7e]{1,500}", re.ASCII)
_START = re.compile(r"[0-9]{1,4}", re.ASCII)

# Each line typed is a line shown; what is set in by spaces is no code; a tag is plain text.
_READER = MarkdownIt("zero", {"html": False, "breaks": True}).enable(
    ["heading", "list", "emphasis", "link", "newline", "escape"]
)


def written(source: str) -> str:
    """The markup of what was typed, cleaned."""
    tokens = _READER.parse(source)
    for token in tokens:
        _lower(token)
    return clean(_READER.renderer.render(tokens, _READER.options, {}))


def clean(markup: str) -> str:
    """Only tags and attributes of the short list, nothing that runs, loads or looks different."""
    return nh3.clean(
        markup,
        tags=TAGS,
        clean_content_tags=DROPPED_WHOLE,
        attributes=ATTRIBUTES,
        attribute_filter=_kept,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )


def _lower(token: Token) -> None:
    """The title is the page's first heading, so the largest one in the text is the second."""
    if token.type in ("heading_open", "heading_close"):
        token.tag = "h2" if token.tag == "h1" else "h3"


def _kept(tag: str, attribute: str, value: str) -> str | None:
    """The value where it is what we expect; None leaves the attribute out."""
    if attribute == "href":
        return value if _ADDRESS.fullmatch(value) else None
    if attribute == "start":
        return value if _START.fullmatch(value) else None
    return value if (tag, attribute) == ("a", "rel") else None
