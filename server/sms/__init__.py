"""Text messages: a port with two adapters, the operator's log of a demo and a signed HTTP call."""

from server.sms.errors import SmsFailed, SmsNotConfigured
from server.sms.port import Budget, budget, close_port, is_configured, open_port, send_code

__all__ = [
    "Budget",
    "SmsFailed",
    "SmsNotConfigured",
    "budget",
    "close_port",
    "is_configured",
    "open_port",
    "send_code",
]
