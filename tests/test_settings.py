"""Settings: read once, typed; a wrong one stops the start with one sentence."""

from pathlib import Path

import pytest

from server import settings
from server.settings import SettingsError


def test_without_any_variable_the_town_is_embedded() -> None:
    read = settings.read({})

    assert read.embedded
    assert read.database_url == f"sqlite://{Path('var').absolute()}/mashang.db"
    assert read.public_url == "http://127.0.0.1:8000"


def test_other_folders_follow_the_data_folder() -> None:
    read = settings.read({"MASHANG_DATA_DIR": "/srv/town"})

    assert read.secrets_dir == Path("/srv/town/secrets")
    assert read.photos_url == "file:///srv/town/photos"


def test_the_address_follows_host_and_port() -> None:
    read = settings.read({"MASHANG_HOST": "10.0.0.5", "MASHANG_PORT": "80"})

    assert read.public_url == "http://10.0.0.5:80"


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("MASHANG_PORT", "abc", "MASHANG_PORT=abc 不对：应为 1 到 65535 的整数。"),
        ("MASHANG_PORT", "0", "MASHANG_PORT=0 不对：应为 1 到 65535 的整数。"),
        ("MASHANG_DEMO", "maybe", "MASHANG_DEMO=maybe 不对：应为 1 或 0。"),
        ("MASHANG_PUBLIC_URL", "town.cn", "http:// 或 https://"),
        ("MASHANG_DATABASE_URL", "mysql://h/d", "sqlite:// 或 postgres://"),
        ("MASHANG_TIMEZONE", "Mars/Base", "时区名"),
        ("MASHANG_TIMEZONE", "../etc", "时区名"),
        ("MASHANG_WORKERS", "4", "SQLite 只许 1 个进程"),
        ("MASHANG_PHOTOS_URL", "ftp://x", "file:///文件夹 或 s3://"),
        ("MASHANG_PHOTOS_URL", "file://srv/photos", "file:///文件夹 或 s3://"),
        ("MASHANG_PRINTS_URL", "s3://", "file:///文件夹 或 s3://"),
        ("MASHANG_PUBLIC_URL", "https://town.cn/mashang", "后面什么也不带"),
        ("MASHANG_PUBLIC_URL", "https://town.cn?from=wall", "后面什么也不带"),
        ("MASHANG_DATABASE_URL", "sqlite://", "sqlite:// 或 postgres://"),
        ("MASHANG_DATABASE_URL", "postgres://h:99999/d", "sqlite:// 或 postgres://"),
        ("MASHANG_REDIS_URL", "redis://h:abc", "redis://"),
        ("MASHANG_REDIS_URL", "http://x", "redis://"),
    ],
)
def test_a_wrong_value_is_answered_by_a_sentence(variable: str, value: str, sentence: str) -> None:
    with pytest.raises(SettingsError) as wrong:
        settings.read({variable: value})

    assert sentence in str(wrong.value)
    assert f"{variable}={value}" in str(wrong.value)


def test_several_processes_are_welcome_on_postgres() -> None:
    town = {"MASHANG_DATABASE_URL": "postgres://u:p@db/town", "MASHANG_WORKERS": "4"}

    assert settings.read(town).workers == 4


def test_a_password_is_told_neither_by_an_error_nor_by_printing() -> None:
    with pytest.raises(SettingsError) as wrong:
        settings.read({"MASHANG_DATABASE_URL": "mysql://u:hush@db/town"})
    read = settings.read({"MASHANG_DATABASE_URL": "postgres://u:hush@db/town"})

    assert "hush" not in str(wrong.value)
    assert "hush" not in repr(read)


def test_a_password_that_is_no_part_of_an_address_is_not_told_either() -> None:
    with pytest.raises(SettingsError, match="密码里的特殊字符写成 %23") as wrong:
        settings.read({"MASHANG_DATABASE_URL": "postgres://u:hu/sh#h@db/town"})

    assert "sh#h" not in str(wrong.value)


def test_an_empty_variable_means_the_default() -> None:
    assert settings.read({"MASHANG_PORT": " "}).port == 8000


def test_every_setting_is_listed_with_its_variable() -> None:
    listed = {setting.variable for setting in settings.listing()}

    assert listed == {f"MASHANG_{name.upper()}" for name in settings.Settings.__slots__}


def test_an_operators_address_is_a_host_and_a_port() -> None:
    assert settings.read({"MASHANG_OPERATOR_ADDRESS": "[::1]:9108"}).operator_address == (
        "::1",
        9108,
    )


def test_an_operators_address_without_a_host_is_refused() -> None:
    with pytest.raises(SettingsError, match=r"MASHANG_OPERATOR_ADDRESS=9108 不对"):
        settings.read({"MASHANG_OPERATOR_ADDRESS": "9108"})


def test_a_misspelt_variable_is_noticed() -> None:
    environment = {"MASHANG_PUBLICURL": "https://town.cn", "MASHANG_PORT": "80", "PATH": "/bin"}

    assert settings.unheard_of(environment) == ["MASHANG_PUBLICURL"]
