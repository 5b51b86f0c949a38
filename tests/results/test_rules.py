"""What is masked in an answer, and which parts of a photo are blotted out."""

import pytest

from server import results
from server.base.errors import Invalid


def test_mobile_and_id_numbers_in_an_answer_are_masked_and_office_numbers_are_not():
    said = "联系16000001234、160 0000 1234，证号159999199001011234；办公室04778580000。"
    told = "联系160****1234、160****1234，证号159***********1234；办公室04778580000。"
    assert results.without_numbers(said) == told
    assert results.without_numbers("打１６０００００１２３４") == "打160****1234"
    assert results.without_numbers("打160.0000.1234或160—0000—1234") == "打160****1234或160****1234"


def test_neighbouring_cells_are_one_area():
    assert results.areas_of_cells(["1-1", "1-2", "2-1", "2-2"]) == [(0, 0, 250, 333)]
    assert len(results.areas_of_cells(["1-1", "3-1", "6-8"])) == 3


def test_the_last_cell_ends_where_the_picture_ends():
    [(x, y, width, height)] = results.areas_of_cells(["6-8"])
    assert (x + width, y + height) == (1000, 1000)


@pytest.mark.parametrize("cell", ["0-1", "7-1", "1-9", "1", "a-b", "１-１", "-1-1", "1-1-1"])
def test_what_is_no_cell_is_refused(cell):
    with pytest.raises(Invalid):
        results.areas_of_cells([cell])


def test_drawn_areas_are_read():
    assert results.read_areas("1,2,30,40;900,900,100,100;") == [
        (1, 2, 30, 40),
        (900, 900, 100, 100),
    ]
    assert results.read_areas("") == []


@pytest.mark.parametrize(
    "drawn",
    ["1,2,3", "1,2,3,x", "990,0,20,20", "0,0,0,5", "-1,0,5,5", "1e2,0,5,5", "1,1,1,1;" * 61],
)
def test_what_is_no_area_is_refused(drawn):
    with pytest.raises(Invalid):
        results.read_areas(drawn)
