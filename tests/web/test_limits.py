"""Often enough is told apart from too often, for each address and each account."""

import pytest
from limits import parse

from server.base.errors import TooMany
from server.web import limits
from server.web.limits import Windows
from tests.web.kit import answering, make_app


@pytest.fixture(autouse=True)
def afresh():
    limits.forget_all()
    yield
    limits.forget_all()


async def test_the_twenty_first_look_up_of_an_hour_is_refused(kit):
    statuses = [(await kit.post("/m/v1/often")).status_code for _ in range(21)]
    assert statuses == [200] * 20 + [429]


async def test_who_asks_too_often_is_told_when_to_come_back(kit):
    answers = [await kit.post("/m/v1/often") for _ in range(21)]
    assert 3500 < int(answers[-1].headers["retry-after"]) <= 3600


async def test_a_forged_forwarded_address_does_not_help(kit):
    answers = [
        await kit.post("/m/v1/often", headers={"x-forwarded-for": f"10.0.0.{n}"}) for n in range(21)
    ]
    assert answers[-1].status_code == 429


def test_one_persons_limit_is_not_anothers():
    rules = [parse("1/hour")]
    limits.hit("scan", "a", rules)
    limits.hit("scan", "b", rules)
    with pytest.raises(TooMany):
        limits.hit("scan", "a", rules)


def test_a_window_moves_on():
    windows = Windows()
    assert windows.acquire_entry("a", 1, 0)
    assert windows.acquire_entry("a", 1, 0)


def test_a_full_window_takes_no_more():
    windows = Windows()
    assert [windows.acquire_entry("a", 2, 60) for _ in range(3)] == [True, True, False]


def test_what_is_refused_does_not_count():
    windows = Windows()
    hits = [windows.acquire_entry("a", 1, 60) for _ in range(5)]
    assert hits.count(True) == 1
    assert windows.get_moving_window("a", 1, 60)[1] == 1


def test_every_class_has_a_limit_for_addresses_and_for_accounts():
    assert set(limits.BY_ADDRESS) == set(limits.BY_ACCOUNT)


def test_a_flood_of_strangers_pushes_out_the_quietest_and_not_whoever_knocks_on(monkeypatch):
    monkeypatch.setattr(limits, "MOST_COUNTED", 3)
    windows = Windows()
    windows.acquire_entry("quiet", 1, 60)
    for n in range(9):
        windows.acquire_entry("knocks on", 1, 60)
        windows.acquire_entry(f"stranger {n}", 1, 60)
    assert not windows.acquire_entry("knocks on", 1, 60)
    assert windows.acquire_entry("quiet", 1, 60)


async def test_behind_a_proxy_of_ours_each_sender_is_counted_alone():
    app = make_app()
    app.config.PROXIES_COUNT = 1
    async with answering(app) as kit:
        answers = [
            await kit.post("/m/v1/often", headers={"x-forwarded-for": f"10.0.0.{n}"})
            for n in range(21)
        ]
    assert answers[-1].status_code == 200


async def test_what_a_sender_writes_before_our_proxy_does_not_count():
    app = make_app()
    app.config.PROXIES_COUNT = 1
    async with answering(app) as kit:
        answers = [
            await kit.post("/m/v1/often", headers={"x-forwarded-for": f"10.0.0.{n}, 9.9.9.9"})
            for n in range(21)
        ]
    assert answers[-1].status_code == 429
