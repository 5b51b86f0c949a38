"""Often enough is told apart from too often, for each address and each account."""

import random
from types import SimpleNamespace

import pytest

from server.base.errors import TooMany
from server.web import limits
from server.web.limits import Window
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


async def test_whoever_shows_tokens_that_open_nothing_is_counted_too(kit):
    shown = [{"authorization": f"Bearer nobody's {n}"} for n in range(21)]
    statuses = [(await kit.post("/m/v1/often", headers=each)).status_code for each in shown]
    assert statuses == [401] * 20 + [429]


async def test_a_forged_forwarded_address_does_not_help(kit):
    answers = [
        await kit.post("/m/v1/often", headers={"x-forwarded-for": f"10.0.0.{n}"}) for n in range(21)
    ]
    assert answers[-1].status_code == 429


def test_one_persons_limit_is_not_anothers():
    rules = limits.rules_of("1/hour")
    limits.hit("a", rules)
    limits.hit("b", rules)
    with pytest.raises(TooMany):
        limits.hit("a", rules)


async def test_one_class_is_not_counted_under_another(kit):
    statuses = [(await kit.post("/m/v1/often")).status_code for _ in range(21)]
    assert statuses[-1] == 429
    assert (await kit.get("/page")).status_code == 200


def test_of_two_rules_the_narrower_counts():
    rules = limits.rules_of("2/minute; 9/hour")
    limits.hit("a", rules)
    limits.hit("a", rules)
    with pytest.raises(TooMany) as refused:
        limits.hit("a", rules)
    assert 50 < refused.value.retry_after_s <= 60


@pytest.fixture
def at(monkeypatch):
    """Say what a clock that only goes on shows."""

    def say(second: float) -> None:
        monkeypatch.setattr(limits, "time", SimpleNamespace(monotonic=lambda: float(second)))

    return say


def test_a_window_moves_on(at):
    window, taken = Window(2, 60), []
    for second in (1000, 1059, 1060, 1118, 1119, 1120):
        at(second)
        taken.append(window.take("a"))
    assert taken == [0, 0, 0, 1, 0, 0]


def test_whatever_the_moments_it_counts_as_a_list_of_them_would(at):
    chance, window, listed, now = random.Random(5), Window(3, 60), {}, 1000.0
    for _ in range(3000):
        now += chance.choice((0.5, 4.0, 17.0, 61.0, 130.0))
        at(now)
        who = chance.choice("abcdefghijkl")
        lately = [moment for moment in listed.get(who, []) if moment > now - 60]
        assert window.take(who) == (lately[0] + 60 - now if len(lately) >= 3 else 0)
        listed[who] = lately if len(lately) >= 3 else [*lately, now]


def test_who_was_not_heard_for_two_windows_takes_no_room(at):
    window = Window(3, 60)
    for second, who in ((1000, "a"), (1061, "b"), (1122, "c")):
        at(second)
        window.take(who)
    assert set(window._before) | set(window._lately) == {"b", "c"}


def test_of_too_many_those_heard_first_are_forgotten(monkeypatch):
    monkeypatch.setattr(limits, "MOST_COUNTED", 10)
    window = Window(1, 60)
    assert [window.take(str(n)) for n in range(35)] == [0] * 35
    assert len(window._before) + len(window._lately) <= 20
    assert window.take("34") > 0
    assert window.take("1") == 0


def test_what_is_refused_does_not_count():
    window = Window(2, 60)
    waits = [window.take("a") for _ in range(5)]
    assert [wait > 0 for wait in waits] == [False, False, True, True, True]
    window.most = 3
    assert window.take("a") == 0


def test_every_class_has_a_limit_for_addresses_and_for_accounts():
    assert set(limits.BY_ADDRESS) == set(limits.BY_ACCOUNT)


def test_a_flood_of_strangers_pushes_out_the_quietest_and_not_whoever_knocks_on(monkeypatch):
    monkeypatch.setattr(limits, "MOST_COUNTED", 3)
    window = Window(99, 60)
    window.take("quiet")
    for n in range(9):
        window.take("knocks")
        window.take(f"stranger {n}")
    window.most = 1
    assert window.take("knocks") > 0
    assert window.take("quiet") == 0


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
