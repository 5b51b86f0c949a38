"""Erasing a person: nothing personal is left anywhere, the cases go on, every chain stays whole."""

from datetime import timedelta
from importlib import import_module

import pytest
from tortoise.models import Model

from server import cases, contact, notices, people, privacy
from server.base import clock, database
from server.base.viewer import Viewer
from server.tables import MODEL_MODULES
from tests.desk import asked, inbox
from tests.makers import LOGIN, a_resident, a_staff_login
from tests.privacy.conftest import NAME, PHONE, a_praise, a_talk


def _tables() -> list[str]:
    return [
        each._meta.db_table
        for module in map(import_module, MODEL_MODULES)
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, Model) and each.__module__ == module.__name__
    ]


async def _everything() -> str:
    """Every value of every table, as text."""
    found = []
    for table in _tables():
        rows = await database.fetch(f'SELECT * FROM "{table}"')
        found += [value for row in rows for value in row.values()]
    return "\n".join(value.hex() if isinstance(value, bytes) else str(value) for value in found)


async def test_an_account_is_erased_with_an_open_case_that_goes_on(desk, resident):
    opened = await desk.report(resident, category="F02", text="路灯不亮", phone=PHONE)
    await desk.move(opened, "accept", desk.grid_worker)
    await privacy.erase(resident)
    case = await desk.move(opened, "self_handle", desk.grid_worker)
    assert case.state == "handling"
    assert await cases.check_cases() == []


async def test_nothing_sealed_is_left_of_the_person(desk, resident):
    await desk.report(resident, category="F02", text="路灯不亮", phone=PHONE)
    before = await database.fetch_one(
        "SELECT name_sealed, phone_sealed, phone_blind FROM account WHERE id = $1",
        resident.account_id,
    )
    of_case = await database.fetch_one("SELECT phone_sealed FROM cases")
    await privacy.erase(resident)
    left = await _everything()
    for value in (*before.values(), of_case["phone_sealed"]):
        assert bytes(value).hex() not in left
    assert PHONE not in left
    assert NAME not in left


async def test_messages_sessions_and_consent_go_with_her(desk, resident, postbox):
    asked_code = await people.ask_code(PHONE)
    entered = await people.sign_in_phone(
        PHONE, postbox.code, asked_code.ask, agreed_to=people.NOTICE
    )
    opened = await desk.report(resident)
    assert await inbox(resident, opened)
    await privacy.erase(resident)
    assert await people.session_of(entered.token) is None
    for table in ("session", "inbox_item", "notice", "phone_code"):
        found = await database.fetch_value(
            f"SELECT count(*) FROM {table} WHERE account_id = $1", resident.account_id
        )
        assert found == 0, table
    assert [one.withdrawn_at for one in await people.agreed(resident.account_id)] == [clock.now()]


async def test_her_praise_no_longer_tells_who_gave_it_or_what_was_written(desk, resident):
    await a_praise(desk, resident)
    await privacy.erase(resident)
    (row,) = await database.fetch("SELECT account_id, text, state FROM praise")
    assert tuple(row.values()) == (None, "", "withdrawn")


async def test_what_she_wrote_to_those_who_answer_is_gone(desk, resident):
    begun = await a_talk(desk, resident)
    await privacy.erase(resident)
    rows = await database.fetch("SELECT text_sealed FROM message")
    assert {row["text_sealed"] for row in rows} == {None}
    left = await contact.find_conversation(begun.id, desk.grid_worker)
    assert (left.account_id, left.state) == (None, "ended")


async def test_a_number_a_guest_left_elsewhere_goes_too(desk, resident):
    opened = await desk.report(category="F02", text="路灯不亮", phone=PHONE)
    await privacy.erase(resident)
    case = await cases.find_case(opened.number, desk.grid_worker)
    assert cases.raiser_phone(case) == ""
    assert not case.raiser_gone


async def test_the_name_staff_took_down_with_that_number_goes_too(desk, resident):
    opened = await desk.report(
        desk.street_dispatcher, category="F02", name=NAME, phone=PHONE, on_behalf=True
    )
    await privacy.erase(resident)
    case = await cases.find_case(opened.number, desk.street_dispatcher)
    assert cases.raiser_name(case) == ""
    assert cases.unmaskable(case, desk.street_dispatcher) == ()


