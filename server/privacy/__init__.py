"""A person everywhere: a copy of all that is theirs, and erasing it, across every feature."""

from server.privacy.copies import OwnCopy, copy_of
from server.privacy.erasing import erase, erase_again, finish_erasures
from server.privacy.outside import keep_erasures_in
from server.privacy.sheets import CopyQuery, as_csv, as_file, as_json

__all__ = [
    "CopyQuery",
    "OwnCopy",
    "as_csv",
    "as_file",
    "as_json",
    "copy_of",
    "erase",
    "erase_again",
    "finish_erasures",
    "keep_erasures_in",
]
