"""Which cookies a browser is given, by the address it came to."""

import pytest
from sanic import HTTPResponse, Request, Sanic

from server.web import cookies

TOKEN = "a" * 43
LAN, LOOPBACK, TOWN = "192.168.1.5:8000", "127.0.0.1:8000", "mashang.example"


def asked(host: str, cookie: str = "") -> Request:
    """A request to the kit's town at this host, as a browser sends it."""
    app = Sanic.get_app("cookies", force_create=True)
    app.ctx.public_url = "https://mashang.example"
    headers = {"host": host, "cookie": cookie}
    return Request(b"/", headers, "1.1", "GET", _Wire(), app)  # type: ignore[arg-type]


class _Wire:
    """What Sanic asks of a connection."""

    def get_extra_info(self, _name: str) -> None:
        return None


@pytest.fixture(autouse=True)
def _forgotten():
    yield
    Sanic._app_registry.pop("cookies", None)


def given(host: str) -> list[str]:
    response = HTTPResponse()
    cookies.remember_session(asked(host), response, TOKEN)
    return response.headers.getall("set-cookie")


def test_behind_https_there_is_one_cookie_only_we_can_set():
    (cookie,) = given(TOWN)
    assert cookie.startswith(f"__Host-mashang={TOKEN};")
    assert "Secure" in cookie


def test_a_host_written_otherwise_is_the_same_town():
    assert given("Mashang.Example:443")[0].startswith("__Host-mashang=")


def test_on_a_local_network_there_is_only_the_plain_one():
    (cookie,) = given(LAN)
    assert cookie.startswith("mashang_demo=")
    assert "Secure" not in cookie


def test_on_this_machine_there_are_both_because_safari_takes_only_the_plain_one():
    assert [cookie.partition("=")[0] for cookie in given(LOOPBACK)] == [
        "__Host-mashang",
        "mashang_demo",
    ]


@pytest.mark.parametrize("host", [TOWN, LAN, LOOPBACK])
def test_no_script_can_read_them_and_no_other_site_can_send_them(host):
    guards = [each for each in given(host) if "HttpOnly" in each and "SameSite=Lax" in each]
    assert guards == given(host)


@pytest.mark.parametrize(
    ("host", "name", "found"),
    [
        (TOWN, "__Host-mashang", TOKEN),
        (TOWN, "mashang_demo", None),
        (TOWN, "mashang", None),
        (TOWN, "__Secure-mashang", None),
        (LAN, "mashang_demo", TOKEN),
        (LAN, "__Host-mashang", None),
        (LOOPBACK, "__Host-mashang", TOKEN),
        (LOOPBACK, "mashang_demo", TOKEN),
    ],
)
def test_only_the_cookie_of_that_address_counts(host, name, found):
    assert cookies.session_token(asked(host, f"x=1; {name}={TOKEN}")) == found


def test_a_cookie_that_is_no_token_is_none():
    assert cookies.session_token(asked(TOWN, "__Host-mashang=' OR 1=1")) is None


def test_a_guest_keeps_the_keys_of_the_last_twenty_cases():
    kept = ".".join(f"{n:022}" for n in range(25))
    keys = cookies.kept_keys(asked(TOWN, f"__Host-mashang-keys={kept}"))
    assert keys == [f"{n:022}" for n in range(5, 25)]


def test_a_new_key_is_kept_beside_the_old_ones():
    request, response = asked(TOWN, f"__Host-mashang-keys={'b' * 22}"), HTTPResponse()
    cookies.remember_key(request, response, "c" * 22)
    assert f"__Host-mashang-keys={'b' * 22}.{'c' * 22};" in response.headers["set-cookie"]


def test_a_key_that_is_kept_already_is_kept_once():
    request, response = asked(TOWN, f"__Host-mashang-keys={'b' * 22}"), HTTPResponse()
    cookies.remember_key(request, response, "b" * 22)
    assert response.headers["set-cookie"].startswith(f"__Host-mashang-keys={'b' * 22};")
