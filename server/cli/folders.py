"""Before anything is opened: every folder and file a town writes to is there and lets us in."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from server.base import schema
from server.settings import Settings, SettingsError

_SQLITE = b"SQLite format 3\0"


def make_folders(chosen: Settings) -> None:
    """Make those that are missing, what is sealed or private readable by its owner alone.

    Raises SettingsError with the variable to change.
    """
    _folder("MASHANG_DATA_DIR", chosen.data_dir, mode=0o700)
    _folder("MASHANG_SECRETS_DIR", chosen.secrets_dir, mode=0o700)
    outside = {
        "MASHANG_ANCHORS_FILE": chosen.anchors_file,
        "MASHANG_ERASURES_FILE": chosen.erasures_file,
    }
    for variable, file in outside.items():
        _folder(variable, file.parent, mode=0o700)
        _file(variable, file)
    if (path := schema.sqlite_path(chosen.database_url)) is not None:
        _folder("MASHANG_DATABASE_URL", Path(path).parent)
        _file("MASHANG_DATABASE_URL", Path(path), begins=_SQLITE)
    stores = {"MASHANG_PHOTOS_URL": chosen.photos_url, "MASHANG_PRINTS_URL": chosen.prints_url}
    for variable, url in stores.items():
        if url.startswith("file:"):
            _folder(variable, Path(unquote(urlsplit(url).path)))


def _folder(variable: str, path: Path, *, mode: int = 0o777) -> None:
    try:
        path.mkdir(mode=mode, parents=True, exist_ok=True)
    except OSError as cause:
        raise SettingsError(
            f"{variable}: cannot make the folder {path}: {cause.strerror}"
        ) from None
    if not os.access(path, os.R_OK | os.W_OK | os.X_OK):
        raise SettingsError(f"{variable}: cannot read and write in {path}")


def _file(variable: str, path: Path, *, begins: bytes = b"") -> None:
    """Also fit where it is not there yet, or empty."""
    if not path.exists():
        return
    if not path.is_file():
        raise SettingsError(f"{variable}: {path} is no file")
    if not os.access(path, os.R_OK | os.W_OK):
        raise SettingsError(f"{variable}: cannot read and write {path}")
    with path.open("rb") as file:
        head = file.read(len(begins))
    if head and head != begins:
        raise SettingsError(f"{variable}: {path} is no SQLite database")
