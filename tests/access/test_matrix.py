"""Every address, as everybody, at everything it may be about: nobody gets what is not theirs."""

from collections.abc import Callable

from tests.access.asking import Asker
from tests.access.city import a_city
from tests.access.knocking import declared
from tests.access.probes import probes
from tests.access.reading import ROUTES


def test_every_address_stands_in_the_table_and_no_other() -> None:
    assert sorted(declared().keys() ^ ROUTES.keys()) == []


async def test_nobody_gets_what_is_not_theirs(
    db: str, quick_hashes: None, record_property: Callable[[str, object], None]
) -> None:
    async with a_city() as city:
        asker = Asker(city)
        for probe in probes():
            await probe.run(asker)

    told = {"database": db.partition(":")[0], "calls": asker.calls, "leaks": len(asker.faults)}
    record_property("access", told)
    assert not asker.faults, "\n".join(asker.faults)
