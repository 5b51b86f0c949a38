"""What a town consists of, read from its tables in words of people: no ids, no dates of entry.

Asked in SQL and not through the code that is tested.
"""

import hashlib
import json
from datetime import datetime
from typing import Any

from server.base import database

POST = "u.name || '/' || p.role || '/' || p.area"
QUESTIONS = {
    "town": "SELECT name, sponsor, icp, police_record, phone, work_hours FROM town",
    "holiday": "SELECT day, workday, name FROM holiday",
    "calendar_year": "SELECT year FROM calendar_year",
    "place": "SELECT p.kind, p.name, p.full_name, p.path, a.path AS above, g.path AS grid,"
    " e.path AS estate, p.lng, p.lat FROM place p LEFT JOIN place a ON a.id = p.parent_id"
    " LEFT JOIN place g ON g.id = p.grid_id LEFT JOIN place e ON e.id = p.estate_id",
    "division": "SELECT code, level, valid_from, valid_to FROM division",
    "grid": "SELECT code, kind, outline, households FROM grid",
    "estate": "SELECT p.path, t.community_path, t.gate_count FROM estate t"
    " JOIN place p ON p.id = t.id",
    "building": "SELECT p.path, t.floors, t.elevators FROM building t JOIN place p ON p.id = t.id",
    "room": "SELECT p.path, t.number, t.floor, t.use, t.vacant FROM room t"
    " JOIN place p ON p.id = t.id",
    "address": "SELECT p.path, t.road, t.number, t.line FROM standard_address t"
    " JOIN place p ON p.id = t.place_id",
    "unit": "SELECT u.kind, u.name, a.name AS above, u.area, u.phone FROM unit u"
    " LEFT JOIN unit a ON a.id = u.parent_id",
    "staff": "SELECT name FROM account WHERE kind = 'staff'",
    "post": f"SELECT {POST} AS post, p.phone, p.show_phone, p.ended_at FROM post p"
    " JOIN unit u ON u.id = p.unit_id",
    # The owner of a shop is invited, and is in no workbook.
    "holder": f"SELECT {POST} AS post, n.kind, c.name FROM appointment n"
    " JOIN post p ON p.id = n.post_id JOIN unit u ON u.id = p.unit_id"
    " JOIN account c ON c.id = n.account_id WHERE n.kind = 'holder' AND p.role <> 'merchant'",
    "leave": "SELECT c.name, d.name AS deputy, l.from_at, l.to_at, l.taken_back_at FROM leave l"
    " JOIN account c ON c.id = l.account_id LEFT JOIN account d ON d.id = l.deputy_id",
    "away": f"SELECT {POST} AS post, n.kind, c.name, n.from_at, n.to_at, o.name AS instead"
    " FROM appointment n JOIN post p ON p.id = n.post_id JOIN unit u ON u.id = p.unit_id"
    " JOIN account c ON c.id = n.account_id LEFT JOIN account o ON o.id = n.for_account_id"
    " WHERE n.kind <> 'holder'",
    "duty": f"SELECT {POST} AS post, d.days, d.starts, d.ends, c.name, d.title, d.on_day,"
    " d.every_days, d.until_on FROM duty d JOIN post p ON p.id = d.post_id"
    " JOIN unit u ON u.id = p.unit_id LEFT JOIN account c ON c.id = d.account_id",
    "responsibility": f"SELECT r.path, r.role, o.name AS unit, {POST} AS post"
    " FROM responsibility r LEFT JOIN unit o ON o.id = r.unit_id"
    " LEFT JOIN post p ON p.id = r.post_id LEFT JOIN unit u ON u.id = p.unit_id",
    "place_phone": "SELECT path, kind, title, number FROM place_phone",
    "category": "SELECT key, title, icon, rank, respond, resolve, direct, public, conceal, covers,"
    " evidence, urgent, advice, escalate, gb_code FROM category",
    "dispatch_rule": "SELECT category_key, inside_estate, starts, ends, owner, weight"
    " FROM dispatch_rule",
    "merchant": "SELECT p.path, m.kind, m.name, m.uscc, m.license_short, m.trade, m.phone,"
    " m.duties, m.duties_signed_on, m.closed_at FROM merchant m JOIN place p ON p.id = m.place_id",
    # The codes of posts are made from the roster, and are in no workbook.
    "code": "SELECT c.token, c.short, c.kind, c.status, c.ended_for, s.token AS successor, p.path,"
    " b.name FROM code c JOIN place p ON p.id = c.place_id JOIN code_batch b ON b.id = c.batch_id"
    " LEFT JOIN code s ON s.id = c.successor_id"
    " WHERE c.post_id IS NULL",
}


async def content() -> dict[str, list[str]]:
    """Every row of every table of the town, sorted."""
    return {
        name: sorted(
            json.dumps(list(row.values()), default=_told, ensure_ascii=False)
            for row in await database.fetch(question)
        )
        for name, question in QUESTIONS.items()
    }


def _told(value: Any) -> str:
    """A workbook says when to the second."""
    return str(value.replace(microsecond=0) if isinstance(value, datetime) else value)


def counts(town: dict[str, list[str]]) -> dict[str, int]:
    return {name: len(rows) for name, rows in town.items()}


def digest(town: dict[str, list[str]]) -> str:
    """One hash over all of it."""
    return hashlib.sha256(json.dumps(town).encode()).hexdigest()
