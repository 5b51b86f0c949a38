"""The parts of a workbook, unpacked chunk by chunk, whatever the file claims to hold."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from xml.parsers import expat

from server.workbook.errors import NotAWorkbook, WorkbookTooLarge

MOST_UNPACKED = 400_000_000
MOST_PARTS = 500
MOST_CELLS = 5_000_000
_CHUNK = 1 << 16


@dataclass
class Budget:
    """What may still be unpacked and kept, over the whole workbook."""

    unpacked: int = MOST_UNPACKED
    cells: int = MOST_CELLS

    def unpack(self, size: int) -> None:
        self.unpacked -= size
        if self.unpacked < 0:
            raise WorkbookTooLarge(what=f"解开超过{MOST_UNPACKED // 1_000_000}MB")

    def keep(self, cells: int) -> None:
        self.cells -= cells
        if self.cells < 0:
            raise WorkbookTooLarge(what=f"格子超过{MOST_CELLS // 10_000}万个")


def check_parts(packed: zipfile.ZipFile) -> None:
    """Refuse a file that says of itself that it is too large."""
    parts = packed.infolist()
    if len(parts) > MOST_PARTS:
        raise WorkbookTooLarge(what=f"里面的文件超过{MOST_PARTS}个")
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise WorkbookTooLarge(what=f"解开超过{MOST_UNPACKED // 1_000_000}MB")


class Stream:
    """A part of the workbook being parsed; a subclass says what to do with its elements."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.words

    def _refuse(self, *_: object) -> None:
        raise NotAWorkbook  # No workbook has a document type; entities could swell without end.

    def start(self, name: str, attributes: dict[str, str]) -> None: ...

    def end(self, name: str) -> None: ...

    def words(self, said: str) -> None: ...


def parse(packed: zipfile.ZipFile, part: str, stream: Stream, budget: Budget) -> Iterator[None]:
    """Parse a part chunk by chunk, pausing after each."""
    with packed.open(part) as opened:
        while chunk := opened.read(_CHUNK):
            budget.unpack(len(chunk))
            stream.parser.Parse(chunk, False)
            yield
        stream.parser.Parse(b"", True)
        yield


def read_part(packed: zipfile.ZipFile, part: str, stream: Stream, budget: Budget) -> None:
    """Parse a part to its end."""
    for _ in parse(packed, part, stream, budget):
        pass


class Elements(Stream):
    """The attributes of every element of one name."""

    def __init__(self, wanted: str) -> None:
        super().__init__()
        self.wanted, self.found = wanted, list[dict[str, str]]()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == self.wanted:
            self.found.append(attributes)
