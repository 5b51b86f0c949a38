"""A town with an https address answers to that, and to its own machine."""

import pytest

from server.web.cookies import names_of
from tests.web.kit import answering, make_app


@pytest.fixture
async def demo():
    """The small app of a town that has no https address."""
    async with answering(make_app("http://127.0.0.1:8000")) as client:
        yield client


@pytest.mark.parametrize("host", ["www.mashang.example", "10.0.0.7:8000", "evil.example", "x"])
@pytest.mark.parametrize("path", ["/page", "/for-many", "/m/v1/large"])
async def test_by_another_name_the_town_says_where_it_is(kit, host, path):
    await kit.get(path)
    answered = await kit.get(path, headers={"host": host})
    assert answered.status_code == 421
    assert "https://mashang.example" in answered.text
    assert "set-cookie" not in answered.headers


@pytest.mark.parametrize(
    "host",
    ["mashang.example", "Mashang.Example", "mashang.example:443", "127.0.0.1", "[::1]:80"],
)
async def test_by_its_own_name_and_on_its_own_machine_it_answers(kit, host):
    assert (await kit.get("/page", headers={"host": host})).status_code == 200


@pytest.mark.parametrize("host", ["192.168.1.5:8000", "127.0.0.2", "my-laptop.local"])
async def test_without_an_https_address_any_name_will_do(demo, host):
    assert (await demo.get("/page", headers={"host": host})).status_code == 200


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("https://Town.example", {"town.example", "town.example:443"}),
        ("https://town.example:443", {"town.example", "town.example:443"}),
        ("https://town.example:8443", {"town.example:8443"}),
        ("http://10.0.0.5", {"10.0.0.5", "10.0.0.5:80"}),
        ("", set()),
    ],
)
def test_the_usual_port_is_said_or_not(address, names):
    assert names_of(address) == names


async def test_https_alone_is_asked_for_by_every_answer_of_an_https_town(kit):
    packed = {"accept-encoding": "gzip"}
    paths = ("/page", "/m/v1/large", "/m/v1/nowhere", "/for-many", "/for-many")
    told = [(await kit.get(path, headers=packed)).headers for path in paths]
    assert {one["strict-transport-security"] for one in told} == {"max-age=31536000"}


async def test_older_safari_may_open_the_sockets_of_an_https_town(kit, demo):
    ours, theirs = [
        (await town.get("/page")).headers["content-security-policy"] for town in (kit, demo)
    ]
    assert "connect-src 'self' wss://mashang.example;" in ours
    assert "connect-src 'self';" in theirs


async def test_https_alone_is_asked_for_by_no_other_town(demo):
    for path in ("/page", "/m/v1/large", "/m/v1/nowhere", "/for-many", "/for-many"):
        answered = await demo.get(path, headers={"accept-encoding": "gzip"})
        assert "strict-transport-security" not in answered.headers
