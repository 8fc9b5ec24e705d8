"""Finding products while somebody types, beside a scan for the same letters."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from benchmarks.company import Ground
from benchmarks.figures import Figure, at, in_turn, milliseconds
from wizterm.db.catalogue import Catalogue
from wizterm.db.customers import Customers
from wizterm.db.device import open_device
from wizterm.db.documents import Documents
from wizterm.db.finding import MOST_COUNTED, Finder
from wizterm.db.replica_reader import ReplicaReader
from wizterm.db.vocabulary import Vocabulary
from wizterm.domain.clock import SystemClock
from wizterm.domain.customer import Customer
from wizterm.protocol import replica
from wizterm.services.catalogue import PAGE, CatalogueSearch
from wizterm.services.purchases import Purchases

SIZES_QUICK, SIZES_FULL = (3_000, 100_000), (3_000, 100_000, 1_000_000)
WORDS = 6_000
WORDS_IN_NAME = 5
SHOWN_TO_FEW = 100
"""One product in so many is on the short list."""
SEED = 42
COLOURS = ("Black", "Blue", "Green", "Grey", "Red", "White")
SIZES = ("XS", "S", "M", "L", "XL", "XXL")
"""The best sellers are variants of one family."""


def measure(ground: Ground) -> Iterator[Figure]:
    for size in ground.choose(SIZES_QUICK, SIZES_FULL):
        path = ground.folder / f"products-{size}.db"
        words = make(path, size)
        typed = list(_typed(words, ground.choose(40, 60)))
        for price_list, which in (("all", ""), ("few", ", a list that shows 1 %")):
            yield from _beside_a_scan(path, size, typed, price_list, which)
        path.unlink()


def _beside_a_scan(path: Path, size: int, typed: list[str], price_list: str, which: str) -> Iterator[Figure]:
    reader = ReplicaReader(lambda: path)
    device = open_device(path.parent / "device")
    purchases = Purchases(Customers(reader), Documents(device))
    search = CatalogueSearch(Catalogue(reader), Finder(reader), Vocabulary(reader), purchases, SystemClock())
    customer = Customer(id="c", name="c", price_list=price_list)
    with closing(sqlite3.connect(path)) as bare:
        ours, peer = in_turn(
            len(typed),
            lambda turn: milliseconds(lambda: search.page(typed[turn], customer)),
            lambda turn: milliseconds(lambda: _scan(bare, typed[turn], price_list)),
        )
    reader.close()
    device.close()
    for name, share in (("p50", 0.5), ("p99", 0.99)):
        what = f"type-ahead over {size:,} products{which}, {name}"
        yield Figure(what, at(share, ours), at(share, peer), "ms", "`LIKE '%q%'`, page and count, without prices")


def _scan(connection: sqlite3.Connection, text: str, price_list: str) -> None:
    few = "AND sku IN (SELECT sku FROM prices WHERE price_list = 'few')" if price_list == "few" else ""
    matching = f"FROM products WHERE name LIKE ? {few}"
    connection.execute(f"SELECT sku, name {matching} LIMIT {PAGE}", (f"%{text}%",)).fetchall()
    connection.execute(f"SELECT count(*) FROM (SELECT 1 {matching} LIMIT {MOST_COUNTED})", (f"%{text}%",)).fetchall()


def make(path: Path, size: int) -> list[str]:
    """A catalogue of made-up words that are as unevenly common as real ones; gives the words."""
    chance = random.Random(SEED)
    words = sorted({_word(chance) for _ in range(WORDS)})
    weights = [1 / (rank + 3) for rank in range(len(words))]
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        replica.create(connection)
        lists = [(key, key.title(), "GBP", 0, int(key == "all"), "") for key in ("all", "few")]
        replica.fill(connection, replica.BY_NAME["price_lists"], lists)
        replica.fill(connection, replica.BY_NAME["products"], _products(size, words, weights, chance))
        replica.fill(connection, replica.BY_NAME["prices"], _prices(size))
        replica.fill(connection, replica.BY_NAME["customers"], _customers())
        replica.index_all(connection)
        connection.commit()
    return words


def _products(
    size: int, words: list[str], weights: list[float], chance: random.Random
) -> Iterable[tuple[str | int, ...]]:
    names = replica.BY_NAME["products"].columns
    empty: dict[str, str | int] = dict.fromkeys(names, "")
    picked = iter(chance.choices(words, weights, k=size * WORDS_IN_NAME))
    for number in range(size):
        name = " ".join(next(picked) for _ in range(WORDS_IN_NAME)).capitalize()
        row = empty | {"sku": f"P{number:07d}", "name": name, "unit": "each", "discontinued": 0}
        if number < len(COLOURS) * len(SIZES):
            row |= {"family": "F", "colour": COLOURS[number // len(SIZES)], "size": SIZES[number % len(SIZES)]}
        yield tuple(row.values())


def _customers() -> Iterable[tuple[str, ...]]:
    """One for each list."""
    for key in ("all", "few"):
        yield (key, f"C-{key}", f"Customer {key}", key, "", "", "", "", "")


def _prices(size: int) -> Iterable[tuple[str, ...]]:
    for number in range(size):
        sku = f"P{number:07d}"
        yield (f"all-{number}", "all", sku, "1", "4.50", "", "")
        if number % SHOWN_TO_FEW == 0:
            yield (f"few-{number}", "few", sku, "1", "3.95", "", "")


def _typed(words: list[str], many: int) -> Iterator[str]:
    """What a search field holds while words are typed, letter after letter."""
    for word in random.Random(SEED).sample(words, many):
        yield from (word[:length] for length in range(1, min(len(word), 5) + 1))


def _word(chance: random.Random) -> str:
    syllables = ("ba", "ce", "di", "fa", "gu", "ha", "le", "mi", "no", "pra", "re", "sti", "to", "un", "ver", "wo")
    return "".join(chance.choice(syllables) for _ in range(chance.randint(2, 4)))
