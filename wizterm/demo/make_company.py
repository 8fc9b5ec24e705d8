"""Make the sample company from the real invoice lines: `python -m wizterm.demo.make_company SOURCE [OUT]`."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

from wizterm.demo.making.customers import make_customers
from wizterm.demo.making.describing import attribute_rows, collection_rows, listed_on, modifier_rows, pictured, variants
from wizterm.demo.making.files import Row, write_table
from wizterm.demo.making.lists import LISTS, price_rows
from wizterm.demo.making.orders import contract_rows, history_rows
from wizterm.demo.making.pictures import write_pictures
from wizterm.demo.making.products import Product, make_products
from wizterm.demo.making.source import read_sales
from wizterm.demo.making.terms import FEES, PROMOTIONS, TAX_RATES, VAT, unit_rows
from wizterm.demo.making.wishes import wishlist_rows

PACKAGED = Path(__file__).parent / "company"


def make_company(source: Path, out: Path) -> list[Path]:
    """Write every table of the company into `out`; the same source gives the same tables."""
    lines = read_sales(source)
    products = make_products(lines)
    customers = make_customers(lines)
    out.mkdir(parents=True, exist_ok=True)
    return [
        write_table(out, "price_lists", LISTS),
        write_table(out, "products", _product_rows(products, max(line.day for line in lines))),
        write_table(out, "attributes", attribute_rows(products)),
        write_table(out, "collections", collection_rows(products)),
        write_table(out, "modifiers", modifier_rows()),
        write_table(out, "prices", price_rows(products)),
        write_table(out, "stock", (product.stock_row() for product in products)),
        write_table(out, "units", unit_rows(products)),
        write_table(out, "tax_rates", TAX_RATES),
        write_table(out, "fees", FEES),
        write_table(out, "promotions", PROMOTIONS),
        write_table(out, "customers", (customer.row() for customer in customers)),
        write_table(out, "contracts", contract_rows(lines, customers, products)),
        write_table(out, "history", history_rows(lines, customers, products)),
        write_table(out, "wishlists", wishlist_rows(lines, customers, products)),
        *write_pictures(out / "pictures", pictured(products)),
    ]


def _product_rows(products: Sequence[Product], end: date) -> Iterator[Row]:
    family = variants(products)
    for product in products:
        variant = asdict(family[product.sku]) if product.sku in family else {}
        yield {**product.row(), **variant, "listed_on": listed_on(product, end), "tax_code": VAT}


def main(arguments: list[str]) -> int:
    if len(arguments) not in (1, 2):
        sys.stderr.write(
            "Give the invoice lines (a gzip of CSV) and, if not the package's own folder, where to write.\n"
        )
        return 2
    source, *rest = map(Path, arguments)
    for path in make_company(source, rest[0] if rest else PACKAGED):
        sys.stdout.write(f"{path.stat().st_size:>8} {path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
