"""The town as it would be: what stands with the rows of a file laid over it, checked together."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from server.places import Ground, Planting
from server.workbook.parsing import Line, Sent
from server.workbook.sheets import BY_KEY
from server.workbook.standing import Key, Standing, Values

Laid = tuple[Values, Line | None]
MOST_NOTES = 50


@dataclass
class Draft:
    """What is to be written, sheet by sheet, and everything that stands in its way.

    A sheet in `refused` is left out whole. Lines that turn out wrong get findings and are left
    out, and so is whatever hangs on them.
    """

    standing: Standing
    sent: Sent
    crs: str = "wgs84"
    refused: frozenset[str] = frozenset()
    planting: Planting = field(default_factory=Planting)
    grounds: dict[str, Ground] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)  # paths
    units: dict[str, UUID] = field(default_factory=dict)  # by name, also of those not written yet
    staff: dict[str, UUID] = field(default_factory=dict)  # by login
    holders: dict[Key, list[str]] = field(default_factory=dict)  # logins, by post
    rows: dict[str, list[Values]] = field(default_factory=dict)  # to be written, of other sheets
    notes: list[str] = field(default_factory=list)
    _known: dict[str, set[Key]] = field(default_factory=dict)
    _sent: dict[str, set[Key]] = field(default_factory=dict)

    def good(self, sheet: str) -> dict[Key, Line]:
        """The lines of a sheet with nothing wrong so far, by their names."""
        lines = self.sent.lines.get(sheet, ())
        if sheet in self.refused:
            return {}
        return {line.name: line for line in lines if not line.findings}

    def merged(self, sheet: str) -> Iterator[Laid]:
        """Every row as it would be: what stands, changed by its line, then what is new."""
        lines = self.good(sheet)
        for name, values in self.standing.rows[sheet].items():
            line = lines.pop(name, None)
            yield (values | line.values if line else values), line
        defaults = {column.key: column.default for column in BY_KEY[sheet].columns}
        for line in lines.values():
            yield defaults | line.values, line

    def known(self, sheet: str) -> set[Key]:
        """The names of the rows there would be, as far as was seen when first asked."""
        if sheet not in self._known:
            self._known[sheet] = self.standing.rows[sheet].keys() | self.good(sheet).keys()
        return self._known[sheet]

    def place(self, line: Line | None, key: str, ref: str | None, *kinds: str) -> Ground | None:
        """The place a cell names, of one of these kinds; None, and a finding, if there is none."""
        ground = self.grounds.get(ref or "")
        if ground is not None and (not kinds or ground.kind in kinds):
            return ground
        if line is not None and ground is None and (ref,) in self._refs_of_wrong_lines():
            line.find(key, f"“{ref}”那一行没有写入，先改好那里。", follows=True)
        elif line is not None:
            line.find(key, _missing(ref or "", ground, kinds))
        return None

    def named(self, line: Line, key: str, sheet: str, name: str | None) -> bool:
        """Whether the row of another sheet that a cell names is there; a finding, if not."""
        if (name,) in self.known(sheet):
            return True
        title = BY_KEY[sheet].title
        if self.is_sent(sheet, (name,)):
            said = f"“{name}”在“{title}”表里的那一行没有写入，先改好那里。"
            line.find(key, said, follows=True)
        else:
            line.find(key, f"没有“{name}”，请先在“{title}”表里填上。")
        return False

    def is_sent(self, sheet: str, name: Key) -> bool:
        """Whether the file has a row of this name, good or wrong."""
        if sheet not in self._sent:
            self._sent[sheet] = {each.name for each in self.sent.lines.get(sheet, ())}
        return name in self._sent[sheet]

    def note(self, kind: str, said: str) -> None:
        """A remark that stops nothing; of many of a kind only some are said."""
        if sum(note.startswith(kind) for note in self.notes) < MOST_NOTES:
            self.notes.append(f"{kind}：{said}")

    def _refs_of_wrong_lines(self) -> set[Key]:
        """Of all lines of places, in truth: only those that are missing are looked for here."""
        if "" not in self._sent:
            self._sent[""] = {
                ("-".join(str(part) for part in line.name),)
                for sheet in ("divisions", "grids", "estates", "buildings", "entrances")
                for line in self.sent.lines.get(sheet, ())
            }
        return self._sent[""]


def _missing(ref: str, ground: Ground | None, kinds: tuple[str, ...]) -> str:
    if ground is None:
        return f"没有“{ref}”这个地方，请先在它自己的表里填上。"
    named = "、".join(KINDS[kind] for kind in kinds)
    return f"“{ref}”是{KINDS[ground.kind]}，这里要填{named}。"


KINDS = {
    **{"division": "区划", "grid": "网格", "estate": "小区", "building": "楼栋"},
    **{"entrance": "单元", "room": "房屋", "facility": "公共设施", "premises": "经营门面"},
}
