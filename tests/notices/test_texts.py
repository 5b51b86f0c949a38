"""The words of messages name only values that whoever tells can give."""

import pytest

from server.notices.texts import TEXTS, VALUES, names_in, render


@pytest.mark.parametrize("text_key", sorted(TEXTS))
def test_a_text_names_only_known_values(text_key: str) -> None:
    assert names_in(text_key) <= VALUES


@pytest.mark.parametrize("text_key", sorted(TEXTS))
def test_a_message_fits_its_columns_with_long_values(text_key: str) -> None:
    text = render(text_key, dict.fromkeys(VALUES, "演示·云锦苑小区1号楼1单元"))
    assert len(text.title) <= 60
    assert len(text.body) <= 400


def test_a_message_reads_as_a_sentence() -> None:
    text = render("raiser.signed", {"unit": "演示·安居物业", "resolve_by": "11月26日18:00"})
    assert text.title == "演示·安居物业开始办了"
    assert text.body == "应在11月26日18:00前办完。办好后，好没好由您来说。"


@pytest.mark.parametrize(
    ("said", "read"), [("没核实到", "没核实到。"), ("没核实到。", "没核实到。"), ("谁？", "谁？")]
)
def test_a_sentence_of_somebodys_ends_once(said, read):
    text = render("home.refused", {"place": "1号楼", "reason": said})
    assert text.body == f"您在1号楼的申请没有通过，原因：{read}"
