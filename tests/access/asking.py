"""One call by somebody: counted, and its whole answer searched for what is not theirs to see."""

import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from server.base import database
from tests.access.actors import BESIDE, KEEPERS, RESIDENTS, STAFF
from tests.access.city import City
from tests.access.docket import FILED, SECRET, Filed
from tests.access.knocking import Answer, knock
from tests.access.reading import SIGHT

_PARAMETER = re.compile(r"<(\w+)(?::\w+)?>")
_MAY_READ = "OWw"  # words, spot and photos of the raiser
_MASKED = "OW"  # her name and number, masked


def kind_of(who: str) -> str:
    """The column of `routes_table.py` somebody stands in."""
    if who in (*RESIDENTS, *KEEPERS) or who.startswith("passer"):
        return "resident"
    if who in (*STAFF, *BESIDE):
        return "staff"
    return "former" if who == "former_worker" else "guest"


@dataclass
class Asker:
    """Asks, counts, and remembers everything that was wrong."""

    city: City
    calls: int = 0
    faults: list[str] = field(default_factory=list)
    moved: set[int] = field(default_factory=set)  # cases that no longer stand as filed

    async def ask(
        self,
        who: str,
        route: str,
        *,
        at: dict[str, Any] | None = None,
        raised: bool = False,
        opens: Iterable[tuple[int, str]] = (),
        token: str | None = None,
        key: str = "",
        **sent: Any,
    ) -> Answer:
        """`at` fills the address, `opens` are values this very call is made to show."""
        self.calls += 1
        method, path = route.split()
        asked, crowd = at or {}, self.city.crowd
        path = _PARAMETER.sub(lambda found: str(asked[found[1]]), path)
        if token is None:
            token = (crowd.raised if raised else crowd.tokens).get(who, "")
        answer = await knock(
            method,
            path,
            # Whoever's session has ended meets it in a browser; a phone would sign in by itself.
            bearer=path.startswith("/m/v1/") and who != "stale",
            token=token,
            keys=crowd.keys.get(who, frozenset()),
            key=key or f"key-of-the-request-{self.city.docket.made}-{self.calls}",
            **sent,
        )
        if answer.status >= 500 and answer.status != 503:
            self.wrong(who, route, f"breaks: {answer.status}")
        for leak in self._leaks(who, answer, frozenset(opens)):
            self.wrong(who, route, leak)
        return answer

    def wrong(self, who: str, route: str, what: str) -> None:
        self.faults.append(f"{who}: {route}: {what}")

    def expect(self, who: str, route: str, found: object, wanted: object, about: str = "") -> None:
        if found != wanted:
            self.wrong(who, route, f"{about} {found}, and not {wanted}".strip())

    def _leaks(self, who: str, answer: Answer, opens: frozenset[tuple[int, str]]) -> list[str]:
        body = _plain(answer)
        found = set()
        for one in SECRET.finditer(body):
            nth, what = _read(one)
            filed = self.city.docket.every.get(nth)
            if filed is None or nth in self.moved or (nth, what) in opens:
                continue
            if not _may_be_shown(_sight(who, filed), what):
                found.add(f"shows the {what} of {filed.label}")
        for filed in self.city.docket.every.values():
            if filed.nth not in self.moved:
                found.update(_by_name(who, filed, body, opens))
        return sorted(found)

    async def moves(self) -> int:
        """How many steps were made in all cases together: the same again, and nothing was moved."""
        return int(await database.fetch_value("SELECT sum(version) AS n FROM cases"))

    async def version(self, filed: Filed) -> int:
        """How this case stands."""
        found = "SELECT version FROM cases WHERE id = $1"
        return int(await database.fetch_value(found, filed.id))

    async def versions(self) -> dict[str, int]:
        """How every case stands."""
        rows = await database.fetch("SELECT number, version FROM cases")
        return {row["number"]: row["version"] for row in rows}

    def listed_in(self, answer: Answer) -> set[str]:
        """The labels of `docket.FILED` whose numbers an answer holds."""
        body, filed = _plain(answer), self.city.docket.filed
        return {label for label in FILED if filed[label].number in body}


def _read(found: re.Match[str]) -> tuple[int, str]:
    """Whose secret it is, and which."""
    if found["words"] or found["spot"]:
        return int(found["words"] or found["spot"]), "words" if found["words"] else "spot"
    if found["phone"]:
        whole = "****" not in found["hidden"]
        return int(found["phone"]) - 2000, "phone" if whole else "masked phone"
    nth = ord(found["name"]) - 0x9F00
    return nth, "name" if found["rest"] == "靐" else "masked name"


def _may_be_shown(sight: str, what: str) -> bool:
    if what in ("words", "spot"):
        return sight in _MAY_READ
    return what.startswith("masked") and sight in _MASKED


def _by_name(who: str, filed: Filed, body: str, opens: frozenset[tuple[int, str]]) -> Iterable[str]:
    """A photo's address, and a key, in an answer to whom they do not belong."""
    if filed.photo in body and _sight(who, filed) not in _MAY_READ:
        yield f"shows a photo of {filed.label}"
    if filed.key in body and _sight(who, filed) != "O" and (filed.nth, "key") not in opens:
        yield f"shows the key of {filed.label}"


def _sight(who: str, filed: Filed) -> str:
    return SIGHT[who].get(filed.label, ".")


def _plain(answer: Answer) -> str:
    """The text of an answer; of a workbook that of all its parts."""
    if not answer.body.startswith(b"PK"):
        return answer.text
    with zipfile.ZipFile(io.BytesIO(answer.body)) as book:
        return "".join(book.read(name).decode() for name in book.namelist())
