"""Which way messages leave is chosen at start, and a wrong choice is one sentence."""

import logging

import pytest

from server import sms
from server.settings import SettingsError, read
from server.sms.port import SECRET_FILE


@pytest.fixture(autouse=True)
async def closed_again():
    yield
    await sms.close_port()


def _secret(folder, words="a long shared secret", mode=0o600):
    path = folder / SECRET_FILE
    path.write_text(words)
    path.chmod(mode)


async def test_without_a_provider_nothing_is_offered(tmp_path):
    sms.open_port("", tmp_path, demo=False)
    assert not sms.is_configured()
    with pytest.raises(sms.SmsNotConfigured):
        await sms.send_code("16000001001", "123456")


async def test_a_demo_may_write_codes_into_the_log_with_the_number_masked(tmp_path, caplog):
    sms.open_port("log:", tmp_path, demo=True)
    with caplog.at_level(logging.WARNING, "mashang.sms"):
        await sms.send_code("16000001001", "123456")
    assert "123456" in caplog.text
    assert "16000001001" not in caplog.text


def test_a_real_town_may_not(tmp_path):
    with pytest.raises(SettingsError, match="只许在演示里用"):
        sms.open_port("log:", tmp_path, demo=False)


async def test_a_provider_is_chosen_with_the_secret_from_its_file(tmp_path):
    _secret(tmp_path)
    sms.open_port("https://sms.example/send", tmp_path, demo=False)
    assert sms.is_configured()


def test_a_provider_without_a_secret_stops_the_start(tmp_path):
    with pytest.raises(SettingsError, match=SECRET_FILE):
        sms.open_port("https://sms.example/send", tmp_path, demo=False)


def test_a_secret_others_may_read_stops_the_start(tmp_path):
    _secret(tmp_path, mode=0o644)
    with pytest.raises(SettingsError, match="chmod 600"):
        sms.open_port("https://sms.example/send", tmp_path, demo=False)


def test_a_short_secret_stops_the_start(tmp_path):
    _secret(tmp_path, "short")
    with pytest.raises(SettingsError, match="太短"):
        sms.open_port("https://sms.example/send", tmp_path, demo=False)


@pytest.mark.parametrize("url", ["http://sms.example/send", "ftp://x", "log", "https://"])
def test_an_address_that_is_not_safe_or_none_is_refused(url):
    with pytest.raises(SettingsError, match="MASHANG_SMS_URL"):
        read({"MASHANG_SMS_URL": url})


def test_this_machine_itself_may_be_called_in_plain():
    assert read({"MASHANG_SMS_URL": "http://127.0.0.1:9/sms"}).sms_url
