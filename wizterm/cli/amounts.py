"""Percentages and quantities as options of a command."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import click

from wizterm.domain.money import AmountError, read_amount
from wizterm.domain.quantity import read_quantity


class Percent(click.ParamType[Decimal]):
    """From 0 to 100, with at most two decimals."""

    name = "percent"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        if isinstance(value, Decimal):
            return value
        try:
            percent = read_amount(str(value).removesuffix("%"), places=2)
        except AmountError as error:
            self.fail(str(error), param, ctx)
        if not 0 <= percent <= 100:
            self.fail(f"{value} is no percentage: expected 0 to 100.", param, ctx)
        return percent


class Quantity(click.ParamType[Decimal]):
    """In base units, above 0."""

    name = "quantity"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        if isinstance(value, Decimal):
            return value
        try:
            return read_quantity(str(value), places=6)
        except AmountError as error:
            self.fail(str(error), param, ctx)
