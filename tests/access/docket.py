"""The cases everyone tries to see and move. What a raiser left in each cannot be mistaken.

Each is a recipe, so that one which was moved is followed by another just like it.
"""

import hashlib
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from server import cases, privacy
from server.base import clock
from server.base.unit import unit_of_work
from server.base.viewer import GUEST, Viewer
from server.cases import CaseFile, NewCase, Reference
from server.photos.models import Photo
from server.photos.studio import studio
from tests.access.actors import Crowd
from tests.access.ground import Land

JPEG = b"\xff\xd8 a photo that nobody looks at, only its bytes are sent"
NAMES = [chr(0x9F00 + nth) for nth in range(200)]  # what is left of a name that is masked
SECRET = re.compile(
    r"龘(?P<words>\d{3})龘|靇(?P<spot>\d{3})靇"
    r"|160(?P<hidden>\*{4}|\d{4})(?P<phone>[2-4]\d{3})(?!\d)"
    "|(?P<name>[" + NAMES[0] + "-" + NAMES[-1] + r"])(?P<rest>靐|\*)"
)


@dataclass(frozen=True, slots=True)
class Filed:
    """A case as it lies there, and what its raiser left in it."""

    label: str
    nth: int
    number: str
    id: UUID
    photo: str
    key: str
    raiser_key: bool  # whether a guest holds it by that key
    words: str
    spot: str
    phone: str
    name: str


@dataclass
class Docket:
    """The cases by label, and how each is made anew."""

    land: Land
    crowd: Crowd
    filed: dict[str, Filed] = field(default_factory=dict)
    every: dict[int, Filed] = field(default_factory=dict)  # also those that were followed
    numbers: dict[str, Filed] = field(default_factory=dict)
    made: int = 0
    staffs_photo: UUID | None = None  # given with a move of "told", and by its raiser later on
    later_photo: UUID | None = None

    async def renew(self, label: str) -> Filed:
        """Another case of this label, standing where the first stood."""
        make, how = RECIPES[label]
        how = dict(how)
        opens = how.pop("opened_by", Docket._open)
        filed = await opens(self, label, **how)
        await make(Recipe(self, filed))
        return filed

    async def _open(
        self,
        label: str,
        *,
        by: str = "raiser",
        at: str = "entrance one",
        ago: timedelta = timedelta(),
        **said: Any,
    ) -> Filed:
        nth, self.made = self.made, self.made + 1
        if by not in self.crowd.accounts and by != "guest":
            await self.crowd.passer_by(by)
        viewer = await self.crowd.viewer(by)
        photo = await self.photo(viewer)
        words, spot = f"龘{nth:03d}龘{said.pop('also', '')}", f"靇{nth:03d}靇"
        phone = said.pop("phone", f"1600000{nth + 2000}")
        name = f"{NAMES[nth]}靐" if said.get("on_behalf") else ""
        if said.get("on_behalf"):
            said["external_refs"] = (Reference(system="hotline", number=f"GD{nth:06d}"),)
        about = said.pop("about", None)
        new = NewCase(
            code=self.land.codes[at], text=words, spot=spot, phone=phone, name=name,
            photos=(photo,), about_post_id=self.crowd.posts[about] if about else None, **said,
        )  # fmt: skip
        with clock.stopped_at(clock.now() - ago):
            opened = await cases.open_case(new, by=viewer)
        filed = Filed(
            label, nth, opened.number, opened.case.id, str(photo), cases.key_of(opened.case.id),
            by == "guest", words, spot, phone, name,
        )  # fmt: skip
        self.filed[label] = self.every[nth] = self.numbers[filed.number] = filed
        return filed

    async def photo(self, by: Viewer) -> UUID:
        """One put up by this person, to be attached."""
        photo_id, kept = uuid4(), await studio().store.put(JPEG)
        assert kept == hashlib.sha256(JPEG).hexdigest()
        async with unit_of_work() as unit:
            unit.insert(
                Photo, id=photo_id, hash=kept, thumb_hash=kept, width=40, height=30, size=len(JPEG),
                uploader_id=by.account_id, uploaded_at=clock.now(),
            )  # fmt: skip
        return photo_id

    async def keep_keys(self) -> None:
        """Who holds the key to which case."""
        for who, label in (
            ("key_holder", "guests"),
            ("gone_key", "gone"),
            ("municipal", "taken_down"),
        ):
            self.crowd.keys[who] = frozenset({self.filed[label].key})


