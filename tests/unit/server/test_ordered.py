from decimal import Decimal

from wizterm.server.ordered import Ordered, OrderedLine


def test_a_unit_price_has_the_decimals_of_its_currency_and_any_further_ones_of_its_own():
    for price, shown in (("1.9", "1.90"), ("14.66", "14.66"), ("0.085", "0.085")):
        line = OrderedLine("MUG", "Mug", Decimal(1), Decimal(price), Decimal(price))
        assert Ordered("GBP", lines=(line,)).price_of(line) == shown
