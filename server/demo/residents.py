"""The residents of the demo: who lives in which room, how old, and the few with a phone number."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from server import people
from server.demo import names
from server.demo.chance import Chance
from server.demo.ground import Land
from server.demo.sizes import Size
from server.places import Ground

VACANT, RENTED, UNLINKED = 12, 18, 2  # Of a hundred rooms; of a hundred persons.
_REGION = "159999"  # No place has this code, so no identity number with it is anybody's.
_FIRST_PHONE, _LAST_PHONE = 16_000_001_200, 16_000_009_999
_AGES = ((0, 6, 6), (7, 17, 12), (18, 34, 24), (35, 54, 31), (55, 69, 18), (70, 92, 9))
_SINCE = (date(2016, 9, 1), 3_300)
_GRIDS_AT_ONCE = 8


def leave_vacant(land: Land, chance: Chance) -> set[UUID]:
    """So many rooms of every grid in which nobody lives, marked before they are planted."""
    vacant: set[UUID] = set()
    for rooms in land.rooms:
        empty = round(len(rooms) * VACANT / 100)
        vacant.update(room.id for room in chance.shuffled(rooms)[:empty])
    for row in land.planting.rooms:
        row["vacant"] = row["id"] in vacant
    return vacant


class Residents:
    """Moves people in, grid by grid, and keeps who lives where for those who tell stories."""

    def __init__(self, size: Size, chance: Chance, now: datetime) -> None:
        self.registry = people.Registry(make_id=chance.make_id)
        self.registered = 0
        self._size, self._chance, self._now = size, chance, now
        self._phones = iter(range(_FIRST_PHONE, _LAST_PHONE + 1))
        self._numbers: set[str] = set()

    async def move_in(self, land: Land, vacant: set[UUID]) -> None:
        """Fill every grid's rooms, a few grids at a time, so that not all are in memory at once."""
        for at in range(0, len(land.rooms), _GRIDS_AT_ONCE):
            for rooms in land.rooms[at : at + _GRIDS_AT_ONCE]:
                self._fill(rooms, vacant)
            await people.register(self.registry)
            self.registered += len(self.registry.residents)
            self.registry = people.Registry(make_id=self._chance.make_id)

    def _fill(self, rooms: list[Ground], vacant: set[UUID]) -> None:
        """So many persons per grid; some of them registered without a room."""
        persons = self._size.persons
        unlinked = round(persons * UNLINKED / 100)
        homes = self._chance.shuffled([room.id for room in rooms if room.id not in vacant])
        extra = [self._chance.one_of(homes) for _ in range(persons - unlinked - len(homes))]
        rented = set(homes[: round(len(rooms) * RENTED / 100)])
        for at, home in enumerate(homes + sorted(extra)):
            self._person(home, first=at < len(homes), rented=home in rented)
        for _ in range(unlinked):
            self._person(None, first=False, rented=False)

    def _person(self, home: UUID | None, *, first: bool, rented: bool) -> None:
        born = self._birthday(adult=first)
        sex = self._chance.one_of("mf")
        phone = next(self._phones, None) if first and self._chance.share(60) else None
        key = self.registry.resident(
            names.person(self._chance),
            id_no=self._id_no(born, sex),
            phone=str(phone) if phone else None,
            birth_year=born.year,
            sex=sex,
        )
        if home is None:
            return
        since = _SINCE[0] + timedelta(days=self._chance.between(0, _SINCE[1]))
        recorded = datetime(since.year, since.month, since.day, 2, tzinfo=UTC)
        self.registry.lives_in(
            key,
            home,
            kind=_kind(first, rented),
            since=max(since, born),
            recorded_at=recorded,
            verified_at=self._now - timedelta(days=self._chance.between(1, 150)),
        )

    def _birthday(self, *, adult: bool) -> date:
        ages = _AGES[2:] if adult else _AGES
        low, high, _ = self._chance.weighted(ages, [weight for _, _, weight in ages])
        days = self._chance.between(low * 365 + 1, high * 365 + 364)
        return self._now.date() - timedelta(days=days)

    def _id_no(self, born: date, sex: str) -> str:
        """A number that checks and is nobody's; odd for a man."""
        while True:
            serial = self._chance.between(0, 499) * 2 + (1 if sex == "m" else 0)
            digits = f"{_REGION}{born:%Y%m%d}{serial:03d}"
            if digits not in self._numbers:
                self._numbers.add(digits)
                return digits + people.id_check(digits)


def _kind(first: bool, rented: bool) -> str:
    if rented:
        return "tenant"
    return "owner" if first else "family"
