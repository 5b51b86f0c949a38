"""Photos: taken in, made upright and clean in a process of their own, kept under their hash.

A photo is put up first (`keep`) and attached later (`claim`, perhaps `stamp`, then `attach` in the
unit that writes the case). Who may see an attached photo is not decided here.
"""

from server.photos.actions import (
    MAX_PHOTOS,
    attach,
    blotted,
    claim,
    copies,
    copy_lines,
    drop_copy,
    evidence_lines,
    forget,
    forget_plain,
    forget_talked,
    give_up,
    keep,
    put_copy,
    stamp,
    sweep,
)
from server.photos.bringing import PastPhoto, Sample, bring_in
from server.photos.darkroom.letters import Letters
from server.photos.darkroom.terms import FONT_FILES, MAX_BYTES
from server.photos.errors import (
    NoRoomForPhotos,
    PhotoGone,
    PhotoNotTheirs,
    PhotoTooLarge,
    PhotoTypeUnknown,
    PhotoUnreadable,
    TooManyPhotos,
    said_where_needed,
)
from server.photos.queries import KeptPhoto, find_photo, find_photos, picture, read, unattached
from server.photos.studio import close_studio, open_studio
from server.photos.workers import Limits

__all__ = [
    "FONT_FILES",
    "MAX_BYTES",
    "MAX_PHOTOS",
    "KeptPhoto",
    "Letters",
    "Limits",
    "NoRoomForPhotos",
    "PastPhoto",
    "PhotoGone",
    "PhotoNotTheirs",
    "PhotoTooLarge",
    "PhotoTypeUnknown",
    "PhotoUnreadable",
    "Sample",
    "TooManyPhotos",
    "attach",
    "blotted",
    "bring_in",
    "claim",
    "close_studio",
    "copies",
    "copy_lines",
    "drop_copy",
    "evidence_lines",
    "find_photo",
    "find_photos",
    "forget",
    "forget_plain",
    "forget_talked",
    "give_up",
    "keep",
    "open_studio",
    "picture",
    "put_copy",
    "read",
    "said_where_needed",
    "stamp",
    "sweep",
    "unattached",
]
