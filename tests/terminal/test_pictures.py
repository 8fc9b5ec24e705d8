"""What is written to a real terminal for a picture in each of the three ways."""

import base64
import io
import re
from pathlib import Path

import pytest
from PIL import Image

from tests.support.drawing import png
from tests.support.pty_terminal import PtyTerminal

PROGRAM = Path(__file__).parent / "programs" / "one_picture.py"
COLUMNS, ROWS = 36, 14
CELL = (10, 20)
KITTY = re.compile(rb"\x1b_G([^;\x1b]*);?([^\x1b]*)\x1b\\")
SIXEL = re.compile(rb'\x1bP0;0;0q"1;1;(\d+);(\d+)[^\x1b]*\x1b\\')
ASKING = re.compile(rb"\x1b\[16t|\x1b\[14t|a=q|\x1b\[c")


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "red.png"
    path.write_bytes(png("red"))
    return path


def written(protocol, picture, until):
    """All that the terminal received, from the start to the program's end."""
    with PtyTerminal.python(PROGRAM, protocol, picture, environment={"COLORTERM": "truecolor"}) as terminal:
        terminal.until(lambda _: until(bytes(terminal.output)), "the picture")
        terminal.send(b"q")
        assert terminal.ended() == 0
        return bytes(terminal.output)


def test_half_cells_are_coloured_text_and_nothing_else(picture):
    output = written("half-cells", picture, lambda output: "▀".encode() in output)
    assert not KITTY.search(output)
    assert not SIXEL.search(output)


def test_kitty_gets_the_picture_under_a_number_and_cells_that_stand_for_it(picture):
    cell = "\U0010eeee".encode()
    output = written("kitty", picture, lambda output: output.count(cell) >= COLUMNS * ROWS)
    sent = output[: output.index(b"\x1b_Ga=p")]
    content = b"".join(payload for _, payload in KITTY.findall(sent))
    with Image.open(io.BytesIO(base64.standard_b64decode(content))) as shown:
        assert shown.size == (COLUMNS * CELL[0], ROWS * CELL[1])
        assert shown.convert("RGB").getpixel((COLUMNS * CELL[0] // 2, 5)) == (255, 0, 0)
    number = 0x57495A
    assert f"a=p,U=1,i={number},c={COLUMNS},r={ROWS},q=2".encode() in output
    red, green, blue = number >> 16, number >> 8 & 255, number & 255
    assert f"38;2;{red};{green};{blue}".encode() in output
    assert output.count(cell) == COLUMNS * ROWS * output.count(b"\x1b_Ga=p")


def test_sixel_gets_its_pixels_at_the_place_of_the_picture(picture):
    output = written("sixel", picture, lambda output: SIXEL.search(output) is not None)
    width, height = map(int, SIXEL.search(output).groups())
    assert (width, height) == (COLUMNS * CELL[0], ROWS * CELL[1])
    assert b"#0;2;" in output


@pytest.mark.parametrize("protocol", ["kitty", "sixel"])
def test_the_terminal_is_asked_nothing(picture, protocol):
    output = written(protocol, picture, lambda output: KITTY.search(output) or SIXEL.search(output))
    assert not ASKING.search(output)
    assert re.search(rb"modules: (textual_image)?\r\n", output)
