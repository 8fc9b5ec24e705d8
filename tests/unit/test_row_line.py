"""A row as one line: exactly as wide as it should be, whatever it contains."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from wizterm.widgets.row_line import Column, Row, balanced, begun, fit, line, widened

COLUMNS = (Column("SKU", 6), Column("Product", 8, grow=True), Column("Price", 8, align="right"))


def test_numbers_stand_at_the_right_and_the_growing_column_takes_the_rest():
    assert line(("A1", "Mug", "9.50"), COLUMNS, 40) == "A1      Mug" + " " * 25 + "9.50"


def test_a_large_figure_is_whole_and_the_name_gives_way():
    assert line(("A1", "Party bunting", "415,000.00"), COLUMNS, 30) == "A1      Party bun…  415,000.00"


def test_a_figure_that_has_no_room_at_all_ends_in_an_ellipsis():
    assert line(("A1", "Mug", "415,000,000,000.00"), COLUMNS, 24) == "A1      Mug   415,000,0…"


@pytest.mark.parametrize(
    ("text", "fitted"),
    [
        ("abcdef", "abcd…"),
        ("日本語", "日本…"),
        ("a日本語", "a日 …"),
        ("cafe\u0301s", "cafe\u0301s"),
        ("☕☕☕", "☕☕…"),
    ],
)
def test_what_does_not_fit_ends_in_an_ellipsis_at_a_cell(text, fitted):
    assert fit(text, 5, "left") == fitted
    assert cell_len(fitted) == 5


@pytest.mark.parametrize("hostile", ["\x1b[2J", "a\nb", "\u202egnp", "[red]x[/]", "\x9b31m", "\u200b" * 50])
def test_a_hostile_name_stays_in_its_place(hostile):
    text = line(("A1", hostile, "9.50"), COLUMNS, 40)
    assert text.isprintable()
    assert (cell_len(text), text[:2], text[-4:]) == (40, "A1", "9.50")


@given(st.text(), st.text(), st.text(), st.integers(30, 200))
def test_every_line_is_as_wide_as_asked(sku, name, price, width):
    assert cell_len(line((sku, name, price), COLUMNS, width)) == width


@given(st.text(), st.integers(0, 40), st.sampled_from(["left", "right"]))
def test_every_cell_is_as_wide_as_its_column(text, width, align):
    assert cell_len(fit(text, width, align)) == width


def test_a_name_that_is_cut_keeps_its_last_word():
    assert fit("Set of 3 cake tins pantry design", 24, "left", both_ends=True) == "Set of 3 cake t…y design"


def test_the_end_of_a_name_does_not_begin_with_a_space():
    assert fit("Wall art of roses, red", 12, "left", both_ends=True) == "Wall art…red"


@given(st.text(), st.integers(0, 40), st.sampled_from(["left", "right"]))
def test_a_cell_that_keeps_both_ends_is_as_wide_as_its_column(text, width, align):
    assert cell_len(fit(text, width, align, both_ends=True)) == width


def row(*cells):
    return Row(cells[0], cells)


def test_a_column_takes_what_its_rows_need_and_the_name_has_the_rest():
    columns = (Column("SKU", 14), Column("Product", 8, grow=True), Column("Price", 5, align="right"))
    fitted = widened(begun(columns), columns, [row("A1", "Mug", "9.50"), row("85123A", "Heart", "415,000.00")])
    assert line(("A1", "White hanging heart", "9.50"), fitted, 40) == "A1      White hanging heart         9.50"


def test_words_grow_to_their_most_and_figures_without_end():
    columns = (Column("SKU", 8), Column("Price", 5, align="right"))
    fitted = widened(begun(columns), columns, [row("A-VERY-LONG-SKU", "415,000,000.00")])
    assert [column.width for column in fitted] == [8, 14]


def test_a_column_that_has_been_wide_stays_so():
    columns = (Column("SKU", 8), Column("Price", 5, align="right"))
    wide = widened(begun(columns), columns, [row("85123A", "415,000.00")])
    assert widened(wide, columns, [row("A1", "1.00")]) == wide


def test_a_sentence_on_two_lines_leaves_no_word_alone():
    assert balanced("Nothing matches. Esc empties the search, F2 shows other kinds.", 56) == [
        "Nothing matches. Esc empties the",
        "search, F2 shows other kinds.",
    ]
    assert balanced("Nothing here.", 56) == ["Nothing here."]
    assert balanced("", 10) == []
