"""How a page is made: templates compiled at start, words, times, and only the drawings it uses."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, Undefined
from markupsafe import Markup
from msgspec import UNSET

from server import org, places
from server.base import clock, phones
from server.pages.assets import Assets, read_assets
from server.pages.compiled import beside_the_code
from server.pages.times import FILTERS, length
from server.pages.words import Words, read_words
from server.views.shapes import PlaceShape, TownShape

SIZES = ("standard", "large", "huge")
SPRITE_MARK = "<!--sprite-->"
WRONG_MARK = "<!--wrong-->"  # where what is wrong with a form is said
_WRONG = re.compile(r"<!--wrong\[-->(.*?)<!--\]wrong-->", re.DOTALL)
ICON_USED = re.compile(r'href="#i-([a-z]+)"')
TEMPLATES = Path(__file__).parent / "templates"
STATIC = Path(__file__).parents[2] / "static"


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds every page: the town at its foot, the reader's text size, who is signed in.

    Of staff also the unit they sit in, their role there, and whether they ring residents up.
    """

    town: TownShape
    size: str = "standard"
    path: str = "/"
    signed_in: str = ""
    who: str = ""  # a mark of the account: what waits on a phone is sent as nobody else's
    staff: bool = False
    unit: str = ""
    role: str = ""
    calls: bool = False
    announces: bool = False
    administers: bool = False
    reads_praise: bool = False  # before it is passed on
    makes_codes: bool = False
    keeps_merchants: bool = False
    writes_bulletins: bool = False
    keeps_stations: bool = False
    starts: bool = False  # sees to it that a town, or a part of it, is ready
    has_shop: bool = False
    phone_signin: bool = False  # residents may sign in by a code sent to their phone


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed, to be shown again: values, errors beside fields, photos already kept.

    `key` is the idempotency key the form carries, so that sending twice is sending once.
    """

    key: str
    values: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    photos: tuple[object, ...] = ()
    move: str = ""  # the move whose form this was, where a page has several
    status: int = 200  # what a page with it answers

    def value(self, name: str) -> str:
        return self.values.get(name, "")

    def chose(self, name: str, value: str) -> bool:
        """Whether this was among several choices of one name."""
        return value in self.values.get(name, "").split()

    def error(self, name: str) -> str:
        return self.errors.get(name, "")


class Face:
    """Everything needed to make a page, built once at start."""

    def __init__(self, words: Words, assets: Assets, icons: Mapping[str, str]) -> None:
        self.words, self.assets, self.icons = words, assets, icons
        self.templates = _compile(words, assets, icons)

    def render(self, name: str, frame: Frame, **context: object) -> str:
        """The finished page or fragment `name`."""
        html = self._wrong_first(self.templates[name].render(frame=frame, **context))
        return html.replace(SPRITE_MARK, self._sprite(html), 1)

    def fragment(self, name: str, frame: Frame, **context: object) -> str:
        """A part of a page, followed by its own drawings: the page around it may lack them."""
        html = self.templates[name].render(frame=frame, **context)
        return html + self._sprite(html)

    def _wrong_first(self, html: str) -> str:
        """What is wrong with a form, wherever the form stands, comes first on its page and in the
        title."""
        found = _WRONG.search(html)
        if not found:
            return html.replace(WRONG_MARK, "", 1)
        html = html[: found.start()] + html[found.end() :]
        told = self.words.plain("form.wrong.title")
        return html.replace("<title>", f"<title>{told}", 1).replace(WRONG_MARK, found[1], 1)

    def _sprite(self, html: str) -> str:
        used = sorted(set(ICON_USED.findall(html)))
        symbols = "".join(self.icons[name] for name in used)
        return f'<svg class="sprite" aria-hidden="true">{symbols}</svg>'


def build_face(static: Path = STATIC) -> Face:
    """Read words, drawings, styles and templates; whatever is missing stops the start."""
    return Face(
        read_words(static / "i18n" / "zh-CN.json"),
        read_assets(static),
        read_icons(static / "img" / "icons.svg"),
    )


def read_icons(path: Path) -> dict[str, str]:
    """The drawings of the sheet by name."""
    symbols = re.findall(r'(<symbol id="i-([a-z]+)".*?</symbol>)', path.read_text("utf-8"))
    return {name: symbol for symbol, name in symbols}


def is_given(value: object) -> bool:
    """Whether a field of a shape is there at all."""
    return value is not UNSET and value is not None and not isinstance(value, Undefined)


def far(metres: int) -> str:
    """How far it is, as people say it: 约350米, 约1.2公里."""
    return f"约{metres}米" if metres < 1000 else f"约{metres / 1000:.1f}公里"


def fours(text: str) -> str:
    """A long secret in groups of four, to be typed from the screen."""
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


@dataclass(frozen=True, slots=True)
class Sign:
    """A place as the plate on the wall says it: what it belongs to, the estate, the number."""

    above: str
    where: str
    number: str


def sign(place: PlaceShape) -> Sign:
    """Break the whole name where the estate ends, so that the number gets the largest letters."""
    for depth in range(len(place.path) - 1, -1, -1):
        part = place.path[depth]
        if place.name.startswith(part) and len(part) < len(place.name):
            above = "".join(place.path[max(0, depth - 2) : depth])
            return Sign(above, part, place.name[len(part) :])
    above = "".join(name for name in place.path[-3:-1] if name != place.name)
    return Sign(above, place.name, "")


def _compile(words: Words, assets: Assets, icons: Mapping[str, str]) -> dict[str, Template]:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        bytecode_cache=beside_the_code(),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": True}
    environment.globals.update(w=words, asset=assets.url, SIZES=SIZES, sprite=Markup(SPRITE_MARK))
    environment.globals["wrong_here"] = Markup(WRONG_MARK)
    environment.globals["MOST_FOUND"] = places.MOST_FOUND
    environment.globals["zone_shown"] = clock.zone_shown
    environment.globals["js_words"] = words.group("js.")
    environment.filters.update(FILTERS)
    environment.filters.update(
        phone=phones.spaced, sign=sign, fours=fours, far=far, length_of=length
    )
    environment.filters["weekdays"] = org.duty.told_days
    environment.filters["known_icon"] = lambda name: name if name in icons else "other"
    environment.tests["given"] = is_given
    return {name: environment.get_template(name) for name in environment.list_templates()}
