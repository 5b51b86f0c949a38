"""What is one's own: the account, its copy and sessions, kept filters, photos, the list."""

import json
from collections.abc import Iterator
from functools import partial

from server.base import database
from server.base.ids import new_id
from server.base.unit import unit_of_work
from server.cases.models import SavedFilter
from tests.access.asides import ANSWERED
from tests.access.asking import Asker
from tests.access.closer.pages import OF_TOLD, aside, told_steps
from tests.access.deciding import DESK, KEEP, ME, MINE, OTHERS, OWN_COPY, REPORT
from tests.access.reading import SIGHT

Found = Iterator[tuple[str, str, partial]]


def of_oneself(route: str) -> Found:
    for who in ("raiser", "hill_worker"):
        yield who, "aside sessions", partial(_sees_sessions, who)
    yield "raiser", "aside phone", partial(_sees_her_number, "raiser")


async def _sees_sessions(who: str, asker: Asker) -> None:
    """Those of the account, and of nobody else."""
    answer = await asker.ask(who, ME)
    shown = {one["id"] for one in json.loads(answer.body).get("sessions", ())}
    account = asker.city.crowd.accounts[who]
    rows = await database.fetch("SELECT id FROM session WHERE account_id = $1", account)
    asker.expect(
        who, ME, shown <= {str(row["id"]) for row in rows} and len(shown) > 1, True, "own:"
    )


async def _sees_her_number(who: str, asker: Asker) -> None:
    """Masked, for others may look on."""
    answer = await asker.ask(who, ME)
    asker.expect(who, ME, json.loads(answer.body).get("phone"), "160****0000", "number:")


def of_a_copy(route: str) -> Found:
    for who in ("raiser", "seconder"):
        yield who, "aside told", partial(_copied, who)


async def _copied(who: str, asker: Asker) -> None:
    """The copy tells as much of a case as its page."""
    told, steps = await aside(asker, "told"), told_steps()
    filed, own = asker.city.docket.every.values(), who == "raiser"
    opens = {(one.nth, "phone") for one in filed if own and SIGHT[who].get(one.label) == "O"}
    answer = await asker.ask(who, OWN_COPY, opens=opens)
    listed = json.loads(answer.body).get("cases", ())
    case = next((one for one in listed if one["number"] == told.number), {"moves": ()})
    wanted = sum(OF_TOLD[who] in sees for sees, _ in steps.values())
    asker.expect(who, OWN_COPY, len(case["moves"]), wanted, "told: steps:")
    asker.expect(who, OWN_COPY, ANSWERED in answer.text, own, "told: her answer is there:")
    asker.expect(
        who, OWN_COPY, told.words in case.get("text", ""), own, "told: her words are there:"
    )
    later = str(asker.city.docket.later_photo)
    asker.expect(who, OWN_COPY, later in answer.text, own, "told: her photo is there:")


def of_other_sessions(route: str) -> Found:
    yield "stranger", "others end", _others_end


async def _others_end(asker: Asker) -> None:
    """Everywhere else, and nowhere of anybody else's; here one stays signed in."""
    who, crowd = "stranger", asker.city.crowd
    here, there = await crowd.session(who), await crowd.session(who)
    await asker.ask(who, OTHERS, token=here)
    for token, wanted in ((here, 200), (there, 401)):
        answer = await asker.ask(who, ME, token=token)
        asker.expect(who, OTHERS, answer.status, wanted, "afterwards:")
    crowd.tokens[who], crowd.raised[who] = here, await crowd.session(who, raised=True)
    answer = await asker.ask("raiser", ME)
    asker.expect("raiser", OTHERS, answer.status, 200, "afterwards:")


def of_the_desk(route: str) -> Found:
    yield "secretary", "aside filters", partial(_others_filter, "secretary")


async def _others_filter(who: str, asker: Asker) -> None:
    """What a colleague keeps stands on her own desk alone."""
    title = f"筛{asker.calls}"
    await _no_filters()
    await asker.ask("dispatcher", KEEP, form={"title": title, "tab": "open"})
    for one, wanted in (("dispatcher", True), (who, False)):
        answer = await asker.ask(one, DESK)
        asker.expect(one, DESK, title in answer.text, wanted, "the dispatcher's filter is there:")


async def _no_filters() -> None:
    """A clerk keeps twenty at most, and this is asked of many mutants."""
    async with unit_of_work().models():
        await SavedFilter.all().delete()


def of_a_filter(route: str) -> Found:
    yield "secretary", "same name", partial(_same_name, "secretary")


async def _same_name(who: str, asker: Asker) -> None:
    """A name that a colleague has already used is free, and what she kept stays as it was."""
    count = "SELECT count(*) AS n FROM saved_filter WHERE title = $1"
    title = f"同{asker.calls}"
    await _no_filters()
    for one in ("dispatcher", who):
        await asker.ask(one, KEEP, form={"title": f"别{asker.calls}", "tab": "open"})
        await asker.ask(one, KEEP, form={"title": title, "tab": "open"})
    asker.expect(who, KEEP, await database.fetch_value(count, title), 2, "of that name:")


def of_a_report(route: str) -> Found:
    for who, of in (
        ("raiser", "stranger"), ("guest", "stranger"), ("raiser", "a case"), ("raiser", "nobody"),
    ):  # fmt: skip
        yield who, f"a photo of {of}", partial(_reports, who, of)


async def _reports(who: str, of: str, asker: Asker) -> None:
    """With a photo that is somebody else's, or belongs to a case already."""
    docket, city = asker.city.docket, asker.city
    photo = {"nobody": str(new_id()), "a case": docket.filed["firm"].photo}.get(of)
    photo = photo or str(await docket.photo(await city.crowd.viewer(of)))
    body = {"flow": "report", "code": city.land.codes["entrance one"], "photos": [photo]}
    before = await asker.moves()
    answer = await asker.ask(who, REPORT, body=body)
    asker.expect(who, REPORT, answer.status, 422, f"a photo of {of}:")
    asker.expect(who, REPORT, await asker.moves(), before, "moves:")


def of_mine(route: str) -> Found:
    yield "seconder", "mine", partial(_joined_line, "seconder")


async def _joined_line(who: str, asker: Asker) -> None:
    """A line of what one joined says nothing of the raiser's words and photos."""
    answer = await asker.ask(who, MINE, query={"list": "mine", "limit": 100})
    new = asker.city.docket.filed["new"].number
    listed = json.loads(answer.body).get("items", ())
    line = next((one for one in listed if one["number"] == new), {"text": "is not there"})
    asker.expect(who, MINE, {"text", "spot", "photo_count"} & line.keys(), set(), "new:")
