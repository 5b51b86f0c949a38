"""Sealed values open only in their own cell, with a key of this town; names are masked."""

from pathlib import Path

import pytest

from server.base import keyring, seal
from server.base.seal import Sealer, SealError, mask_name, mask_phone

CELL = "resident:name_sealed:7"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "secrets"


def test_a_sealed_value_opens_in_its_cell(folder: Path) -> None:
    sealer = Sealer(folder)

    assert sealer.open(sealer.seal("王小明", aad=CELL), aad=CELL) == "王小明"


def test_a_sealed_value_does_not_show_what_it_is(folder: Path) -> None:
    sealer = Sealer(folder)

    assert "王小明".encode() not in sealer.seal("王小明", aad=CELL)
    assert sealer.seal("王小明", aad=CELL) != sealer.seal("王小明", aad=CELL)


def test_a_value_moved_to_another_cell_does_not_open(folder: Path) -> None:
    sealer = Sealer(folder)
    sealed = sealer.seal("王小明", aad=CELL)

    with pytest.raises(SealError, match="changed or belongs elsewhere"):
        sealer.open(sealed, aad="resident:name_sealed:8")


@pytest.mark.parametrize("at", [0, 1, 5, 17, -1])
def test_a_changed_byte_does_not_open(folder: Path, at: int) -> None:
    sealer = Sealer(folder)
    sealed = bytearray(sealer.seal("王小明", aad=CELL))
    sealed[at] ^= 1

    with pytest.raises(SealError):
        sealer.open(bytes(sealed), aad=CELL)


@pytest.mark.parametrize("broken", [b"", b"\x01", b"\x01abcd", b"\x01abcd12345"])
def test_what_is_no_sealed_value_does_not_open(folder: Path, broken: bytes) -> None:
    with pytest.raises(SealError):
        Sealer(folder).open(broken, aad=CELL)


def test_a_restart_opens_what_was_sealed_before(folder: Path) -> None:
    sealed = Sealer(folder).seal("王小明", aad=CELL)

    assert Sealer(folder).open(sealed, aad=CELL) == "王小明"


def test_after_a_new_key_old_values_open_and_new_ones_take_it(folder: Path) -> None:
    before = Sealer(folder).seal("王小明", aad=CELL)
    keyring.promote(folder, "seal")
    after = Sealer(folder)

    assert after.open(before, aad=CELL) == "王小明"
    assert not after.is_current(before)
    assert after.is_current(after.seal("王小明", aad=CELL))


def test_without_its_key_a_value_stays_shut_and_says_which(folder: Path, tmp_path: Path) -> None:
    sealed = Sealer(folder).seal("王小明", aad=CELL)

    with pytest.raises(SealError, match=f"no key {sealed[1:5].hex()}"):
        Sealer(tmp_path / "another").open(sealed, aad=CELL)


def test_keys_are_for_their_owner_alone(folder: Path) -> None:
    Sealer(folder)

    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_key_others_may_read_stops_the_start(folder: Path) -> None:
    Sealer(folder)
    (folder / "blind.key").chmod(0o644)

    with pytest.raises(SealError, match="others may read"):
        Sealer(folder)


def test_a_broken_key_stops_the_start(folder: Path) -> None:
    Sealer(folder)
    (folder / "sign.key").write_text("not a key")

    with pytest.raises(SealError, match="holds no key"):
        Sealer(folder)


def test_equal_values_have_one_blind_index_per_purpose(folder: Path) -> None:
    sealer = Sealer(folder)

    assert sealer.blind("16000000001", "phone") == sealer.blind(" １6000000001", "phone")
    assert sealer.blind("16000000001", "phone") != sealer.blind("16000000001", "id_no")
    assert sealer.blind("16000000001", "phone") != sealer.blind("16000000002", "phone")


def test_another_town_blinds_and_signs_otherwise(folder: Path, tmp_path: Path) -> None:
    here, elsewhere = Sealer(folder), Sealer(tmp_path / "another")

    assert here.blind("16000000001", "phone") != elsewhere.blind("16000000001", "phone")
    assert here.sign("case", b"7") != elsewhere.sign("case", b"7")


