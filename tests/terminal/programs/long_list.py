"""A list of 500 rows and the keys that change it; `python long_list.py`."""

from textual.app import ComposeResult

from tests.terminal.programs.marking import Marking
from wizterm.widgets.rows import Column, Row, Rows

COLUMNS = (Column("SKU", 8), Column("Product", 20, grow=True), Column("Price", 10, align="right"))


def page(start: int, price: str = "1.00") -> list[Row]:
    return [Row(f"k{n}", (f"S{n:05}", f"product {n}", price)) for n in range(start, start + 500)]


class LongList(Marking):
    BINDINGS = (("f5", "same", "Same"), ("f6", "one", "One"), ("f7", "more", "More"))

    def compose(self) -> ComposeResult:
        yield Rows(*COLUMNS)

    def on_mount(self) -> None:
        self.query_one(Rows).replace(page(0), more=True, keep_cursor=False)

    def action_same(self) -> None:
        self.query_one(Rows).replace(page(0), more=True, keep_cursor=True)

    def action_one(self) -> None:
        rows = page(0)
        rows[3] = Row("k3", ("S00003", "product 3", "9.99"))
        self.query_one(Rows).replace(rows, more=True, keep_cursor=True)

    def action_more(self) -> None:
        self.query_one(Rows).extend(page(500), more=False)


if __name__ == "__main__":
    LongList().run()
