"""Whatever a scanner sends: a sentence with the code as it came, never a wrong product, never the end."""

from contextlib import closing

import pytest

from tests.support.price_data import tables
from tests.support.pty_terminal import PtyTerminal
from tests.support.replica_making import product
from tests.support.ui import Folder
from tests.support.whole_app import NOWHERE, READY, cart_on_disk, wizterm
from wizterm.db.device import open_device, set_setting

F9 = b"\x1b[20~"
EAN = "9520000000059"
WIDE = "".join(chr(0xFF10 + int(digit)) for digit in EAN)
BAD = {
    "truncated": (EAN[:-1], f"{EAN[:-1]} is not in this catalogue. Its check digit is wrong."),
    "doubled": (EAN * 2, "The same code was scanned twice into one"),
    "with a key of a person in it": (f"{EAN[:5]}b{EAN[5:]}", f"Unknown {EAN[:5]}b{EAN[5:]} is not in this catalogue"),
    "5,000 characters": ("7" * 5_000, "The scan was cut off, or is longer than any code"),
    "digits of another script": ("٩٥٢٠٠٠٠٠٠٠٠٥٩", "not 0 to 9 but those of another script"),
    "full-width digits": (WIDE, "not 0 to 9 but those of another script"),
    "control characters": ("HEA\x11RT\x03", "Unknown HEA␑RT␃ is not in this catalogue"),
    "an address that is no product": ("https://example.com/about", "This web address names no product."),
    "an address of another product": ("https://a.example/01/09520000000158", "01/09520000000158 is not in this"),
    "zeros": ("0" * 13, "All zeros are no product."),
    "an identifier alone": ("]C1", "Nothing was scanned."),
    "separators alone": ("\x1d\x1d", "There is nothing in it."),
    "half an element string": ("]C101095200000", "is not in this catalogue"),
    "brackets": ("(01)(10)", "is not in this catalogue"),
}


@pytest.fixture
def folder(tmp_path):
    made = tables()
    made["products"][0] = product(0, sku="HEART", name="White hanging heart", gtin=EAN)
    with closing(Folder(tmp_path / "kim", tables=made)):
        pass
    database = open_device(tmp_path / "kim")
    set_setting(database, "address", NOWHERE)
    database.close()
    return tmp_path / "kim"


def fire(terminal: PtyTerminal, code: str) -> None:
    keys = F9 + code.encode() + b"\r"
    for start in range(0, len(keys), 1_000):
        terminal.send(keys[start : start + 1_000])
        terminal.read_for(0.01)


def test_no_bad_code_is_a_product_or_the_end_and_each_is_told_as_it_came(folder):
    with wizterm("--device", folder, home=folder.parent) as terminal:
        terminal.shows(READY)
        terminal.shows("STAND")
        terminal.send(b"95200q0000059\r")
        terminal.shows("Unknown 95200q0000059 is not in this catalogue")
        terminal.send(b"bunt")
        for place, (code, told) in enumerate(BAD.values()):
            between = f"between-{place}"  # another each time: the one before may still be told
            fire(terminal, between)
            terminal.shows(f"Unknown {between} is not in this catalogue")
            fire(terminal, code)
            terminal.shows(told)
        terminal.shows("bunt")
        fire(terminal, EAN)
        terminal.shows("+1 → 1")
    assert cart_on_disk(folder) == [("HEART", "1")]


def test_a_code_typed_through_the_wrong_keyboard_is_offered_and_not_taken(folder):
    with wizterm("--device", folder, home=folder.parent) as terminal:
        terminal.shows(READY)
        terminal.shows("STAND")
        fire(terminal, "ç(éàààààààà(ç")
        terminal.shows("typed through a fr keyboard: is it this?")
        terminal.send(b"\x1b")
        terminal.until(lambda screen: "is it this?" not in screen.splitlines()[0] and "Which one is it?" not in screen)
        assert cart_on_disk(folder) == []