@dataclass
class Recipe:
    """What is done with a case after it was opened, step by step."""

    docket: Docket
    filed: Filed

    async def move(self, move: str, who: str, **given: Any) -> CaseFile:
        by = await self.docket.crowd.viewer(who)
        if who == "guest":
            by = replace(GUEST, keys=frozenset({self.filed.key}))
        number = self.filed.number
        moved = await cases.make_move(number, move, by=by, given=given, seen_version=None)
        return moved.case

    def unit(self, name: str) -> str:
        return str(self.docket.crowd.units[name])


Make = Callable[[Recipe], Awaitable[None]]


async def as_sent(case: Recipe) -> None:
    """Nothing more happens to it."""


async def seconded(case: Recipe) -> None:
    """A neighbour joins."""
    docket, code = case.docket, case.docket.land.codes["entrance one"]
    await cases.second(case.filed.number, code, by=await docket.crowd.viewer("seconder"))


async def joined(case: Recipe) -> None:
    """A neighbour joins, and one without an account."""
    await seconded(case)
    docket, code = case.docket, case.docket.land.codes["entrance one"]
    found = await cases.second(case.filed.number, code, by=GUEST)
    assert found.key
    docket.crowd.keys["joined_guest"] = frozenset({found.key})


async def at_the_department(case: Recipe) -> None:
    await case.move("accept", "grid_worker")
    await case.move("dispatch", "grid_worker", unit=case.unit("municipal"))
    await case.move("sign", "municipal")


async def solved(case: Recipe) -> None:
    await case.move("sign", "property_manager")
    await case.move("resolve", "property_manager", outcome="fixed", text="修好了。")


async def ended(case: Recipe) -> None:
    await solved(case)
    await case.move("confirm", "raiser", solved="yes")


async def erased(case: Recipe) -> None:
    """Its raiser has gone: a resident who comes for nothing else."""
    crowd = case.docket.crowd
    await privacy.erase(await crowd.viewer(f"passer {case.filed.label}"))


# What was filed: how it came, and what was done with it.
RECIPES: dict[str, tuple[Make, dict[str, Any]]] = {
    "new": (joined, {"category": "E05"}),
    "firm": (as_sent, {"category": "P05"}),
    "department": (at_the_department, {"category": "F02", "at": "lamp one"}),
    "next": (as_sent, {"category": "P05", "at": "entrance two"}),
    "hill": (as_sent, {"category": "E05", "at": "entrance three"}),
    "sea": (as_sent, {"category": "E05", "at": "entrance four"}),
    "complaint": (as_sent, {"category": "P06"}),
    "against": (as_sent, {"category": "C04", "about": "grid_worker"}),
    "concealed": (as_sent, {"category": "P05", "conceal": True}),
    "guests": (solved, {"category": "P05", "by": "guest"}),
    "taken_down": (
        seconded,
        {"category": "E05", "by": "municipal", "channel": "counter", "on_behalf": True},
    ),
    "ended": (ended, {"category": "P05"}),
    "gone": (erased, {"category": "E05", "by": "passer gone"}),
}
FILED = tuple(RECIPES)  # what lies there from the beginning; `standing.py` adds more


async def a_docket(land: Land, crowd: Crowd) -> Docket:
    """One case of every kind."""
    docket = Docket(land, crowd)
    for label in FILED:
        await docket.renew(label)
    await docket.keep_keys()
    return docket
