"""A cart's text that another program made: what can be used, and what cannot."""

import json
from decimal import Decimal

import pytest

from wizterm.domain.cart import Cart, Line
from wizterm.domain.prices import Price, PriceSource
from wizterm.services.packed_cart import UnreadableCartError, packed, unpacked

CART = Cart(
    id="c1",
    currency="GBP",
    price_list="TRADE",
    lines=(Line(id="1", sku="MUG", name="Mug", count=Decimal(2), price=Price(Decimal("4.5"), PriceSource.LIST)),),
)


def changed(place, value):
    body = json.loads(packed(CART))
    *path, last = place
    at = body
    for step in path:
        at = at[step]
    at[last] = value
    return json.dumps(body)


def test_what_was_packed_is_unpacked():
    assert unpacked(packed(CART)) == CART


@pytest.mark.parametrize("version", [2, 10**30])
def test_a_newer_program_is_named(version):
    with pytest.raises(UnreadableCartError, match="update this one"):
        unpacked(changed(["version"], version))


LINE = ["cart", "lines", 0]


@pytest.mark.parametrize(
    "body",
    [
        '{"version":1,"cart":{"id":"x"}}',
        "{",
        '{"version":1,"cart":' + "[" * 100_000,
        changed(["version"], "x"),
        changed(["cart", "currency"], "x"),
        changed(["cart", "revision"], 10**30),
        changed(["cart", "revision"], 2**31),
        changed(["cart", "revision"], 0),
        changed(["cart", "id"], ""),
        changed(["cart", "lines"], []),
        changed(["cart", "lines"], json.loads(packed(CART))["cart"]["lines"] * 2),
        changed([*LINE, "count"], "NaN"),
        changed([*LINE, "count"], "Infinity"),
        changed([*LINE, "count"], "1e400000"),
        changed([*LINE, "count"], "1e-400000"),
        changed([*LINE, "count"], "0"),
        changed([*LINE, "rule", "multiple"], "0"),
        changed([*LINE, "unit", "factor"], "0"),
        changed([*LINE, "price", "amount"], "1e12"),
    ],
)
def test_what_no_cart_can_be_made_of_is_refused_with_what_to_do(body):
    with pytest.raises(UnreadableCartError, match=r"office|update"):
        unpacked(body)
