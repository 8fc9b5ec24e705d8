import pytest

from tests.support.drawing import png
from wizterm.widgets import pixels
from wizterm.widgets.pixels import NoPictureError, half_cells


def test_two_pixels_stand_in_one_cell(tmp_path):
    path = tmp_path / "p"
    path.write_bytes(png("red", (4, 4)))
    drawn = half_cells(path, 4, 2, "#000000")
    assert drawn == ((("#ff0000", "#ff0000"),) * 4,) * 2


def test_a_narrow_picture_stands_in_the_middle(tmp_path):
    path = tmp_path / "p"
    path.write_bytes(png("red", (2, 4)))
    (line, _) = half_cells(path, 4, 2, "#000000")
    assert [upper for upper, _ in line] == ["#000000", "#ff0000", "#ff0000", "#000000"]


@pytest.mark.parametrize("content", [b"", b"no picture", png()[:40]])
def test_what_is_no_picture_is_said_and_not_fatal(tmp_path, content):
    path = tmp_path / "p"
    path.write_bytes(content)
    with pytest.raises(NoPictureError, match="cannot be read"):
        half_cells(path, 4, 2, "#000000")


def test_a_picture_that_would_fill_the_memory_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(pixels, "MOST_PIXELS", 10)
    path = tmp_path / "p"
    path.write_bytes(png("red", (4, 4)))
    with pytest.raises(NoPictureError, match="4 × 4 pixels"):
        half_cells(path, 4, 2, "#000000")
