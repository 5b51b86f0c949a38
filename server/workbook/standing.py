"""The town as it stands, in the rows of the workbook, and which row of the database each one is."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from server import catalogue, codes, merchants, org, people, places
from server.places import Inventory, ancestry
from server.workbook.sheets import BY_KEY, SHEETS

Values = dict[str, Any]
Key = tuple[Any, ...]
PLATFORM, ADMIN = "platform", "sys_admin"  # of the machine, not of the town


@dataclass
class Standing:
    """Everything the workbook speaks of: rows by sheet and name, and their ids."""

    ground: Inventory
    org: org.Standing
    rows: dict[str, dict[Key, Values]] = field(
        default_factory=lambda: {sheet.key: {} for sheet in SHEETS}
    )
    units: dict[str, UUID] = field(default_factory=dict)
    staff: dict[str, UUID] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)  # logins nobody may have again
    posts: dict[Key, UUID] = field(default_factory=dict)
    tokens: set[str] = field(default_factory=set)
    shorts: set[str] = field(default_factory=set)

    def put(self, sheet: str, values: Values) -> Key:
        """Keep a row under its name."""
        key = tuple(values.get(name) for name in BY_KEY[sheet].names)
        self.rows[sheet][key] = values
        return key


async def survey() -> Standing:
    """The whole town as it is now."""
    found = Standing(await places.inventory(), await org.standing())
    found.tokens, found.shorts = await codes.tokens_taken()
    await _town(found)
    for row in await org.holidays_now():
        found.put("holidays", row)
    accounts, signs = await people.staff_accounts(), await codes.signs_now()
    shops = await merchants.merchants_now()
    categories, rules = await catalogue.category_rows_now(), await catalogue.rule_rows_now()

    def arrange() -> None:
        _places(found)
        _units(found, accounts)
        _posts(found)
        _leave(found)
        _answering(found)
        _catalogue(found, categories, rules)
        _signs(found, signs)
        _merchants(found, shops)

    await asyncio.to_thread(arrange)  # A second of a large town is none of the loop's.
    return found


def _catalogue(found: Standing, categories: list[Values], rules: list[Values]) -> None:
    for row in categories:
        found.put("categories", row)
    for row in rules:
        found.put("rules", {name: row[name] for name in _columns("rules")})


def _signs(found: Standing, signs: list[Values]) -> None:
    refs = {row["id"]: ref_of(path) for path, row in found.ground.places.items()}
    named = [row for row in signs if row["place_id"] in refs]
    tokens = {row["token"] for row in named}
    for row in named:
        values = {"place": refs[row["place_id"]]} | {name: row[name] for name in _SIGN}
        if row["successor"] not in tokens:
            values["successor"] = None
        found.put("codes", values)


def _merchants(found: Standing, shops: list[Values]) -> None:
    for row in shops:
        if row["path"] in found.ground.places:
            values = {name: row[name] for name in merchants.NAMES}
            found.put("merchants", {"place": ref_of(row["path"])} | values)


_SIGN = ("kind", "token", "short", "batch", "ended_on", "ended_for", "successor")


def ref_of(path: str) -> str:
    """How the workbook names the place at this path; "" for no place."""
    if not path:
        return ""
    parts = path[:-1].split("/")
    at = next((at for at, part in enumerate(parts) if not part.isdigit()), len(parts))
    if at == len(parts):
        return parts[-1]
    grid = parts[at - 1] + parts[at][1:]
    return "-".join((grid, *parts[at + 1 :]))


def login_of(account: Values) -> str:
    """What somebody signs in as; who cannot sign in is named so that it stays the same."""
    if account["login"]:
        return str(account["login"])
    persona = "".join(letter for letter in account["persona"] or "" if letter.isalnum())
    return persona or f"y{account['id'].hex[-12:]}"


async def _town(found: Standing) -> None:
    town = await org.town()
    if town.name != org.Town().name or town.sponsor:
        hours = [list(pair) for pair in town.work_hours]
        names = ("name", "sponsor", "phone", "icp", "police_record")
        found.put("town", {name: getattr(town, name) for name in names} | {"work_hours": hours})


def _places(found: Standing) -> None:
    ground = found.ground
    refs = {row["id"]: ref_of(path) for path, row in ground.places.items()}
    for path, row in ground.places.items():
        row_of = _PLACES.get(row["kind"])
        if row_of is None:
            continue
        above = ref_of(ancestry(path)[-2]) if len(ancestry(path)) > 1 else ""
        given = row | ground.details.get(row["id"], {})
        given |= {"above": above, "segment": path[:-1].rpartition("/")[2]}
        given["estate"] = refs.get(row["estate_id"]) if row["estate_id"] else None
        found.put(*row_of(given))
    for place_id, address in ground.addresses.items():
        if place_id in refs:
            values = {"road": address["road"], "number": address["number"]}
            found.put("addresses", {"place": refs[place_id]} | values)


def _division(row: Values) -> tuple[str, Values]:
    values = {name: row[name] for name in ("code", "name", "level")}
    return "divisions", values | {"since": row["valid_from"]}


def _grid(row: Values) -> tuple[str, Values]:
    values = {name: row[name] for name in ("code", "name", "kind")}
    outline = [(lng, lat) for lng, lat in row["outline"]]
    return "grids", values | {"households": row["households"], "outline": outline}


def _estate(row: Values) -> tuple[str, Values]:
    return "estates", {"grid": row["above"], "gates": row["gate_count"]} | _named(row)


def _building(row: Values) -> tuple[str, Values]:
    more = {name: row[name] for name in ("estate", "floors", "elevators")}
    return "buildings", {"grid": row["above"]} | more | _named(row)


def _entrance(row: Values) -> tuple[str, Values]:
    return "entrances", {"building": row["above"]} | _named(row)


def _room(row: Values) -> tuple[str, Values]:
    more = {name: row[name] for name in ("floor", "use", "vacant")}
    return "rooms", {"entrance": row["above"], "number": row["number"]} | more


def _spot(row: Values) -> tuple[str, Values]:
    more = {name: row[name] for name in ("kind", "above", "estate")}
    return "spots", more | _named(row)


def _named(row: Values) -> Values:
    return {name: row[name] for name in ("segment", "name", "lng", "lat")}


_PLACES = {
    "division": _division,
    "grid": _grid,
    "estate": _estate,
    "building": _building,
    "entrance": _entrance,
    "room": _room,
    "facility": _spot,
    "premises": _spot,
}


def _units(found: Standing, accounts: list[Values]) -> None:
    names = {row["id"]: row["name"] for row in found.org.units.values()}
    for row in found.org.units.values():
        found.units[row["name"]] = row["id"]
        if row["kind"] == PLATFORM:
            continue
        values = {name: row[name] for name in ("name", "kind", "phone")}
        above = names.get(row["parent_id"])
        found.put("units", values | {"above": above, "area": ref_of(row["area"])})
    for account in accounts:
        if account["disabled_at"] is not None:
            found.gone.add(login_of(account))
            continue
        found.staff[login_of(account)] = account["id"]
        found.put("staff", {"login": login_of(account), "name": account["name"]})


def _posts(found: Standing) -> None:
    names = {row["id"]: row["name"] for row in found.org.units.values()}
    logins = {account: login for login, account in found.staff.items()}
    answers: dict[UUID, list[str]] = {}
    for row in found.org.answers:
        if row["post_id"]:
            answers.setdefault(row["post_id"], []).append(ref_of(row["path"]))
    for post in found.org.posts.values():
        if post["role"] == ADMIN:
            continue
        what = {"unit": names[post["unit_id"]], "role": post["role"], "area": ref_of(post["area"])}
        nth = 1
        while (*what.values(), nth) in found.posts:
            nth += 1
        what["nth"] = nth
        found.posts[tuple(what.values())] = post["id"]
        shown = {"phone": post["phone"], "show_phone": post["show_phone"]}
        holder = _holders(found.org.appointments.get(post["id"], []), logins)
        held = {"holder": holder, "answers": sorted(answers.get(post["id"], []))}
        found.put("posts", what | shown | held)
        _times(found, post["id"], what, {login: found.staff[login] for login in holder})


def _times(found: Standing, post_id: UUID, what: Values, holders: dict[str, UUID]) -> None:
    """The hours of a post, and the turns of those who hold it."""
    for hours in found.org.hours.get(post_id, ()):
        when = {"days": hours.days, "starts": hours.starts, "ends": hours.ends}
        found.put("hours", what | when)
    logins = {account: login for login, account in holders.items()}
    for shift in found.org.shifts.get(post_id, {}).values():
        if shift.account_id in logins:
            found.put("shifts", what | _shift(shift, logins))


def _holders(rows: list[Values], logins: dict[UUID, str]) -> list[str]:
    """Who holds a post. Who only stands in for a time does so by a leave."""
    held = (row["account_id"] for row in rows if row["kind"] == "holder")
    return list(dict.fromkeys(logins[account] for account in held if account in logins))


def _shift(shift: org.Shift, logins: dict[UUID, str]) -> Values:
    when = {"on_day": shift.on_day, "starts": shift.starts, "ends": shift.ends}
    again = {"every": shift.every, "until": shift.until}
    return {"who": logins[shift.account_id], "title": shift.title} | when | again


def _leave(found: Standing) -> None:
    """To the second: a workbook says no less."""
    logins = {account: login for login, account in found.staff.items()}
    for row in found.org.leaves:
        if row["account_id"] in logins:
            span = {"since": _second(row["from_at"]), "until": _second(row["to_at"])}
            who = {"who": logins[row["account_id"]], "deputy": logins.get(row["deputy_id"])}
            found.put("leave", who | span)


def _second(at: datetime) -> datetime:
    return at.replace(microsecond=0)


def _answering(found: Standing) -> None:
    names = {row["id"]: row["name"] for row in found.org.units.values()}
    for row in found.org.answers:
        if row["unit_id"]:
            values = {"area": ref_of(row["path"]), "role": row["role"]}
            found.put("answering", values | {"unit": names[row["unit_id"]]})
    for row in found.org.phones:
        values = {name: row[name] for name in ("kind", "title", "number")}
        found.put("phones", {"area": ref_of(row["path"])} | values)


def _columns(sheet: str) -> list[str]:
    return [column.key for column in BY_KEY[sheet].columns]
