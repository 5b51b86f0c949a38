"""On record: what somebody changed about how they come in. Never a secret, and never without it."""

from collections.abc import Callable
from uuid import UUID

from server import trust
from server.base import database
from server.base.unit import Unit
from server.base.viewer import Viewer
from server.trust import Act


async def change_own_door(action: str, account_id: UUID, change: Callable[[Unit], None]) -> None:
    """Put the change into one unit with its record: by this account, on its own sign-in."""
    account = await database.fetch_one("SELECT login, name FROM account WHERE id = $1", account_id)
    assert account is not None, "a session belongs to an account"
    by, target = Viewer(account_id), account["login"] or ""
    act = Act(action=action, by=by, name=account["name"], target=target)
    await trust.record(act, also=change)
