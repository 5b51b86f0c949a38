"""What the worker clears at the door every hour, so that no clock set back finds it again."""

from datetime import datetime

from server.people.signing_in.phone import sweep_codes
from server.people.signing_in.sessions import sweep_sessions
from server.people.signing_in.tallies import forget_old


async def sweep(now: datetime) -> None:
    """Drop sessions that are over, codes too old to open anything, and old counts."""
    await sweep_sessions(now)
    await sweep_codes(now)
    await forget_old(now)
