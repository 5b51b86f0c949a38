"""Which face draws a letter: the first of several that has it.

The first is made of Latin-1 and GB 2312, which nobody has to open it for; the others have what is
rare, and are opened when something rare comes.
"""

from collections.abc import Sequence
from functools import cached_property
from itertools import groupby


class Letters:
    """The letters of some font files, in the order in which they are asked."""

    def __init__(self, files: Sequence[str]) -> None:
        self.files = tuple(files)
        self._faces: dict[str, int | None] = {}

    def lacking(self, text: str) -> str:
        """The letters of the text that no face has, each once."""
        return "".join(dict.fromkeys(one for one in text if self._face(one) is None))

    def pieces(self, text: str) -> list[tuple[str, str]]:
        """The text in pieces, each with the file that draws it.

        What no face has goes to the first, which draws an empty box: ask `lacking` before.
        """
        runs = groupby(text, key=lambda one: self._face(one) or 0)
        return [(self.files[face], "".join(run)) for face, run in runs]

    def _face(self, letter: str) -> int | None:
        if letter not in self._faces:
            self._faces[letter] = 0 if _is_plain(letter) else self._found(letter)
        return self._faces[letter]

    def _found(self, letter: str) -> int | None:
        having = (nth for nth, known in enumerate(self._known) if ord(letter) in known)
        return next(having, None)

    @cached_property
    def _known(self) -> list[frozenset[int]]:
        # Few names have a rare letter, and loading what reads fonts takes a fifth of a second.
        from fontTools.ttLib import TTFont

        found = []
        for file in self.files:
            with TTFont(file, lazy=True) as font:
                found.append(frozenset(font.getBestCmap()))
        return found


def _is_plain(letter: str) -> bool:
    if ord(letter) < 0x100:
        return letter.isprintable()
    try:
        return len(letter.encode("gb2312")) > 1
    except UnicodeEncodeError:
        return False
