"""Web addresses that name a product, and those that do not."""

from datetime import date

import pytest

GTIN = "09520000000059"


@pytest.mark.parametrize(
    "address",
    [
        f"https://id.gs1.org/01/{GTIN}/10/LOT%2F7/21/A1?17=270131",
        f"http://shop.example/some/path/01/{GTIN}/10/LOT%2F7/21/A1?utm=x&17=270131&flag#top",
        f"HTTPS://SHOP.EXAMPLE/01/{GTIN}/10/LOT%2F7/21/A1?17=270131",
        f"]Q1https://shop.example/01/{GTIN}/10/LOT%2F7/21/A1?17=270131",
        f"]d1https://shop.example/01/{GTIN}/10/LOT%2F7/21/A1?17=270131",
        "https://shop.example/01/9520000000059/10/LOT%2F7/21/A1?17=270131",
        f"https://shop.example/gtin/{GTIN}/lot/LOT%2F7/ser/A1?17=270131",
        f"https://shop.example/8004/95200001?01={GTIN}&10=LOT%2F7&21=A1&17=270131",
    ],
)
def test_an_address_names_product_batch_serial_and_date(read, address):
    reading = read(address)
    assert (reading.gtin14, reading.batch, reading.serial) == (GTIN, "LOT/7", "A1")
    assert reading.expiry == date(2027, 1, 31)
    assert reading.valid


@pytest.mark.parametrize(
    "address", ["https://shop.example/", "http://shop.example/article/123", "]Q1http://a.example/b?c=1"]
)
def test_an_ordinary_address_is_no_product_and_no_fault(read, address):
    reading = read(address)
    assert reading.gtin14 is None
    assert reading.valid
    assert reading.why


@pytest.mark.parametrize(
    "address",
    [
        "https://a.example/01/09520000000058",
        f"https://a.example/01//{GTIN}",
        f"https://a.example/01/{GTIN}>x",
        f"https://a.example/01/{GTIN}/",
        "https://a.example/01/not-a-number",
    ],
)
def test_a_broken_link_names_no_product(read, address):
    reading = read(address)
    assert reading.gtin14 is None
    assert not reading.valid


@pytest.mark.parametrize(
    "tail", ["/21/A1/10/B", "/99/X", "?10=A&10=B", "/10/A?10=A", "?999=x", "?10=a%00b", "?17=271301"]
)
def test_a_fault_after_the_product_leaves_the_product_and_nothing_else(read, tail):
    reading = read(f"https://a.example/01/{GTIN}{tail}")
    assert reading.gtin14 == GTIN
    assert not reading.valid
    assert (reading.batch, reading.serial, reading.expiry) == (None, None, None)
