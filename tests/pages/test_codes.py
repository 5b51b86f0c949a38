"""The pages of codes: what their forms send on."""

from server.pages.rendering import Face
from tests.pages.code_contexts import ONE
from tests.pages.contexts import page


def test_the_form_that_makes_codes_says_for_which_node(face: Face) -> None:
    assert f'name="place" value="{ONE}"' in page(face, "codes, new")


def test_a_batch_of_which_something_hangs_asks_whether_that_goes_too(face: Face) -> None:
    assert 'name="also_mounted"' in page(face, "batch")
    assert 'action="/desk/codes/batches' not in page(face, "batch, voided")


def test_only_what_is_printed_whole_can_be_fetched(face: Face) -> None:
    assert page(face, "batch").count("/file") == 1 + page(face, "batch, voided").count("/file")
