"""Templates stay compiled from one start to the next, in the folder where Python keeps its own.

To compile them all takes two seconds of a core, more than everything else at a start together.
"""

import hashlib
import sys
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path
from pickle import UnpicklingError

import jinja2
from jinja2.bccache import Bucket, FileSystemBytecodeCache

_BROKEN = (EOFError, ValueError, TypeError, UnpicklingError)


class Compiled(FileSystemBytecodeCache):
    """One file a template. It is compiled again when it changed, or anything that `made_by` names;
    and at every start where nothing may be written.
    """

    def __init__(self, folder: Path, made_by: str) -> None:
        super().__init__(str(folder), "template-%s.cache")
        self._made_by = made_by

    def get_source_checksum(self, source: str) -> str:
        return super().get_source_checksum(self._made_by + source)

    def load_bytecode(self, bucket: Bucket) -> None:
        try:
            super().load_bytecode(bucket)
        except _BROKEN:
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                super().dump_bytecode(bucket)


def beside_the_code() -> Compiled:
    """Those of this package: what its Python says of filters and of compiling goes into them."""
    made_by = hashlib.sha256(jinja2.__version__.encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        made_by.update(path.read_bytes())
    return Compiled(Path(cache_from_source(__file__)).parent, made_by.hexdigest())
