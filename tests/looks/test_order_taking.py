"""What people see on the way from the customer to the order, at both sizes."""

import pytest

from tests.support.gift_shop import furnish
from wizterm.screens.customer import CustomerPage
from wizterm.screens.order import OrderPage

SIZES = {"wide": (120, 40), "small": (80, 24)}
PRODUCTS = (*"12*bunting", "enter", *"alarm", "enter")
STEPS = {
    "choosing_the_customer": ("f3", *"paper"),
    "searching_a_product": (*"12*bunting",),
    "the_cart": (*PRODUCTS, "f4"),
    "a_discount": (*PRODUCTS, "f4", "percent_sign", "5"),
    "a_quantity_that_is_none": (*PRODUCTS, "f4", "q", *"2 boats", "enter"),
    "the_discounts": (*PRODUCTS, "f4", "percent_sign", "5", "enter", "d"),
    "creating_the_order": (*PRODUCTS, "f10"),
    "the_order_is_created": (*PRODUCTS, "f10", "enter"),
}


@pytest.fixture(autouse=True)
def shop(folder):
    furnish(folder)
    folder.bench.entry.choose_customer("c1")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("step", STEPS)
def test_a_step_of_taking_an_order(looks_as_ever, step, size):
    assert looks_as_ever(OrderPage, *STEPS[step], size=SIZES[size])


@pytest.mark.parametrize("size", SIZES)
def test_a_wishlist(looks_as_ever, size):
    assert looks_as_ever(lambda: CustomerPage("c1"), "left", "space", size=SIZES[size])
