"""Staff accounts as rows, and writing how they shall be: new ones, and other names."""

from server.base import clock
from server.base.revision import Revision, Row, Told, every_row
from server.people.models import Account


async def staff_accounts() -> list[Row]:
    """Everybody who is or was on the staff: id, login, persona, the name on the plate."""
    columns = "login, persona, name, disabled_at"
    return [row async for row in every_row("account", columns, "AND kind = 'staff'")]


async def revise_staff(wanted: list[Row], *, told: Told | None = None) -> Revision:
    """Write accounts (`id`, `login`, `name`): new ones have no password and cannot sign in yet.

    Of an account that stands only the name is written, and only where it is another.
    """
    standing = {row["id"]: row for row in await staff_accounts()}
    revision, now = Revision(), clock.now()
    for row in wanted:
        before = standing.get(row["id"])
        if before is None:
            revision.row(Account, row | {"kind": "staff", "created_at": now}, None)
        else:
            revision.row(Account, {"id": row["id"], "name": row["name"]}, before)
    await revision.write(told)
    return revision
