"""A paste is text, whatever is in it; with Textual alone a colour in it makes keys of the rest."""

from tests.support.whole_app import at_work, cart_on_disk, in_cart, rep_folder
from tests.terminal.order_desk import order_desk

COLOURED = b"\x1b[200~" + b"\x1b[31mD r A q Amount\x1b[0m\r\n" * 1_000 + b"\x1b[201~"


def test_a_coloured_page_goes_into_a_field_as_its_first_line():
    with order_desk() as terminal:
        terminal.send(b"a\r" + COLOURED + b"b\r")
        terminal.shows("submitted: first=a first=D r A q Amountb")


def test_a_field_gets_the_beginning_of_what_is_too_long_and_that_is_said():
    with order_desk() as terminal:
        terminal.send(b"\x1b[200~" + b"x" * 10_001 + b"\x1b[201~")
        terminal.shows("too long")


def test_a_paste_whose_end_is_lost_gives_the_keys_back():
    with order_desk() as terminal:
        terminal.send(b"\x1b[200~words")
        terminal.shows("words")
        terminal.send(b"\r")
        terminal.shows("submitted: first=words")


def test_textual_alone_makes_keys_of_a_coloured_page():
    with order_desk("plain") as terminal:
        terminal.send(b"\x1b[200~\x1b[31m" + b"many letters and then a few more\x1b[0m" * 3 + b"\x1b[201~")
        terminal.rest()
        terminal.send(b"\r")
        terminal.shows("submitted: first=")
        assert "first=many letters" not in terminal.text


def test_a_page_pasted_on_the_cart_does_nothing_and_the_next_key_is_answered(tmp_path):
    folder = rep_folder(tmp_path / "kim")
    with at_work(folder) as terminal:
        terminal.send(b"cakestand\r")
        terminal.until(in_cart("22423"), "the cakestand in the cart")
        terminal.send(b"\x1bOS" + COLOURED + b"\x1b[19~")
        terminal.shows("Deliver on")
        assert "Amount" not in terminal.text
    assert cart_on_disk(folder) == [("22423", "1")]