def test_a_signature_is_for_one_purpose(folder: Path) -> None:
    sealer = Sealer(folder)

    assert sealer.sign("case", b"7") == sealer.sign("case", b"7")
    assert sealer.sign("case", b"7") != sealer.sign("photo", b"7")
    assert len(sealer.sign("case", b"7")) == 16


@pytest.mark.parametrize(("name", "shown"), [("王小明", "王*"), ("欧阳娜娜", "欧*"), ("", "")])
def test_a_name_is_masked(name: str, shown: str) -> None:
    assert mask_name(name) == shown


@pytest.mark.parametrize(
    ("phone", "shown"),
    [("16000000001", "160****0001"), ("8591234", "****34"), ("110", "****"), ("", "****")],
)
def test_a_phone_is_masked(phone: str, shown: str) -> None:
    assert mask_phone(phone) == shown


def test_a_running_server_takes_a_new_key_without_a_restart(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seal, "LOOK_EVERY_S", 0.0)
    running = Sealer(folder)
    before = running.seal("王小明", aad=CELL)

    keyring.promote(folder, "seal")

    assert running.open(running.seal("李", aad=CELL), aad=CELL) == "李"
    assert not running.is_current(before)


def test_a_value_sealed_elsewhere_with_a_new_key_opens_at_once(folder: Path) -> None:
    running = Sealer(folder)
    keyring.promote(folder, "seal")
    elsewhere = Sealer(folder).seal("王小明", aad=CELL)

    assert running.open(elsewhere, aad=CELL) == "王小明"


def test_a_prepared_key_opens_and_does_not_seal(folder: Path, tmp_path: Path) -> None:
    running = Sealer(folder)
    before = running.seal("王小明", aad=CELL)
    keyring.prepare(folder, "seal")
    prepared = Sealer(folder)
    keyring.promote(folder, "seal")
    sealed = Sealer(folder).seal("李", aad=CELL)

    assert prepared.is_current(before)
    assert prepared.open(sealed, aad=CELL) == "李"


def test_a_key_prepared_twice_is_prepared_once(folder: Path) -> None:
    Sealer(folder)

    assert keyring.prepare(folder, "seal") == keyring.prepare(folder, "seal")


def test_after_the_old_key_is_gone_what_it_sealed_stays_shut(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seal, "LOOK_EVERY_S", 0.0)
    running = Sealer(folder)
    before = running.seal("王小明", aad=CELL)
    keyring.promote(folder, "seal")
    keyring.remove(running.keys.of("seal")[1:])
    running.keys.of("seal")

    with pytest.raises(SealError, match="no key"):
        running.open(before, aad=CELL)


def test_a_broken_new_key_does_not_stop_a_running_server(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(seal, "LOOK_EVERY_S", 0.0)
    running = Sealer(folder)
    half_copied = folder / "seal-0002.key"
    half_copied.touch(0o600)

    assert running.open(running.seal("王小明", aad=CELL), aad=CELL) == "王小明"
    assert "the keys stay as they were" in caplog.text


def test_a_key_nobody_drew_stops_the_start(folder: Path) -> None:
    Sealer(folder)
    (folder / "sign.key").write_text("ab" * 32)

    with pytest.raises(SealError, match="not drawn at random"):
        Sealer(folder)


def test_a_folder_without_a_key_in_use_stops_the_start(folder: Path) -> None:
    Sealer(folder)
    (folder / "seal-0001.key").rename(folder / "seal-0001.next")

    with pytest.raises(SealError, match="no seal key in use"):
        Sealer(folder)


def test_a_value_is_found_under_the_old_blind_key_and_the_new(folder: Path) -> None:
    before = Sealer(folder).blind("16000000001", "phone")
    keyring.promote(folder, "blind")
    after = Sealer(folder)

    assert after.blind("16000000001", "phone") != before
    assert after.blinds("16000000001", "phone") == [after.blind("16000000001", "phone"), before]