async def test_a_number_in_the_case_of_another_account_stays_theirs(desk, resident):
    other = await a_resident("演示-张先生")
    opened = await desk.report(other, category="F02", text="路灯不亮", phone=PHONE)
    await privacy.erase(resident)
    case = await cases.find_case(opened.number, desk.grid_worker)
    assert cases.raiser_phone(case) == PHONE


async def test_the_same_number_may_begin_anew(desk, resident, postbox):
    await desk.report(resident)
    await privacy.erase(resident)
    code = await people.ask_code(PHONE)
    entered = await people.sign_in_phone(PHONE, postbox.code, code.ask, agreed_to=people.NOTICE)
    assert entered.account_id != resident.account_id
    assert await privacy.copy_of(Viewer(entered.account_id)) is not None
    assert (await cases.list_mine(Viewer(entered.account_id))).items == ()


async def test_what_was_broken_off_is_finished_by_the_worker(desk, resident, monkeypatch):
    opened = await desk.report(resident, category="F02", text="路灯不亮", phone=PHONE)

    async def crash(account_id):
        raise ConnectionError

    with monkeypatch.context() as crashing:
        crashing.setattr(notices, "forget_account", crash)
        with pytest.raises(ConnectionError):
            await privacy.erase(resident)
    await privacy.finish_erasures()
    case = await cases.find_case(opened.number, desk.grid_worker)
    assert case.raiser_gone
    assert (await people.own_account(resident)).phone == ""


@pytest.mark.parametrize("looked_after", [timedelta(minutes=1), timedelta(hours=30)])
async def test_what_came_in_while_the_account_was_being_erased_goes_when_the_worker_looks(
    desk, resident, hands, looked_after
):
    await privacy.erase(resident)
    late = await desk.report(resident, category="F02", text="路灯不亮", phone=PHONE)
    hands.move(looked_after)
    await privacy.finish_erasures()
    case = await cases.find_case(late.number, desk.grid_worker)
    assert case.raiser_gone
    assert cases.raiser_phone(case) == ""


async def test_it_is_looked_through_again_until_nobody_can_write_for_it(desk, resident, hands):
    await privacy.erase(resident)
    await privacy.finish_erasures()
    assert await people.to_be_erased() == [resident.account_id]
    hands.move(timedelta(hours=1))
    await privacy.finish_erasures()
    assert await people.to_be_erased() == []


async def test_erasing_twice_is_erasing_once(desk, resident):
    await desk.report(resident)
    await privacy.erase(resident)
    await privacy.finish_erasures()
    await privacy.finish_erasures()
    assert await cases.check_cases() == []
    assert await database.fetch_value("SELECT count(*) FROM case_event WHERE move = 'leave'") == 1


async def test_staff_are_not_erased_by_themselves(desk):
    account_id = await a_staff_login()
    with pytest.raises(people.StaffAccount):
        await privacy.erase(Viewer(account_id))
    assert await people.find_staff_login(LOGIN)


async def test_a_persona_of_the_demo_is_there_again_as_new(desk):
    account_id = await people.add_resident_account(NAME, phone=PHONE, persona="resident")
    await privacy.erase(Viewer(account_id))
    entered = await people.sign_in_demo("resident")
    assert entered.account_id != account_id
    assert entered.name == NAME


async def test_a_request_sent_before_is_not_carried_out_again_afterwards(desk, resident):
    key = asked()
    first = await cases.open_case(
        cases.NewCase(code=desk.town.token, category="F02"), by=resident, asked=key
    )
    await privacy.erase(resident)
    again = await cases.open_case(
        cases.NewCase(code=desk.town.token, category="F02"), by=resident, asked=key
    )
    assert again.number == first.number


async def test_erasing_is_on_record_without_a_name(desk, resident):
    await privacy.erase(resident)
    rows = await database.fetch("SELECT action, by_name, target FROM audit_record")
    assert rows == [{"action": "account.erase", "by_name": "", "target": ""}]
