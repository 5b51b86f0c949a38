"""Styles, scripts and drawings: read once, hashed together, served from memory under that hash.

All files share one hash, so `import "./photos.js"` finds its neighbour without an import map.
"""

import gzip
import hashlib
import mimetypes
import re
from dataclasses import dataclass
from pathlib import Path

BUNDLES = {
    "css/resident.bundle.css": ("tokens", "base", "resident", "case"),
    "css/work.bundle.css": ("tokens", "base", "case", "work"),
    "css/desk.bundle.css": ("tokens", "base", "case", "desk"),
    "css/paper.bundle.css": ("tokens", "base", "paper"),
}
SERVED = {".css", ".js", ".svg", ".png", ".json", ".woff2", ".txt"}
TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
FOREVER = "public, max-age=31536000, immutable"
SHORTEST_ZIPPED = 200


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it leaves the server."""

    body: bytes
    zipped: bytes | None
    content_type: str


class Assets:
    """Everything under `static/`, by path."""

    def __init__(self, files: dict[str, bytes]) -> None:
        digest = hashlib.sha256()
        for path, body in sorted(files.items()):
            digest.update(path.encode() + b"\0" + body)
        self.version = digest.hexdigest()[:12]
        self.files = {path: _asset(path, body) for path, body in files.items()}

    def url(self, path: str) -> str:
        """Where a page finds this file; asking for one that is not there is a mistake of ours."""
        if path not in self.files:
            raise KeyError(f"no such file under static/: {path}")
        return f"/static/{self.version}/{path}"

    def find(self, version: str, path: str) -> Asset | None:
        """The file, if it is of this very version: an old page never gets a new script."""
        return self.files.get(path) if version == self.version else None


def read_assets(root: Path) -> Assets:
    """Read `static/` and put the styles of each kind of page in one file."""
    files = {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.suffix in SERVED
    }
    for bundle, parts in BUNDLES.items():
        sheets = [files[f"css/{part}.css"].decode() for part in parts]
        files[bundle] = "\n".join(map(_without_comments, sheets)).encode()
    return Assets(files)


def _without_comments(css: str) -> str:
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return "\n".join(line.strip() for line in bare.splitlines() if line.strip())


def _asset(path: str, body: bytes) -> Asset:
    suffix = Path(path).suffix
    kind = TYPES.get(suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"
    worth_it = suffix not in (".png", ".woff2") and len(body) >= SHORTEST_ZIPPED
    return Asset(body, gzip.compress(body, 9, mtime=0) if worth_it else None, kind)
