"""The words of the pages: one file, `static/i18n/zh-CN.json`; a key that is not there is loud."""

from pathlib import Path

import msgspec
from markupsafe import Markup, escape


class MissingWord(KeyError):
    """A page asks for words nobody has written."""


class Words:
    """Look up by key: `words("report.receipt.title")`, with values by name where wanted."""

    def __init__(self, entries: dict[str, str]) -> None:
        self.entries = entries
        self._safe = {key: escape(text) for key, text in entries.items()}

    def __call__(self, key: str, **values: object) -> Markup:
        """The words, safe to put in a page; values are escaped unless they are markup."""
        text = self._safe.get(key)
        if text is None:
            raise MissingWord(key)
        return text.format(**values) if values else text

    def plain(self, key: str, **values: object) -> str:
        """The same as plain text, for sentences that are not put into a page."""
        if key not in self.entries:
            raise MissingWord(key)
        return self.entries[key].format(**values)

    def group(self, prefix: str) -> dict[str, str]:
        """Every entry under a prefix, for the few scripts that speak."""
        found = {key: text for key, text in self.entries.items() if key.startswith(prefix)}
        if not found:
            raise MissingWord(prefix)
        return found


def read_words(path: Path) -> Words:
    """Read the file once, at start."""
    return Words(msgspec.json.decode(path.read_bytes(), type=dict[str, str]))
