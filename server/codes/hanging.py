"""All signs as rows, and putting up those of an import: printed or retired before, or new."""

from datetime import UTC, datetime, time
from uuid import UUID

from server import places
from server.base import changes, clock
from server.base.revision import Revision, Row, Told, every_row
from server.codes.actions import Batch
from server.codes.models import Code, CodeBatch

UNNAMED = "导入"
_NOON = time(12)


async def signs_now() -> list[Row]:
    """Every code with its batch's name, `ended_on` and the `successor` of what is retired; of posts
    none: those are made from the roster.
    """
    batches = {row["id"]: row["name"] async for row in every_row("code_batch", "name")}
    columns = "token, short, kind, place_id, batch_id, retired_at, ended_for, successor_id"
    rows = [row async for row in every_row("code", columns, "AND post_id IS NULL")]
    tokens = {row["id"]: row["token"] for row in rows}
    return [
        row
        | {
            "batch": batches.get(row["batch_id"], ""),
            "ended_on": row["retired_at"] and clock.local(row["retired_at"]).date(),
            "successor": tokens.get(row["successor_id"]),
        }
        for row in rows
    ]


async def tokens_taken() -> tuple[set[str], set[str]]:
    """The tokens and the short numbers that any sign has or had."""
    rows = [row async for row in every_row("code", "token, short")]
    return {row["token"] for row in rows}, {row["short"] for row in rows if row["short"]}


def _ended(row: Row) -> Row:
    """What a code that was retired elsewhere has besides, at noon of its day."""
    if row["ended_on"] is None:
        return {}
    retired_at = datetime.combine(row["ended_on"], _NOON, clock.ZONE).astimezone(UTC)
    return {"status": "retired", "retired_at": retired_at, "ended_for": row["ended_for"]}


async def _follow(successors: dict[str, str], named: dict[tuple[str, str], Batch]) -> None:
    """Let each retired code lead on to its successor, which stands or comes with it."""
    if not successors:
        return
    made = [code for batch in named.values() for code in batch.codes]
    ids: dict[str, UUID] = {row["token"]: row["id"] async for row in every_row("code", "token")}
    ids |= {code["token"]: code["id"] for code in made}
    for code in made:
        if (successor := successors.get(code["token"])) is not None:
            code["successor_id"] = ids[successor]


async def put_up(wanted: list[Row], *, told: Told | None = None) -> Revision:
    """Write new codes: each `place_id`, its `path` and `kind`, `token` and `short` if printed, its
    `batch`; `ended_on`, `ended_for` and the `successor` of one that was retired elsewhere.

    A batch is of one community, whose desk prints it; there it is found by its name and made once.
    What has no token gets one.
    """
    revision, named = Revision(), dict[tuple[str, str], Batch]()
    columns = "name, path, count"
    standing = [row async for row in every_row("code_batch", columns)]
    before = {(row["name"], row["path"]): row for row in standing}
    _, shorts = await tokens_taken()
    taken = shorts | {row["short"] for row in wanted if row["short"]}
    for row in wanted:
        key = (row["batch"] or UNNAMED, places.community_path(row["path"]))
        batch = named.get(key)
        if batch is None:
            batch = named[key] = Batch(key[0], clock.now(), path=key[1], taken=taken)
            if key in before:
                batch.id = before[key]["id"]
        batch.code(row["place_id"], row["kind"], token=row["token"], short=row["short"])
        batch.codes[-1] |= _ended(row)
    successors = {row["token"]: row["successor"] for row in wanted if row["successor"]}
    await _follow(successors, named)
    for key, batch in named.items():
        stands = before.get(key)
        count = len(batch.codes) + (stands["count"] if stands else 0)
        if stands is None:
            made = {"id": batch.id, "name": key[0], "path": key[1], "made_at": batch.made_at}
            revision.row(CodeBatch, made | {"count": count}, None)
        else:
            revision.row(CodeBatch, {"id": batch.id, "count": count}, stands)
        for code in batch.codes:
            revision.row(Code, code, None)
    await revision.write(told)
    changes.everything_changed()
    return revision
