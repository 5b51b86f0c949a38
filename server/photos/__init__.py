"""Photos: taken in, made upright and clean in a process of their own, kept under their hash.

A photo is put up first (`keep`) and attached later (`claim`, perhaps `stamp`, then `attach` in the
unit that writes the case). Who may see an attached photo is not decided here.
"""

from server.photos.actions import (
    MAX_PHOTOS,
    attach,
    claim,
    copies,
    evidence_lines,
    forget_plain,
    forget_talked,
    keep,
    stamp,
    sweep,
)
from server.photos.darkroom.terms import FONT_FILE, MAX_BYTES, MAX_PIXELS
from server.photos.errors import (
    NoRoomForPhotos,
    PhotoGone,
    PhotoNotTheirs,
    PhotoTooLarge,
    PhotoTypeUnknown,
    PhotoUnreadable,
    TooManyPhotos,
)
from server.photos.queries import (
    KeptPhoto,
    Picture,
    find_photo,
    find_photos,
    picture,
    read,
    unattached,
)
from server.photos.studio import close_studio, open_studio
from server.photos.workers import Limits

__all__ = [
    "FONT_FILE",
    "MAX_BYTES",
    "MAX_PHOTOS",
    "MAX_PIXELS",
    "KeptPhoto",
    "Limits",
    "NoRoomForPhotos",
    "PhotoGone",
    "PhotoNotTheirs",
    "PhotoTooLarge",
    "PhotoTypeUnknown",
    "PhotoUnreadable",
    "Picture",
    "TooManyPhotos",
    "attach",
    "claim",
    "close_studio",
    "copies",
    "evidence_lines",
    "find_photo",
    "find_photos",
    "forget_plain",
    "forget_talked",
    "keep",
    "open_studio",
    "picture",
    "read",
    "stamp",
    "sweep",
    "unattached",
]
