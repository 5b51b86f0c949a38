"""Prints messages where the operator of a demo reads them. Refused anywhere else."""

import logging

from server.base import seal
from server.sms.messages import Message

log = logging.getLogger("mashang.sms")


class OperatorLog:
    """Sends nothing: writes the words down, the number masked."""

    async def send(self, phone: str, message: Message) -> None:
        log.warning("to %s: %s", seal.mask_phone(phone), message.text)

    async def close(self) -> None:
        """Nothing to let go of."""
