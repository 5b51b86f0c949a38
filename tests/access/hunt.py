"""Looking for a spoilt rule by the calls of the matrix, until one of them finds something wrong."""

from dataclasses import dataclass, field

from server.base import cache
from tests.access.asking import Asker
from tests.access.city import City
from tests.access.closer.pages import all_aside
from tests.access.docket import FILED
from tests.access.moving import API, PAGE, all_standing
from tests.access.mutants import Mutant
from tests.access.probes import Probe, probes
from tests.access.reading import MOVES, ROUTES

MOVING = (API, PAGE)


@dataclass
class Hunt:
    """One city for many mutants. What was noticed before is asked first."""

    city: City
    told: dict[str, list[Probe]] = field(default_factory=dict)
    before: list[Probe] = field(default_factory=list)
    asked: int = 0

    async def notices(self, mutant: Mutant) -> bool:
        """Whether a call is answered wrongly while the rule is spoilt, and rightly afterwards."""
        stand = await Asker(self.city).versions()
        cache.clear()
        for probe in self._in_order(mutant):
            if probe.about.startswith("aside"):
                await all_aside(Asker(self.city))
            elif probe.route in MOVING:
                await all_standing(Asker(self.city))
            with mutant.spoil():
                wrong = await self._wrong(probe)
            if wrong:
                cache.clear()
                await self._as_before(stand)
                still = await self._wrong(probe)
                assert not still, f"{mutant.name}: is wrong without it as well: {still}"
                self.before = [probe, *(one for one in self.before if one is not probe)]
                return True
        return False

    async def _wrong(self, probe: Probe) -> list[str]:
        asker = Asker(self.city)
        self.asked += 1000
        asker.calls = self.asked  # so that no key of a request is used twice
        await probe.run(asker)
        return asker.faults

    def _in_order(self, mutant: Mutant) -> list[Probe]:
        """The calls that may notice it: those that noticed others first, then the closer ones."""
        where = mutant.where or tuple(ROUTES)
        known = [one for one in self.before if one.route in where]
        fresh = [one for route in where for one in self._of(route)]
        fresh.sort(key=lambda one: (not one.is_closer, one.who not in mutant.first.split()))
        noticed = set(known)
        every = [*known, *(one for one in fresh if one not in noticed)]
        if mutant.question:
            return [one for one in every if one.about.startswith(mutant.question)]
        if mutant.about:
            return [one for one in every if one.route not in MOVING or _is_about(mutant.about, one)]
        return every

    def _of(self, route: str) -> list[Probe]:
        if route not in self.told:
            self.told[route] = list(probes([route]))
        return self.told[route]

    async def _as_before(self, stand: dict[str, int]) -> None:
        """Cases that were moved by whom they are not for are followed by others like them."""
        docket, now = self.city.docket, await Asker(self.city).versions()
        for label in FILED:
            number = docket.filed[label].number
            if now[number] != stand.get(number, now[number]):
                await docket.renew(label)
        await docket.keep_keys()


def _is_about(move: str, probe: Probe) -> bool:
    """Whether it tries this move, or asks what is offered where the move is open to somebody."""
    label, _, tried = probe.about.partition(" ")
    if probe.is_closer:
        return True
    if tried == "offers":
        return move == tried or move in MOVES[label]
    return tried == move
