"""`wizterm price`: why a price is what it is, without a screen."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wizterm.cli.amounts import Quantity
from wizterm.cli.device_folder import device_folder, device_option, faults_in_a_sentence, looked_on
from wizterm.cli.printing import as_json, print_json
from wizterm.domain.text import plain

if TYPE_CHECKING:
    from wizterm.services.why import Why


@click.command()
@device_option
@click.option("--customer", default="", help="The customer's number; a guest's price where none is given.")
@click.option("--sku", required=True, help="The product.")
@click.option("--qty", type=Quantity(), help="In base units; the least that can be ordered where it is not given.")
@as_json
def price(device: Path | None, *, customer: str, sku: str, qty: Decimal | None, as_json: bool) -> None:
    """Say what a product costs on this machine, and why: source, break, dates, promotions, age of the catalogue.

    Ends with 1 where it is not sold to the customer, or there is no such product or customer.
    """
    from wizterm.services.why_words import facts

    with faults_in_a_sentence():
        why = _explained(device_folder(device), customer, sku, qty)
    if as_json:
        print_json(why)
    else:
        for label, text in facts(why):
            click.echo(plain(f"{label}: {text}"))
    if not why.sold:
        raise click.exceptions.Exit(1)


def _explained(folder: Path, customer: str, sku: str, quantity: Decimal | None) -> Why:
    with looked_on(folder) as bench:
        number = bench.why.customer_numbered(customer) if customer else ""
        return bench.why.product(sku, quantity, number)
