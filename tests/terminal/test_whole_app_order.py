"""The whole loop on a real terminal with a real server: from the first sign-in to the ERP's number."""

from contextlib import closing

import pytest

from tests.support.server_process import ServerProcess
from tests.support.store_office import PASSWORD, StoreOffice
from tests.support.whole_app import READY, in_cart, wizterm
from wizterm.server.store.opening import open_store

COMPANY = {
    "price_lists": "id,name,currency,falls_back_to_base,default\nTRADE,Trade,GBP,yes,yes\n",
    "products": "sku,name,base_price\n22423,Regency cakestand,12.75\n84879,Heart ornament,1.69\n",
    "customers": (
        "number,name,billing_address,billing_city,billing_postcode,billing_country,price_list,rep\n"
        "C1,The Paper Lantern,1 Quay,Galway,H91,IE,TRADE,KIM\n"
    ),
}
F3, F10 = b"\x1bOR", b"\x1b[21~"


@pytest.fixture
def server(tmp_path):
    folder = tmp_path / "server"
    folder.mkdir()
    with closing(open_store(folder)) as store:
        office = StoreOffice(store)
        office.load(**COMPANY)
        office.rep("KIM", "TRADE")
    with ServerProcess(folder) as server:
        yield server


def test_an_order_goes_from_the_first_sign_in_to_the_books(server, tmp_path):
    with wizterm("--device", tmp_path / "kim", "--server", server.address, home=tmp_path) as terminal:
        terminal.shows("Password")
        terminal.send(f"KIM\r{PASSWORD}\r".encode())
        terminal.shows(READY)
        terminal.shows("84879")
        terminal.send(b"heart\r")
        terminal.until(in_cart("84879"), "the heart in the cart")
        terminal.send(F3)
        terminal.shows("Paper Lantern")
        terminal.send(b"\r")
        terminal.until(lambda screen: "F10" in screen and "The Paper Lantern" in screen.splitlines()[0])
        terminal.send(F10)
        terminal.shows("Create order")
        terminal.send(b"\r")
        terminal.shows("Saved")
        terminal.send(b"\r")
        terminal.shows("confirmed 1")
    (booked,) = (server.folder / "erp").glob("order-*.json")
    assert "84879" in booked.read_text(encoding="utf-8")


def test_a_wrong_password_is_told_in_place_and_the_right_one_goes_on(server, tmp_path):
    with wizterm("--device", tmp_path / "kim", "--server", server.address, home=tmp_path) as terminal:
        terminal.shows("Password")
        terminal.send(b"KIM\rwrong\r")
        terminal.shows("does not know this name with this password")
        terminal.send(b"\x15" + f"{PASSWORD}\r".encode())
        terminal.shows(READY)


@pytest.mark.parametrize("harm", ["damaged", "deleted"])
def test_a_catalogue_that_is_gone_is_fetched_again_by_itself(server, tmp_path, harm):
    start = ("--device", tmp_path / "kim", "--server", server.address)
    with wizterm(*start, home=tmp_path) as terminal:
        terminal.shows("Password")
        terminal.send(f"KIM\r{PASSWORD}\r".encode())
        terminal.shows("84879")
    for file in (tmp_path / "kim" / "catalogue").glob("*.db*"):
        if harm == "damaged":
            file.write_bytes(b"\xff" * 8192)
        else:
            file.unlink()
    with wizterm(*start, home=tmp_path) as terminal:
        terminal.shows("84879")
