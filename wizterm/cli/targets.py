"""Whom a delivery goes to, as commands name it: the ERP, or the reader of a mail."""

from __future__ import annotations

from typing import Any, Final

import click

MAIL: Final = "mail-"
"""What the store's names of mails begin with; `wizterm.server.deliveries` has them."""
ERP: Final = "erp"


class Target(click.Choice[str]):
    """Takes the store's name too, which programs read in JSON, and gives that one."""

    def __init__(self, *, erp: bool) -> None:
        super().__init__([*([ERP] if erp else []), "customer", "rep", "office"])

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        chosen = super().convert(called(str(value)), param, ctx)
        return chosen if chosen == ERP else f"{MAIL}{chosen}"


def called(target: str) -> str:
    """As people read and type it."""
    return target.removeprefix(MAIL)
