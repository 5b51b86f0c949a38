"""One file per way to reach a person. It delivers one notice and marks it done, or raises."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from server.notices.channels import inbox
from server.notices.models import Notice

CHANNELS: dict[str, Callable[[Notice, datetime], Awaitable[None]]] = {"inbox": inbox.deliver}
