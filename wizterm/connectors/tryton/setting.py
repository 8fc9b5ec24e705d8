"""What [erp.tryton] can say."""

from __future__ import annotations

from typing import Literal

import msgspec

from wizterm.connectors.base import ConnectorError, Settings
from wizterm.connectors.setup import read, secret

NAME = "tryton"


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    address: str = ""
    """Such as https://erp.company.example; no path."""
    database: str = ""
    user: str = ""
    password: str = ""
    password_file: str = ""
    """The password's first line, in place of `password`."""
    orders: Literal["draft", "quotation", "confirmed"] = "confirmed"
    """How far an order is brought."""
    shop: str = ""
    """Name of the web shop that orders come in by; empty takes the only one."""
    warehouse: str = ""
    """Name of the warehouse whose stock is pulled; empty takes the only one."""
    customers: str = ""
    """Name of the party category that customers are in; empty takes every party but the company's own."""
    price_list: str = "STANDARD"
    """What the list of Tryton's standard sales prices is called here."""


def setting(settings: Settings) -> Setting:
    """Raises `ConnectorError` where something is missing that nothing works without."""
    said = read(settings, Setting, NAME)
    said = msgspec.structs.replace(said, password=secret(said, "password", NAME), address=said.address.rstrip("/"))
    missing = [name for name in ("address", "database", "user", "password") if not getattr(said, name)]
    if missing:
        variable = f"WIZTERM_ERP_TRYTON_{missing[0].upper()}"
        raise ConnectorError(f"[erp.tryton] lacks {', '.join(missing)}: say it in wizterm.toml, or as {variable}.")
    if not said.address.startswith(("http://", "https://")):
        raise ConnectorError(f"[erp.tryton] address: expected https://host, got {said.address!r}.")
    return said
