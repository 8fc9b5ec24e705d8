"""The list: what the cursor does, what is told, and what is asked for."""

import pytest
from textual.app import ComposeResult
from textual.events import MouseScrollDown

from tests.support.settling import Settling
from wizterm.widgets.rows import Column, Row, Rows

COLUMNS = (Column("SKU", 6), Column("Product", 10, grow=True), Column("Price", 8, align="right"))


def rows(count, start=0):
    return [Row(f"k{n}", (f"S{n}", f"product {n}", f"{n}.00")) for n in range(start, start + count)]


class Shelf(Settling):
    def __init__(self, *columns: Column) -> None:
        super().__init__()
        self._columns = columns or COLUMNS
        self.chosen: list[str] = []
        self.highlighted: list[str] = []
        self.asked = 0

    def compose(self) -> ComposeResult:
        yield Rows(*self._columns, empty="No products match.")

    def on_rows_chosen(self, message: Rows.Chosen) -> None:
        self.chosen.append(message.row.key)

    def on_rows_highlighted(self, message: Rows.Highlighted) -> None:
        self.highlighted.append(message.row.key)

    def on_rows_more_wanted(self) -> None:
        self.asked += 1


@pytest.fixture
async def shelf():
    """A list 80 cells wide: a head, and ten rows in view."""
    app = Shelf()
    async with app.run_test(size=(80, 24)) as pilot:
        app.query_one(Rows).styles.height = 11
        await app.rest()
        yield pilot


@pytest.fixture
def listing(shelf):
    return shelf.app.query_one(Rows)


def shown(listing):
    return [listing.render_line(y).text.rstrip() for y in range(listing.size.height)]


def at(listing):
    return listing.current.key


async def test_the_cursor_moves_by_keys_and_stops_at_the_ends(shelf, listing):
    listing.replace(rows(30), more=False, keep_cursor=False)
    seen = []
    for key in ("up", "down", "down", "up", "pagedown", "end", "down", "pageup", "home"):
        await shelf.press(key)
        seen.append(at(listing))
    assert seen == ["k0", "k1", "k2", "k1", "k10", "k29", "k29", "k20", "k0"]


async def test_leaving_the_view_scrolls_half_a_page(shelf, listing):
    listing.replace(rows(30), more=False, keep_cursor=False)
    await shelf.press(*["down"] * 9)
    assert listing.scroll_offset.y == 0
    await shelf.press("down")
    assert listing.scroll_offset.y == 5


async def test_enter_chooses_the_row_under_the_cursor(shelf, listing):
    listing.replace(rows(3), more=False, keep_cursor=False)
    await shelf.press("down", "enter")
    assert shelf.app.chosen == ["k1"]


async def test_a_click_moves_the_cursor_and_a_second_one_chooses(shelf, listing):
    listing.replace(rows(3), more=False, keep_cursor=False)
    await shelf.click(Rows, offset=(5, 3))
    assert (at(listing), shelf.app.chosen) == ("k2", [])
    await shelf.click(Rows, offset=(5, 3))
    assert shelf.app.chosen == ["k2"]


@pytest.mark.parametrize("line", [0, 8], ids=["the head", "below the last row"])
async def test_a_click_beside_the_rows_does_nothing(shelf, listing, line):
    listing.replace(rows(3), more=False, keep_cursor=False)
    await shelf.click(Rows, offset=(5, line))
    assert (at(listing), shelf.app.chosen) == ("k0", [])


async def test_every_move_is_told_once(shelf, listing):
    listing.replace(rows(3), more=False, keep_cursor=False)
    await shelf.press("down", "down", "down", "home")
    assert shelf.app.highlighted == ["k0", "k1", "k2", "k0"]


async def test_more_is_asked_for_once_when_the_end_is_near(shelf, listing):
    listing.replace(rows(60), more=True, keep_cursor=False)
    await shelf.press("down")
    assert shelf.app.asked == 0
    await shelf.press("end", "up", "down")
    assert shelf.app.asked == 1
    listing.extend(rows(60, start=60), more=False)
    await shelf.press("end")
    assert (shelf.app.asked, at(listing)) == (1, "k119")


async def test_the_cursor_stays_on_its_row_when_rows_come_before_it(shelf, listing):
    listing.replace(rows(5, start=10), more=False, keep_cursor=False)
    await shelf.press("down")
    listing.replace(rows(30), more=False, keep_cursor=True)
    assert at(listing) == "k11"
    assert any("product 11" in line for line in shown(listing))


async def test_the_cursor_stays_at_its_place_when_its_row_is_gone(shelf, listing):
    listing.replace(rows(5), more=False, keep_cursor=False)
    await shelf.press("end")
    listing.replace(rows(2), more=False, keep_cursor=True)
    assert at(listing) == "k1"


async def test_other_rows_begin_at_the_top(shelf, listing):
    listing.replace(rows(30), more=False, keep_cursor=False)
    await shelf.press("end")
    listing.replace(rows(30, start=50), more=False, keep_cursor=False)
    assert (at(listing), listing.scroll_offset.y) == ("k50", 0)


async def test_the_cursor_is_still_in_view_in_a_smaller_terminal(shelf, listing):
    listing.replace(rows(30), more=False, keep_cursor=False)
    await shelf.press(*["down"] * 9)
    listing.styles.height = 5
    await shelf.pause()
    assert any("product 9" in line for line in shown(listing))


async def test_an_empty_list_says_so(shelf, listing):
    listing.replace([], more=False, keep_cursor=False)
    assert "No products match." in [line.strip() for line in shown(listing)]
    await shelf.press("down", "enter", "end")
    assert (listing.current, shelf.app.chosen) == (None, [])


async def test_the_wheel_scrolls_and_leaves_the_cursor(shelf, listing):
    listing.replace(rows(30), more=False, keep_cursor=False)
    await shelf._post_mouse_events([MouseScrollDown], Rows, offset=(5, 5), button=0)
    assert (listing.scroll_offset.y, at(listing)) == (3, "k0")


async def test_columns_without_titles_have_no_head():
    app = Shelf(Column("", 6), Column("", 10, grow=True), Column("", 8))
    async with app.run_test(size=(80, 24)):
        listing = app.query_one(Rows)
        listing.replace(rows(3), more=False, keep_cursor=False)
        assert shown(listing)[0].startswith("S0")


async def test_no_cell_is_under_the_scrollbar(shelf, listing):
    listing.replace(rows(300), more=False, keep_cursor=False)
    assert listing.render_line(1).cell_length == 79
    assert listing.render_line(1).text.endswith("0.00")


async def test_what_a_row_says_by_its_colour_it_says_under_the_cursor_too(shelf, listing):
    listing.replace(
        [Row("k", ("A", "b", "1"), style="error"), Row("l", ("C", "d", "2"))], more=False, keep_cursor=False
    )
    await shelf.pause()
    marked = next(iter(listing.render_line(1))).style
    plain = listing.get_component_rich_style("rows--error")
    cursor = listing.get_component_rich_style("rows--cursor")
    assert (marked.color, marked.bgcolor) == (plain.color, cursor.bgcolor)
