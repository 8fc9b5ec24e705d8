"""Symbols, and what is refused rather than put right in silence."""

import pytest

from tests.support.camera import picture_of_cells, picture_of_svg, seen
from wizterm.paper.on_screen import code_on_screen
from wizterm.paper.pages import Frame, Page, drawn
from wizterm.paper.svg import svg
from wizterm.paper.symbols import NoSymbolError, bars, code128, gs1_128, square

CODES = {
    "9520000000059": "]E09520000000059",
    "95200002": "]E495200002",
    "19520000000056": "]C10119520000000056",
    "85123A": "]C085123A",
    "WZTIMES12": "]C0WZTIMES12",
    "a b/C-1_2": "]C0a b/C-1_2",
    "9520000000058": "]C09520000000058",
}


def on_paper(symbol):
    return picture_of_svg(svg(Page(100, 40, tuple(drawn(symbol, Frame(5, 5, 90, 30))))))


@pytest.mark.parametrize("code", CODES)
def test_bars_on_paper_scan(code):
    assert seen(on_paper(bars(code))) == {CODES[code]}


def test_a_upc_a_scans_as_the_same_number():
    (sent,) = seen(on_paper(bars("042100005264")))
    assert sent.endswith("042100005264")


def test_a_message_with_a_separator_scans_as_one():
    symbol = gs1_128((("01", "09520000000059"), ("10", "LOT7"), ("21", "A1")))
    assert seen(on_paper(symbol)) == {"]C1010952000000005910LOT7\x1d21A1"}
    assert symbol.caption == "(01)09520000000059(10)LOT7(21)A1"


@pytest.mark.parametrize("text", ["https://id.gs1.org/01/09520000000059", "Müller 漢字"])
def test_a_qr_code_on_paper_scans(text):
    (sent,) = seen(on_paper(square(text)))
    assert sent.endswith(text)


@pytest.mark.parametrize("code", CODES)
def test_bars_on_a_screen_scan(code):
    assert seen(picture_of_cells(code_on_screen(code, columns=180))) == {CODES[code]}


@pytest.mark.parametrize("code", [*CODES, "https://id.gs1.org/01/09520000000059/10/LOT7", "Müller"])
def test_on_a_narrow_screen_a_qr_code_scans_instead(code):
    shown = code_on_screen(code, columns=60)
    assert max(map(len, shown.split("\n"))) <= 60
    (sent,) = seen(picture_of_cells(shown))
    assert sent[3:] == code


@pytest.mark.parametrize("text", ["", "é", "a\x1db", "x" * 81])
def test_what_bars_cannot_hold_is_refused(text):
    with pytest.raises(NoSymbolError, match="no text for bars"):
        code128(text)


@pytest.mark.parametrize("text", ["", "x" * 1001])
def test_what_a_qr_code_cannot_hold_is_refused(text):
    with pytest.raises(NoSymbolError, match="A QR code takes"):
        square(text)


def test_a_message_that_no_scanner_takes_is_refused():
    with pytest.raises(NoSymbolError, match="no GS1-128"):
        gs1_128((("91", "x" * 90),))
