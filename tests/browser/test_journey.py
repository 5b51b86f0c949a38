"""The main job in a browser, from the sign at the door to the resident's word, with and without
JavaScript: each person on a device of their own."""

import io
from pathlib import Path

import pytest
from PIL import Image

from tests.browser.people import Person

WORDS = "早上起来电梯就不动了，楼上有老人要去医院。😀"
KINDS = ("jpeg", "heic", "png", "webp")


@pytest.fixture(params=[True, False], ids=["scripted", "plain"])
def scripted(request: pytest.FixtureRequest) -> bool:
    return request.param


@pytest.fixture
def person(open_page, base_url, scripted):
    """Somebody with a phone, or `desktop`; as a persona, or nobody in particular."""

    async def come(device: str = "phone", persona: str = "") -> Person:
        page = await open_page(device, javascript=scripted)
        somebody = Person(page, base_url, scripted=scripted)
        if persona:
            await somebody.be(persona)
        return somebody

    return come


async def reported(resident: Person, album: dict[str, Path]) -> str:
    photos = tuple(album[kind] for kind in KINDS)
    return await resident.report(WORDS, spot="5楼电梯口", photos=photos)


async def sent_to_property(worker: Person, number: str) -> None:
    await worker.accepts(number)
    await worker.case(number)
    await worker.dispatches("dispatch", "请物业看看电梯。")


async def returned_and_ruled(manager: Person, street: Person, number: str) -> None:
    await manager.desk(number)
    await manager.move("return", reason="电梯归维保公司，不归我们。")
    await street.open(f"/desk?tab=dispute&case={number}")
    await street.says("电梯归维保公司，不归我们。")
    await street.dispatches("rule_dispute", "合同写明归物业。")


async def mended(handler: Person, number: str, how: str, proof: Path) -> None:
    await handler.desk(number)
    await handler.move("resolve", outcome="fixed", text=how, photos=(proof,))


async def test_a_report_travels_to_the_residents_word(person, album):
    resident, neighbour = await person(), await person()
    number = await reported(resident, album)
    await resident.says("受理，给您回应")
    await neighbour.joins(number)
    await neighbour.says("这件事算上您了")

    worker = await person(persona="grid_worker")
    await sent_to_property(worker, number)
    manager = await person("desktop", "property_manager")
    street = await person("desktop", "street_dispatcher")
    await returned_and_ruled(manager, street, number)
    await manager.desk(number)
    await manager.move("sign")
    await mended(manager, number, "换了门机皮带。", album["evidence"])

    await resident.scan()
    await resident.says("有新进展")
    await resident.page.locator(f"a[href='/cases/{number}']").click()
    await resident.says("真的解决了吗？")
    await resident.says("同一个地方，前后两张")
    await resident.reopens("今天又停了。")
    await mended(street, number, "换了新电机。", album["evidence"])
    await resident.case(number)
    await resident.confirms()
    await resident.says("居民的回答：解决了，满意。")

    await neighbour.open("/mine")
    await neighbour.says("有新进展")
    await neighbour.hears(number, "您附议的事结束了")


async def test_a_neighbour_sees_neither_words_nor_photos_of_the_report(person, album):
    resident, neighbour = await person(), await person()
    number = await resident.report("家里的门锁坏了", photos=(album["png"],))
    await neighbour.joins(number)
    await neighbour.case(number)
    assert "家里的门锁坏了" not in await neighbour.page.content()
    assert await neighbour.page.locator("main img").count() == 0


async def test_photos_of_every_kind_arrive_upright_and_clean(person, album):
    resident = await person()
    await reported(resident, album)
    links = resident.page.locator("section[aria-labelledby=told] .shots a")
    found = [await link.get_attribute("href") for link in await links.all()]
    assert len(found) == len(KINDS)
    answer = await resident.page.request.get(found[0])
    picture = Image.open(io.BytesIO(await answer.body()))
    assert picture.height > picture.width
    assert not picture.getexif()


async def test_what_was_typed_stays_when_a_photo_is_refused(person, album):
    resident = await person()
    await resident.scan()
    await resident.page.get_by_role("link", name="我要上报").click()
    await resident.page.locator("[name=text]").fill(WORDS)
    resident.page.watch.expect("status of 415")
    chooser = resident.page.locator("#report input[name=photos]")
    await chooser.set_input_files([album["png"], album["text"]])
    if not resident.scripted:
        await resident.page.get_by_role("button", name="提交上报").click()
    await resident.says("先不带照片提交")
    assert await resident.page.locator("[name=text]").input_value() == WORDS
    assert await resident.page.locator("#report .shots img").count() == 1
