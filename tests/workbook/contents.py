"""What a town consists of, read from its tables in words of people: no ids, no dates of entry.

Asked in SQL and not through the code that is tested.
"""

import hashlib
import json

from server.base import database

POST = "u.name || '/' || p.role || '/' || p.area"
# A workbook names one holder of a post. Leave and turns, and who shares these, are not in it.
EARLIER = (
    "EXISTS (SELECT 1 FROM appointment b"
    " WHERE b.post_id = n.post_id AND b.kind = 'holder' AND b.id < n.id)"
)
QUESTIONS = {
    "town": "SELECT name, sponsor, icp, police_record, phone, work_hours FROM town",
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
    "post": f"SELECT {POST} AS post, p.phone, p.show_phone, p.ended_at, n.kind, c.name"
    " FROM post p JOIN unit u ON u.id = p.unit_id LEFT JOIN appointment n ON n.post_id = p.id"
    f" AND n.kind = 'holder' AND NOT {EARLIER} LEFT JOIN account c ON c.id = n.account_id",
    "duty": f"SELECT {POST} AS post, d.days, d.starts, d.ends FROM duty d"
    " JOIN post p ON p.id = d.post_id JOIN unit u ON u.id = p.unit_id WHERE d.account_id IS NULL",
    "responsibility": f"SELECT r.path, r.role, o.name AS unit, {POST} AS post"
    " FROM responsibility r LEFT JOIN unit o ON o.id = r.unit_id"
    " LEFT JOIN post p ON p.id = r.post_id LEFT JOIN unit u ON u.id = p.unit_id",
    "place_phone": "SELECT path, kind, title, number FROM place_phone",
    "category": "SELECT key, title, icon, rank, respond, resolve, direct, public, conceal, covers,"
    " evidence, urgent, advice, escalate, gb_code FROM category",
    "dispatch_rule": "SELECT category_key, inside_estate, starts, ends, owner, weight"
    " FROM dispatch_rule",
    "code": "SELECT c.token, c.short, c.kind, c.status, p.path, b.name FROM code c"
    " JOIN place p ON p.id = c.place_id JOIN code_batch b ON b.id = c.batch_id",
}


async def content() -> dict[str, list[str]]:
    """Every row of every table of the town, sorted."""
    return {
        name: sorted(
            json.dumps(list(row.values()), default=str, ensure_ascii=False)
            for row in await database.fetch(question)
        )
        for name, question in QUESTIONS.items()
    }


def counts(town: dict[str, list[str]]) -> dict[str, int]:
    return {name: len(rows) for name, rows in town.items()}


def digest(town: dict[str, list[str]]) -> str:
    """One hash over all of it."""
    return hashlib.sha256(json.dumps(town).encode()).hexdigest()
