"""How much of a case someone sees: one of five lenses, by their relations to it.

own: the raiser, everything of theirs. work: who handles it; the raiser hidden where concealed.
progress: who joined; states and public notes, no words or photos of the raiser. bare: delegates.
title: that there is such a case.
"""

from server.base.viewer import Viewer
from server.cases.record.files import CaseFile
from server.cases.sight.relations import relations
from server.flows import FLOWS

LENSES = ("own", "work", "progress", "bare", "title")  # widest first
PARTY_LENS = "work"  # who held it before still sees it


def lens_of(case: CaseFile, viewer: Viewer) -> str | None:
    """The widest lens of the viewer's relations; None if it is not theirs to see."""
    sees = FLOWS[case.flow].sees
    words = relations(case, viewer)
    found = {sees[word] for word in words if word in sees}
    if "party" in words:
        found.add(PARTY_LENS)
    return next((lens for lens in LENSES if lens in found), None)


def sees_raiser(case: CaseFile, lens: str) -> bool:
    """Whether this lens shows who raised it, masked: never where the raiser is concealed."""
    return lens == "own" or (lens == "work" and not case.conceal)


def sees_words(lens: str) -> bool:
    """Whether this lens shows the raiser's own words and photos."""
    return lens in ("own", "work")
