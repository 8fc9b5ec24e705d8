"""`wizterm admin price-lists`: what the company charges, and whom."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from wizterm.cli.office_store import opened_store
from wizterm.cli.printing import as_json, print_json, print_list
from wizterm.cli.telling import ListingGroup
from wizterm.domain.quantity import counted
from wizterm.domain.text import plain

if TYPE_CHECKING:
    from wizterm.server.price_list_book import PriceLine, PriceListLine


@click.group("price-lists", cls=ListingGroup)
def price_lists() -> None:
    """What the company charges, and whom. They come with `admin import`."""


@price_lists.command("list", epilog="Example: wizterm admin price-lists list --json")
@as_json
@click.pass_obj
def list_price_lists(folder: Path | None, *, as_json: bool) -> None:
    """Show every price list, with how many prices and customers it has."""
    from wizterm.server.price_list_book import PriceLists

    with opened_store(folder) as store:
        found = PriceLists(store).all()
    print_list(found, _line, empty="There is no price list yet: `admin import` brings them.", as_json=as_json)


@price_lists.command("show", epilog="Example: wizterm admin price-lists show TRADE --most 20")
@click.argument("id_", metavar="ID")
@click.option("--most", default=50, show_default=True, type=click.IntRange(1, 100_000), help="How many prices to show.")
@as_json
@click.pass_obj
def show_price_list(folder: Path | None, id_: str, *, most: int, as_json: bool) -> None:
    """Show the price list ID with its prices, by article."""
    from wizterm.server.price_list_book import PriceLists

    with opened_store(folder) as store:
        page = PriceLists(store).page(id_, most)
    if as_json:
        print_json(page)
        return
    click.echo(_line(page.line))
    print_list(page.prices, _price, empty="  It has no price of its own.", as_json=False)


def _line(each: PriceListLine) -> str:
    marks = [word for word, said in (("default", each.default), ("falls back to base", each.falls_back)) if said]
    told = f"{plain(each.id):<10}  {plain(each.name)}, {plain(each.currency)}: {counted(each.prices, 'price')}"
    return ", ".join([told, counted(each.customers, "customer"), *marks])


def _price(each: PriceLine) -> str:
    until = f"  {each.valid_from or '…'} to {each.valid_to or '…'}" if each.valid_from or each.valid_to else ""
    return f"  {plain(each.sku):<14}  from {each.least:>5}  {each.price:>10}  {plain(each.name)}{until}"
