"""Every address, as everybody, at everything it may be about: nobody gets what is not theirs."""

from collections import Counter

import pytest

from tests.access.asking import Asker
from tests.access.city import a_city
from tests.access.knocking import declared
from tests.access.probes import probes
from tests.access.reading import ROUTES


def test_every_address_stands_in_the_table_and_no_other() -> None:
    assert sorted(declared().keys() ^ ROUTES.keys()) == []


async def test_nobody_gets_what_is_not_theirs(db: str, quick_hashes: None) -> None:
    async with a_city() as city:
        asker = Asker(city)
        import time

        t = time.time()
        per = Counter()
        for probe in probes():
            t0 = time.time()
            await probe.run(asker)
            per[probe.route] += time.time() - t0
        print(asker.calls, time.time() - t, per.most_common(12))

    for f in asker.faults:
        print(f)
    assert asker.faults == []
