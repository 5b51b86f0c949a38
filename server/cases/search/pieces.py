"""What a case can be found by: every two neighbouring characters, where it lies, whose it is.

Chinese is written without blanks, so words are cut into pieces of two; what has all the pieces of
a word has mostly the word, and is looked at. Signs between words are no part of any piece. Capital
letters are small ones, as a comparison by LIKE has them on SQLite.
"""

import re
from collections.abc import Iterable
from hashlib import blake2b
from string import ascii_lowercase, ascii_uppercase
from uuid import UUID

from server.base.viewer import Viewer
from server.cases.sight.relations import unit_ids
from server.cases.sight.scope import watched
from server.places import ancestry

OPEN = "open"  # of a case that is not ended
_RUN = re.compile(r"[^\W_]+")
_SMALL = str.maketrans(ascii_uppercase, ascii_lowercase)


def pieces(*texts: str) -> list[str]:
    """Every two neighbouring letters or digits; none of a text that has no two together."""
    runs = [run for text in texts for run in _RUN.findall(text.translate(_SMALL))]
    found = (run[at : at + 2] for run in runs for at in range(len(run) - 1))
    return list(dict.fromkeys(found))


def marks_of_case(path: str, hands: Iterable[UUID], *, live: bool) -> list[str]:
    """What `marks_of_viewer` are looked for among: each area it lies in, each post and unit that
    ever had it. Longer than a piece, so that they are none.
    """
    areas = [_mark(one.encode()) for one in ancestry(path)]
    held = sorted({_mark(one.bytes) for one in hands})
    return [*areas, *held, *([OPEN] if live else [])]


def marks_of_viewer(viewer: Viewer) -> list[str]:
    """A case they may see has one of these."""
    hands = sorted({*viewer.post_ids, *unit_ids(viewer.posts)})
    areas = [path.encode() for path in watched(viewer)]
    return [_mark(one) for one in (*areas, *(hand.bytes for hand in hands))]


def _mark(what: bytes) -> str:
    return blake2b(what, digest_size=6).hexdigest()
