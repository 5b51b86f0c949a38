"""The one way a text message leaves the town: chosen at start, hidden where none is chosen."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from server.setting_kinds import SMS_TO_LOG
from server.settings import SettingsError
from server.sms.errors import SmsNotConfigured
from server.sms.http_provider import HttpProvider
from server.sms.messages import Message, code_message
from server.sms.operator_log import OperatorLog

SECRET_FILE = "sms.secret"
SHORTEST_SECRET = 16


class Port(Protocol):
    """An adapter: sends, or raises SmsFailed within a few seconds."""

    async def send(self, phone: str, message: Message) -> None: ...
    async def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Budget:
    """How many messages the town pays for, whoever asks for them."""

    hourly: int = 500
    daily: int = 3000


class _Open:
    """The one port of this process."""

    port: Port | None = None
    budget = Budget()


def open_port(url: str, secrets_dir: Path, *, demo: bool, budget: Budget = Budget()) -> None:
    """Choose the adapter; an empty address has none. Raises SettingsError with the sentence."""
    _Open.budget = budget
    if not url:
        _Open.port = None
    elif url == SMS_TO_LOG:
        if not demo:
            raise SettingsError(
                f"MASHANG_SMS_URL={SMS_TO_LOG} 不行：把验证码写进日志只许在演示里用；"
                "正式使用请填短信平台的网址，或留空。"
            )
        _Open.port = OperatorLog()
    else:
        _Open.port = HttpProvider(url, read_secret(secrets_dir / SECRET_FILE))


async def close_port() -> None:
    """Let go of the connections."""
    port, _Open.port = _Open.port, None
    if port is not None:
        await port.close()


def budget() -> Budget:
    """What may be sent in all."""
    return _Open.budget


def is_configured() -> bool:
    """Whether anybody can be sent a message; else pages do not offer it."""
    return _Open.port is not None


async def send_code(phone: str, code: str) -> None:
    """Send a code. Raises SmsNotConfigured, or SmsFailed after three seconds at most."""
    if _Open.port is None:
        raise SmsNotConfigured(retry_after_s=3600)
    await _Open.port.send(phone, code_message(code))


def read_secret(path: Path) -> bytes:
    """What the provider and we share, from a file nobody else may read."""
    try:
        if path.stat().st_mode & 0o077:
            raise SettingsError(f"{path} 别人也能读：请 chmod 600，并考虑换一个密钥。")
        secret = path.read_bytes().strip()
    except OSError:
        raise SettingsError(
            f"设了 MASHANG_SMS_URL，却读不到 {path}：请把和短信平台约定的密钥写进这个文件。"
        ) from None
    if len(secret) < SHORTEST_SECRET:
        raise SettingsError(f"{path} 里的密钥太短：至少 {SHORTEST_SECRET} 个字符。")
    return secret
