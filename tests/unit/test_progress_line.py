import pytest

from wizterm.services.outlook import Progress
from wizterm.widgets.progress import progress_line


@pytest.mark.parametrize("room", [60, 76, 120])
def test_the_line_says_all_of_it_in_the_room_there_is(room):
    progress = Progress("Fetching the catalogue", 12_000_000, 40_000_000, 42, bytes=True)
    line = progress_line(progress, room).plain
    assert line.endswith("30%  12.0 of 40.0 MB · 42 s left")
    assert len(line) <= max(room, 65)


def test_what_is_small_is_counted_in_smaller_units():
    assert progress_line(Progress("Pictures", 4_200, 41_000, None, bytes=True)).plain.endswith("4 of 41 KB")
    assert progress_line(Progress("Pictures", 4_200, 41_000_000, None, bytes=True)).plain.endswith("0.0 of 41.0 MB")


def test_without_a_total_there_is_no_bar():
    assert progress_line(Progress("Counting", 1_200, 0, None)).plain == "Counting  1,200"


def test_more_than_all_is_shown_as_all():
    assert "100%" in progress_line(Progress("Rows", 12, 10, 200.0)).plain
