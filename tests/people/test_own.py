"""One's own account: correcting it, consenting and taking it back."""

import pytest

from server import people
from server.base import clock, database
from server.base.errors import Invalid
from server.base.viewer import Viewer
from server.people import consent
from tests.makers import SINCE, a_resident, a_staff_login

PHONE, NEW = "16000001001", "16000001002"

pytestmark = pytest.mark.usefixtures("db", "postbox")


@pytest.fixture
async def resident():
    return Viewer(await people.add_resident_account("演示-王女士", phone=PHONE))


async def test_a_name_is_corrected_and_stays_sealed(resident):
    await people.change_name(resident, "  演示-王 女士 ")
    assert (await people.own_account(resident)).name == "演示-王 女士"
    row = await database.fetch_one("SELECT * FROM account")
    assert "王".encode() not in row["name_sealed"]


async def test_a_name_may_be_taken_away(resident):
    await people.change_name(resident, "")
    assert (await people.own_account(resident)).name == ""


async def test_a_name_that_is_too_long_is_told_so(resident):
    with pytest.raises(Invalid) as told:
        await people.change_name(resident, "王" * 21)
    assert told.value.fields[0].field == "name"


async def test_the_name_of_staff_is_the_administrators_to_change():
    staff = Viewer(await a_staff_login())
    with pytest.raises(people.StaffAccount):
        await people.change_name(staff, "演示-别人")


async def test_a_number_is_changed_by_a_code_sent_to_the_new_one(resident, postbox):
    asked = await people.ask_phone_change(resident, NEW)
    assert postbox.sent[-1][0] == NEW
    await people.change_phone(resident, NEW, postbox.code, asked.ask)
    assert (await people.own_account(resident)).phone == NEW


async def test_without_the_right_code_the_number_stays(resident, postbox):
    asked = await people.ask_phone_change(resident, NEW)
    with pytest.raises(people.CodeRefused):
        await people.change_phone(resident, NEW, "000000", asked.ask)
    assert (await people.own_account(resident)).phone == PHONE


async def test_the_code_of_another_account_changes_nothing(resident, postbox):
    other = await a_resident("演示-张先生")
    asked = await people.ask_phone_change(other, NEW)
    with pytest.raises(people.CodeRefused):
        await people.change_phone(resident, NEW, postbox.code, asked.ask)


async def test_a_number_another_account_signs_in_with_is_not_taken_from_it(resident, postbox):
    other = Viewer(await people.add_resident_account("演示-张先生", phone=NEW))
    asked = await people.ask_phone_change(resident, NEW)
    with pytest.raises(people.PhoneTaken):
        await people.change_phone(resident, NEW, postbox.code, asked.ask)
    assert (await people.own_account(other)).phone == NEW


async def test_who_agreed_is_asked_again_when_the_notice_changes(resident, monkeypatch):
    await people.agree(resident.account_id, people.NOTICE)
    assert await people.is_agreed(resident.account_id)
    monkeypatch.setattr(consent, "NOTICE", people.NOTICE + 1)
    assert not await people.is_agreed(resident.account_id)


async def test_agreeing_twice_is_agreeing_once(resident):
    for _ in range(2):
        await people.agree(resident.account_id, people.NOTICE)
    assert len(await people.agreed(resident.account_id)) == 1


async def test_nobody_agrees_to_what_nobody_wrote(resident):
    with pytest.raises(Invalid):
        await people.agree(resident.account_id, people.NOTICE + 1)


async def test_consent_is_taken_back_kept_on_record_and_signs_out(resident, postbox):
    with clock.stopped_at(SINCE):
        asked = await people.ask_code(PHONE)
        entered = await people.sign_in_phone(
            PHONE, postbox.code, asked.ask, agreed_to=people.NOTICE
        )
        await people.take_consent_back(resident)
        assert await people.session_of(entered.token) is None
    record = await people.agreed(resident.account_id)
    assert [one.withdrawn_at for one in record] == [SINCE]
    assert not await people.is_agreed(resident.account_id)
