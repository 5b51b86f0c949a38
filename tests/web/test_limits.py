"""Often enough is told apart from too often, for each address and each account."""

import pytest

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
    rules = limits.rules_of("scan", "1/hour")
    limits.hit("a", rules)
    limits.hit("b", rules)
    with pytest.raises(TooMany):
        limits.hit("a", rules)


def test_one_class_is_not_counted_under_another():
    limits.hit("a", limits.rules_of("scan", "1/hour"))
    limits.hit("a", limits.rules_of("read", "1/hour"))
    with pytest.raises(TooMany):
        limits.hit("a", limits.rules_of("read", "1/hour"))


def test_of_two_rules_the_narrower_counts():
    rules = limits.rules_of("submit", "2/minute; 9/hour")
    limits.hit("a", rules)
    limits.hit("a", rules)
    with pytest.raises(TooMany) as refused:
        limits.hit("a", rules)
    assert 50 < refused.value.retry_after_s <= 60


def test_a_window_moves_on():
    windows = Windows()
    assert windows.take("a", 1, 0) == 0
    assert windows.take("a", 1, 0) == 0


def test_a_full_window_takes_no_more():
    windows = Windows()
    waits = [windows.take("a", 2, 60) for _ in range(3)]
    assert waits[:2] == [0, 0]
    assert 59 < waits[2] <= 60


def test_what_is_refused_does_not_count():
    windows = Windows()
    waits = [windows.take("a", 2, 60) for _ in range(5)]
    assert [wait > 0 for wait in waits] == [False, False, True, True, True]
    assert windows.take("a", 3, 60) == 0


def test_every_class_has_a_limit_for_addresses_and_for_accounts():
    assert set(limits.BY_ADDRESS) == set(limits.BY_ACCOUNT)


def test_a_flood_of_strangers_pushes_out_the_quietest_and_not_whoever_knocks_on(monkeypatch):
    monkeypatch.setattr(limits, "MOST_COUNTED", 3)
    windows = Windows()
    windows.take("quiet", 1, 60)
    for n in range(9):
        windows.take("knocks on", 1, 60)
        windows.take(f"stranger {n}", 1, 60)
    assert windows.take("knocks on", 1, 60) > 0
    assert windows.take("quiet", 1, 60) == 0


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
