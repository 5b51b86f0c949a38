"""Every setting of the town, read once from the environment when a process starts.

One setting is one variable `MASHANG_…`. A wrong value stops the start with one sentence.
"""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from server import setting_kinds as kinds

PREFIX = "MASHANG_"
_OF_TESTS = "MASHANG_TEST_"
_PASSWORD = re.compile(r"(?<=://)\S*@")


class SettingsError(Exception):
    """A setting is wrong; the sentence names the variable, its value and what is allowed."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting as the operator's page lists it."""

    variable: str
    default: str
    allowed: str
    about: str
    read: Callable[[str], Any]
    secret: bool = False


def _row(
    default: str, read: Callable[[str], Any], allowed: str, about: str, *, secret: bool = False
) -> dict[str, Any]:
    """One line of the table below."""
    return {"default": default, "read": read, "allowed": allowed, "about": about, "secret": secret}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All of them, typed. `{name}` in a default is the value of an earlier setting."""

    host: str = field(
        metadata=_row("127.0.0.1", str, "一个网络地址", "the address the server listens on")
    )
    port: int = field(
        metadata=_row(
            "8000", kinds.between(1, 65535), "1 到 65535 的整数", "the port it listens on"
        )
    )
    public_url: str = field(
        metadata=_row(
            "http://{host}:{port}",
            kinds.public,
            "http:// 或 https:// 开头的网址，域名和端口后面什么也不带",
            "the address people reach it by; printed on the plaques",
        )
    )
    data_dir: Path = field(
        metadata=_row("var", kinds.folder, "一个文件夹", "where the embedded form keeps its data")
    )
    database_url: str = field(
        repr=False,
        metadata=_row(
            "sqlite://{data_dir}/mashang.db",
            kinds.database,
            "sqlite:// 或 postgres:// 开头的网址，密码里的特殊字符写成 %23 这样",
            "the database",
            secret=True,
        ),
    )
    redis_url: str = field(
        repr=False,
        metadata=_row(
            "",
            kinds.optional(kinds.url("redis", "rediss", "unix", needs_host=False)),
            "空，或 redis://、rediss://、unix:// 开头的网址",
            "live fan-out between several processes; empty: inside the process",
            secret=True,
        ),
    )
    photos_url: str = field(
        metadata=_row(
            "file://{data_dir}/photos",
            kinds.store,
            "file:///文件夹 或 s3://存储桶/前缀",
            "where photos are kept: file://… or s3://bucket/prefix",
        )
    )
    prints_url: str = field(
        metadata=_row(
            "file://{data_dir}/prints",
            kinds.store,
            "file:///文件夹 或 s3://存储桶/前缀",
            "where printed plaques lie for three days: file://… or s3://bucket/prefix",
        )
    )
    plaque_line: str = field(
        metadata=_row(
            "",
            str,
            "一个 SVG 文件，或空",
            "a drawing for the head of every plaque, such as the town's name in Mongolian script",
        )
    )
    workers: int = field(
        metadata=_row(
            "1",
            kinds.between(1, 64),
            "1 到 64 的整数",
            "server processes; more than one needs PostgreSQL",
        )
    )
    demo: bool = field(
        metadata=_row(
            "0", kinds.switch, "1 或 0", "the demo town: personas sign in with one button"
        )
    )
    secrets_dir: Path = field(
        metadata=_row(
            "{data_dir}/secrets",
            kinds.folder,
            "一个文件夹",
            "keys as files, mode 0600, made at the first start; back it up apart",
        )
    )
    anchors_file: Path = field(
        metadata=_row(
            "{data_dir}/anchors.log",
            kinds.folder,
            "一个文件",
            "where anchors are kept outside the database; best on another disk",
        )
    )
    erasures_file: Path = field(
        metadata=_row(
            "{data_dir}/erasures.log",
            kinds.folder,
            "一个文件",
            "who was erased, by number alone, so that a restored backup forgets them again",
        )
    )
    wechat_appid: str = field(
        metadata=_row("", str, "公众平台的 AppID，或空", "WeChat's AppID; empty hides WeChat")
    )
    wechat_secret: str = field(
        repr=False,
        metadata=_row("", str, "公众平台的 AppSecret，或空", "its secret", secret=True),
    )
    wechat_base_url: str = field(
        metadata=_row(
            "https://api.weixin.qq.com",
            kinds.url("http", "https"),
            "http:// 或 https:// 开头的网址",
            "where WeChat's API answers",
        )
    )
    sms_url: str = field(
        repr=False,
        metadata=_row(
            "",
            kinds.sms,
            "空，log:，或 https:// 开头的网址",
            "where text messages are handed over; log: prints codes, in a demo only",
            secret=True,
        ),
    )
    sms_hourly: int = field(
        metadata=_row(
            "500",
            kinds.between(1, 1_000_000),
            "1 到 1000000 的整数",
            "codes the whole town sends in an hour",
        )
    )
    sms_daily: int = field(
        metadata=_row(
            "3000",
            kinds.between(1, 1_000_000),
            "1 到 1000000 的整数",
            "codes the whole town sends in a day",
        )
    )
    tiles_url: str = field(
        metadata=_row(
            "",
            kinds.optional(kinds.url("http", "https")),
            "空，或 http:// 或 https:// 开头的网址",
            "map tiles; empty hides the map",
        )
    )
    proxies: int = field(
        metadata=_row(
            "0",
            kinds.between(0, 10),
            "0 到 10 的整数",
            "reverse proxies of our own in front; X-Forwarded-For is believed that far",
        )
    )
    operator_address: tuple[str, int] | None = field(
        metadata=_row(
            "",
            kinds.address,
            "空，或 127.0.0.1:9108 这样的地址和端口",
            "where GET /metrics answers, and nothing else does; empty: nowhere",
        )
    )
    limits: bool = field(
        metadata=_row(
            "1", kinds.switch, "1 或 0", "rate limits; 0 only to measure the server's speed"
        )
    )
    timezone: ZoneInfo = field(
        metadata=_row(
            "Asia/Shanghai",
            kinds.zone,
            "时区名，如 Asia/Shanghai",
            "times are shown in it, no more",
        )
    )

    @property
    def embedded(self) -> bool:
        """One process with SQLite."""
        return self.database_url.startswith("sqlite:")


def listing() -> list[Setting]:
    """Every setting, in the order the operator reads them."""
    return [Setting(variable=PREFIX + each.name.upper(), **each.metadata) for each in _FIELDS]


def read(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of this process. Raises SettingsError with the sentence to print."""
    source = os.environ if environment is None else environment
    values: dict[str, Any] = {}
    for each, setting in zip(_FIELDS, listing(), strict=True):
        given = source.get(setting.variable, "").strip()
        values[each.name] = _value(setting, given or setting.default.format_map(values))
    settings = Settings(**values)
    if settings.embedded and settings.workers > 1:
        raise SettingsError(
            f"{PREFIX}WORKERS={settings.workers} 不行：内置的 SQLite 只许 1 个进程；"
            f"要多个进程，请把 {PREFIX}DATABASE_URL 设为 postgres:// 开头的网址。"
        )
    return settings


def unheard_of(environment: Mapping[str, str] | None = None) -> list[str]:
    """Variables named like ours that nothing reads: misspelt, most likely."""
    known = {setting.variable for setting in listing()}
    source = os.environ if environment is None else environment
    return sorted(
        name
        for name in source
        if name.startswith(PREFIX) and not name.startswith(_OF_TESTS) and name not in known
    )


def _value(setting: Setting, text: str) -> Any:
    try:
        return setting.read(text)
    except ValueError:
        shown = _PASSWORD.sub("…@", text)
        gap = " " if setting.allowed[0].isascii() else ""
        sentence = f"{setting.variable}={shown} 不对：应为{gap}{setting.allowed}。"
        raise SettingsError(sentence) from None


_FIELDS = fields(Settings)
