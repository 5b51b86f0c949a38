"""A guest who signs in takes her conversations along; nobody else does, and her key opens none."""

from dataclasses import replace

import pytest

from server import contact, views
from server.base.viewer import GUEST
from tests.contact.conftest import guest_of


async def test_what_this_phone_holds_becomes_the_accounts(talk, desk, resident):
    begun, other = await talk.begin(), await talk.begin(text="别人写的")
    with_key = replace(resident, keys=guest_of(begun).keys)
    items, talks = await views.claimable(with_key)
    assert (items, [one.id for one in talks]) == ([], [begun.id])

    assert await views.claim(with_key) == 1
    assert await views.claim(with_key) == 0

    assert (await contact.find_conversation(begun.id, resident)).account_id == resident.account_id
    with pytest.raises(contact.ConversationUnknown):
        await contact.find_conversation(begun.id, guest_of(begun))
    with pytest.raises(contact.ConversationUnknown):
        await contact.find_conversation(other.id, resident)
    await talk.say(begun, "灯还没有修", resident)
    await talk.say(begun, "明天来", desk.grid_worker)
    assert len(await talk.lines(begun)) == 3


async def test_an_account_that_holds_no_key_takes_nothing(talk, resident):
    begun = await talk.begin()
    assert await contact.list_claimable(resident) == []
    assert await contact.claim(by=guest_of(begun)) == 0
    assert await contact.claim(by=GUEST) == 0


async def test_what_is_anothers_already_is_not_taken(talk, resident):
    hers = await talk.begin(by=resident)
    somebody = replace(resident, account_id=hers.id, keys=guest_of(hers).keys)
    assert await contact.claim(by=somebody) == 0
