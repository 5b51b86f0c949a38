"""What is sent to an address where it matters: true where it may be, harmless everywhere else."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from server import people
from server.pages.drawing import face
from tests.access.city import City

Sent = dict[str, Any]
_DOOR: Sent = {"body": {"phone": "1"}}
_NOTHING: Sent = {"form": {"nothing": ""}}


def _sign(city: City) -> Sent:
    return {"at": {"token": city.land.codes["entrance one"]}}


def _community(city: City) -> Sent:
    sign = city.land.codes["entrance one"]
    return {"at": {"community_id": city.land.id("lake")}, "query": {"code": sign}}


# Beside those of one case and of lists, which are sent by the probes themselves.
SENT: dict[str, Callable[[City], Sent]] = {
    "GET /static/<version>/<path:path>": lambda _: {
        "at": {"version": face().assets.version, "path": "css/desk.bundle.css"}
    },
    "POST /text-size": lambda _: {"form": {"size": "large", "back": "/"}},
    "GET /c/<token>/report": _sign,
    "POST /c/<token>/report": lambda city: _sign(city) | _NOTHING,
    "GET /c/<token>/praise": _sign,
    "POST /c/<token>/praise": lambda city: _sign(city) | _NOTHING,
    "GET /c/<token>/praises": _sign,
    "GET /c/<token>/contact": _sign,
    "POST /c/<token>/contact": lambda city: _sign(city) | _NOTHING,
    "GET /c/<token>/stations": _sign,
    "GET /community/<community_id:uuid>": _community,
    "GET /community/<community_id:uuid>/praises": _community,
    "GET /community/<community_id:uuid>/results": _community,
    "GET /community/<community_id:uuid>/bulletins": _community,
    "GET /m/v1/community/<community_id:uuid>": _community,
    "GET /m/v1/community/<community_id:uuid>/bulletins": _community,
    "POST /m/v1/conversations": lambda _: {"body": {"code": "x"}},
    "GET /m/v1/live": lambda _: {"query": {"ticket": "no-ticket"}},
    "GET /c/<token>/fault": _sign,
    "POST /c/<token>/home": lambda city: _sign(city) | {"form": {"kin": "owner"}},
    "POST /m/v1/codes/<token>/home": lambda city: _sign(city) | {"body": {"kin": "owner"}},
    "GET /c/<token>/bulletins": _sign,
    "POST /desk/bulletins/new": lambda _: _NOTHING,
    "POST /c/<token>/fault": lambda city: _sign(city) | _NOTHING,
    "POST /desk/merchants/export": lambda _: {"form": {"format": "csv"}},
    "POST /desk/merchants/new": lambda _: {"form": {"place": "", "name": "店"}},
    "POST /m/v1/praises": lambda _: {"body": {"tag": "kind"}},
    "POST /signin": lambda _: {"form": {"phone": "1", "code": "1"}},
    "POST /signin/code": lambda _: {"form": {"phone": "16000009999"}},
    "POST /signin/staff": lambda _: {"form": {"login": f"nobody{uuid4().hex}", "password": "no"}},
    "POST /signin/demo": lambda _: {"form": {"persona": "nobody"}},
    "POST /signout": lambda _: {"form": {}},
    "POST /m/v1/session/demo": lambda _: {"body": {"persona": "nobody"}},
    "POST /m/v1/session/staff": lambda _: {"body": {"login": "somebody"}},
    "POST /m/v1/session/phone/code": lambda _: {"body": {}},
    "POST /m/v1/session/phone": lambda _: _DOOR,
    "POST /m/v1/session/step-up": lambda _: {"body": {}},
    "PATCH /m/v1/me": lambda _: {"body": {}},
    "POST /m/v1/me/phone/code": lambda _: {"body": {}},
    "POST /m/v1/me/consent": lambda _: {"body": {"version": people.NOTICE}},
    "POST /m/v1/me/claim": lambda _: {"body": {"keys": []}},
    "POST /m/v1/me/password": lambda _: {"body": {"old": "x", "new": "x"}},
    "POST /me/name": lambda _: {"form": {"name": "演示-某人"}},
    "POST /me/phone/code": lambda _: {"form": {"phone": "1"}},
    "POST /me/phone": lambda _: {"form": {"phone": "1", "code": "1"}},
    "POST /me/consent": lambda _: {"form": {"version": str(people.NOTICE)}},
    "POST /me/erase": lambda _: _NOTHING,
    "POST /me/password": lambda _: {"form": {"old": "x", "new": "x"}},
    "POST /m/v1/photos": lambda _: _NOTHING,
    "POST /m/v1/cases": lambda _: {"body": {"flow": "report"}},
    "POST /desk/filters": lambda _: {"form": {"title": "我的", "tab": "open"}},
    "POST /file": lambda _: {"form": {"place": ""}},
    "GET /file": lambda _: {"query": {"find": "单元"}},
    "POST /desk/town/<import_id:uuid>/write": lambda _: {"form": {"rows": "good"}},
    "POST /desk/town/<import_id:uuid>/wrong": lambda _: {"form": {"nothing": ""}},
    "POST /desk/town/art": lambda _: {"form": {"kind": "line"}},
    "POST /desk/town/art/put": lambda _: {"form": {"kind": "line", "svg": "<svg/>"}},
    "POST /desk/town/art/drop": lambda _: {"form": {"kind": "line"}},
    "POST /desk/town": lambda _: {"form": {"crs": "wgs84"}},
    "POST /work/duty/leave": lambda _: {"form": {"until": ""}},
    "POST /work/duty/number": lambda _: {"form": {"phone": "1"}},
    "POST /desk/firms": lambda _: {"form": {"estate": ""}},
    "POST /desk/outages": lambda _: {"form": {"place": "", "text": ""}},
}


def what_is_sent(route: str, city: City) -> Sent:
    """The rest of the call; a form with nothing in it where a page's address takes one."""
    if route in SENT:
        return SENT[route](city)
    return {} if route.startswith("GET") or "/m/v1/" in route else dict(_NOTHING)
