"""The server's own modifiers, read for many products at once: what a document's options are compared with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from wizterm.domain.options import Modifier, Option
from wizterm.server.store.mirror import MIRROR, column
from wizterm.server.store.prepared import prepared
from wizterm.server.store.together import Asking
from wizterm.server.store.upserting import CHUNK, chunks

Rules = tuple[str, str, int, int]
"""A modifier's key, name, least and most."""


@dataclass(frozen=True, slots=True)
class OptionBook:
    _modifiers: dict[str, tuple[Rules, ...]]
    """By sku."""
    _options: dict[tuple[str, str], tuple[Option, ...]]
    """By key of the modifier, and currency."""

    def of(self, sku: str, currency: str) -> tuple[Modifier, ...]:
        """What can be chosen with a product, at surcharges in this currency."""
        return tuple(
            Modifier(name, least, most, self._options.get((key, currency), ()))
            for key, name, least, most in self._modifiers.get(sku, ())
        )


def option_book(skus: Collection[str]) -> Asking[OptionBook]:
    modifiers: dict[str, list[Rules]] = defaultdict(list)
    options: dict[tuple[str, str], list[Option]] = defaultdict(list)
    for some in chunks(sorted(skus), CHUNK):
        rules_, choices = yield _modifiers.of(some), _choices.of(some)
        for sku, *rules in rules_:
            key, name, least, most = rules
            modifiers[sku].append((key, name, int(least), int(most)))
        for modifier, currency, name, surcharge in choices:
            options[modifier, currency].append(Option(name, Decimal(surcharge)))
    return OptionBook(
        {sku: tuple(rules) for sku, rules in modifiers.items()},
        {key: tuple(found) for key, found in options.items()},
    )


@prepared
def _modifiers(skus: Any) -> Any:
    return _live("modifiers", "sku id name least most", skus)


@prepared
def _choices(skus: Any) -> Any:
    return _live("modifier_options", "modifier currency name surcharge", skus)


def _live(table: str, names: str, skus: Any) -> Any:
    wanted = [column(table, name) for name in names.split()]
    live = ~column(table, "deleted") & column(table, "sku").in_(skus)
    return MIRROR[table].select(*wanted).where(live).order_by(column(table, "position"))
