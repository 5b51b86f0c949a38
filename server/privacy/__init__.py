"""A person everywhere: a copy of all that is theirs, and erasing it, across every feature."""

from server.privacy.copies import CaseCopy, MoveCopy, OwnCopy, SessionCopy, copy_of
from server.privacy.erasing import erase, finish_erasures
from server.privacy.sheets import FILE, as_csv, as_json

__all__ = [
    "FILE",
    "CaseCopy",
    "MoveCopy",
    "OwnCopy",
    "SessionCopy",
    "as_csv",
    "as_json",
    "copy_of",
    "erase",
    "finish_erasures",
]
