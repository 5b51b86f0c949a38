"""What text messages may cost the town: so many codes an hour and so many a day, whoever asks."""

import logging
from datetime import UTC, datetime, timedelta

from server import sms
from server.base import clock
from server.people.errors import CodesSpent
from server.people.signing_in import tallies

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_EPOCH = datetime.fromtimestamp(0, UTC)
log = logging.getLogger("mashang.sms")


async def spend_one() -> None:
    """Count one code. Raises CodesSpent where the hour or the day has none left."""
    budget = sms.budget()
    await _spend(_HOUR, budget.hourly, "MASHANG_SMS_HOURLY")
    await _spend(_DAY, budget.daily, "MASHANG_SMS_DAILY")


async def _spend(span: timedelta, most: int, setting: str) -> None:
    nth, gone = divmod(clock.now() - _EPOCH, span)
    count = await tallies.add_up(tallies.key_of("codes-town", setting, str(nth)), most)
    if count is None:
        raise CodesSpent(max(1, round((span - gone).total_seconds())))
    if count == most:  # Whoever takes the last one says so, once.
        log.error("%s=%d codes are sent: no more of them before the next begins", setting, most)
