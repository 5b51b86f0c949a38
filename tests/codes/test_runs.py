"""Printing a batch: asked for once, drawn under a lease, offered whole, begun again."""

from datetime import timedelta
from uuid import UUID

import pypdfium2
import pytest

from server import codes
from server.base import cache, clock, database
from server.base.unit import unit_of_work
from server.codes.models import PrintRun
from server.codes.printing import runs
from server.places.models import Place
from server.trust import ReplayKey
from tests import makers
from tests.codes.test_printing import read, seen

HOST = "https://ms.example.gov.cn"


def asked(key: str = "k1") -> ReplayKey:
    return ReplayKey("clerk", "print", key, b"")


async def a_batch():
    """A batch of two entrances and a playground of the small town, and its clerk."""
    codes.open_shop(HOST, "memory://")
    town = await makers.a_town()
    clerk = await makers.a_viewer(town, "community_secretary")
    for name in ("entrance", "other_entrance", "playground"):
        await codes.retire(town.codes[name], "damaged", doer=codes.Doer(operator="tests"))
    made = await codes.make(town.estate.id, ["entrance", "facility"], "第一批", by=clerk)
    return town, clerk, made.id


async def test_a_batch_is_drawn_and_its_codes_are_the_ones_that_are_scanned(sqlite_db):
    _, clerk, batch_id = await a_batch()
    run_id = await codes.ask_print(batch_id, "sheet", by=clerk, asked=asked())
    assert await codes.draw_due()
    name, pdf = await codes.printed(run_id, clerk)
    rows = await database.fetch("SELECT token FROM code WHERE batch_id = $1", batch_id)
    assert read(seen(pdf)) == sorted(f"{HOST}/c/{row['token']}" for row in rows)
    page = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
    assert page.count("电梯救援") == 2  # at the entrances of a house with lifts, not at the swings
    assert name == "第一批-A4-3块.pdf"
    assert not await codes.draw_due()


async def test_what_waits_or_is_drawn_is_not_begun_twice(sqlite_db):
    _, clerk, batch_id = await a_batch()
    first = await codes.ask_print(batch_id, "sheet", by=clerk, asked=asked())
    assert await codes.ask_print(batch_id, "sheet", by=clerk, asked=asked("k2")) == first
    assert await codes.ask_print(batch_id, "single", by=clerk, asked=asked("k3")) != first


async def test_a_run_whose_worker_died_is_begun_again_and_nothing_is_offered_before(db):
    _, clerk, batch_id = await a_batch()
    run_id = await codes.ask_print(batch_id, "sheet", by=clerk, asked=asked())
    run, dead = await runs._claim(clock.now())
    with pytest.raises(codes.PrintUnknown):
        await codes.printed(run_id, clerk)
    assert await runs._claim(clock.now()) is None  # the lease holds
    again = await runs._claim(clock.now() + timedelta(minutes=2))
    assert again is not None
    assert (again[0].id, again[0].drawn) == (run.id, 0)
    with pytest.raises(runs.LostRace):
        await runs._change(run_id, dead, drawn=3)


async def test_a_run_that_fails_again_and_again_is_given_up(sqlite_db):
    _, clerk, batch_id = await a_batch()
    run_id = await codes.ask_print(batch_id, "sheet", by=clerk, asked=asked())
    async with unit_of_work() as unit:
        unit.update(PrintRun, where={"id": run_id}, set={"tries": runs.MOST_TRIES})
    assert not await codes.draw_due()
    assert [run.state for run in await codes.runs_of(batch_id)] == ["failed"]


async def test_a_file_is_for_whoever_has_the_area_and_goes_after_some_days(sqlite_db):
    town, clerk, batch_id = await a_batch()
    run_id = await codes.ask_print(batch_id, "sheet", by=clerk, asked=asked())
    await codes.draw_due()
    with pytest.raises(codes.BatchUnknown):
        await codes.printed(run_id, await makers.a_grid_worker(town))
    await codes.drop_prints(clock.now() + timedelta(days=4))
    with pytest.raises(codes.PrintUnknown):
        await codes.printed(run_id, clerk)


async def test_what_was_printed_of_a_batch_is_not_given_out_once_that_is_voided(sqlite_db):
    _, clerk, batch_id = await a_batch()
    run_id = await codes.ask_print(batch_id, "sheet", by=clerk, asked=asked())
    await codes.draw_due()
    await codes.void(batch_id, "misprinted", also_mounted=False, doer=codes.Doer(by=clerk))
    with pytest.raises(codes.PrintUnknown):
        await codes.printed(run_id, clerk)


async def renamed(town, name: str) -> None:
    async with unit_of_work() as unit:
        unit.update(Place, where={"id": town.playground.id}, set={"full_name": name})
    cache.clear()


async def test_a_letter_no_face_has_is_named_with_its_place_before_anything_is_printed(db):
    town, clerk, batch_id = await a_batch()
    await renamed(town, "㐂乐𰻝面馆")
    with pytest.raises(codes.LettersMissing, match="“𰻝”（U\\+30EDD，在“㐂乐𰻝面馆”）"):
        await codes.ask_print(batch_id, "sheet", by=clerk, asked=asked())
    assert await codes.runs_of(batch_id) == []
    sign = "SELECT id FROM code WHERE batch_id = $1 AND place_id = $2"
    with pytest.raises(codes.LettersMissing):
        playground = await database.fetch_value(sign, batch_id, town.playground.id)
        await codes.draw_code(UUID(str(playground)), "png")


async def test_a_place_renamed_while_it_waits_is_not_printed_with_a_box(sqlite_db):
    town, clerk, batch_id = await a_batch()
    await codes.ask_print(batch_id, "sheet", by=clerk, asked=asked())
    await renamed(town, "𰻝面馆")
    assert await codes.draw_due()
    assert [run.state for run in await codes.runs_of(batch_id)] == ["failed"]


async def test_a_line_that_is_no_drawing_stops_the_start(tmp_path):
    odd = tmp_path / "line.svg"
    odd.write_text("<svg")
    with pytest.raises(Exception, match=r"MASHANG_PLAQUE_LINE.*不是能读的SVG"):
        codes.open_shop(HOST, "memory://", str(odd))


def test_a_line_of_shapes_is_read_with_its_size(tmp_path):
    drawn = tmp_path / "line.svg"
    drawn.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg"><path d="M10 5h20q5 5 0 10H10z"/></svg>'
    )
    codes.open_shop(HOST, "memory://", str(drawn))
    line = runs.shop().line
    assert round(line["width"] / line["height"], 2) == 2.25
    assert {one[0] for one in line["commands"]} == {"M", "L", "C", "Z"}
