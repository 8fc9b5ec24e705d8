"""What [erp.zoho] can say."""

from __future__ import annotations

from typing import Literal

import msgspec
from msgspec.structs import replace

from wizterm.connectors.base import ConnectorError, Settings
from wizterm.connectors.setup import read, secret
from wizterm.connectors.zoho.data_centres import DATA_CENTRES
from wizterm.connectors.zoho.flavours import BOOKS, FLAVOURS, Flavour, Paper

NAME = "zoho"
Aim = Literal["draft", "confirmed"]


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    product: Literal["inventory", "books"] = "inventory"
    organization: str = ""
    """Zoho's number of the company."""
    data_centre: str = "us"
    client_id: str = ""
    client_secret: str = ""
    client_secret_file: str = ""
    """The secret's first line, in place of `client_secret`."""
    refresh_token: str = ""
    refresh_token_file: str = ""
    orders: Aim = "confirmed"
    """How far an order is brought."""
    quotes: Literal["", "orders", "estimates"] = ""
    """Draft sales orders, or estimates; empty takes estimates where the product has them."""
    location: str = ""
    """Name of the location whose stock is pulled; empty takes all of them together."""
    price_list: str = "STANDARD"
    """What the list of Zoho's own sales prices is called here."""
    customer_details: Literal["yes", "no"] = "yes"
    """Whether each customer who changed is asked for: only then addresses and price lists come."""
    accounts_address: str = ""
    """In place of the data centre's."""
    api_address: str = ""

    @property
    def flavour(self) -> Flavour:
        return FLAVOURS[self.product]

    @property
    def quote_paper(self) -> Paper:
        return self.flavour.order if self.quotes == "orders" else self.flavour.quote


def setting(settings: Settings) -> Setting:
    """Raises `ConnectorError` where something is missing that nothing works without."""
    said = read(settings, Setting, NAME)
    said = replace(
        said,
        client_secret=secret(said, "client_secret", NAME),
        refresh_token=secret(said, "refresh_token", NAME),
    )
    needed = ("organization", "client_id", "client_secret", "refresh_token")
    if missing := [name for name in needed if not getattr(said, name)]:
        variable = f"WIZTERM_ERP_ZOHO_{missing[0].upper()}"
        raise ConnectorError(f"[erp.zoho] lacks {', '.join(missing)}: say it in wizterm.toml, or as {variable}.")
    if said.quotes == "estimates" and said.flavour is not BOOKS:
        raise ConnectorError("[erp.zoho] quotes: Zoho Inventory has no estimates; say orders, or product books.")
    return _placed(said)


def _placed(said: Setting) -> Setting:
    """With both addresses, without a slash at the end."""
    centre = DATA_CENTRES.get(said.data_centre)
    accounts = (said.accounts_address or (centre.accounts if centre else "")).rstrip("/")
    api = (said.api_address or (centre.api if centre else "")).rstrip("/")
    if not (accounts and api):
        known = ", ".join(DATA_CENTRES)
        raise ConnectorError(
            f"[erp.zoho] data_centre: expected one of {known}, or accounts_address and api_address; "
            f"got {said.data_centre!r}."
        )
    for name, address in (("accounts_address", accounts), ("api_address", api)):
        if not address.startswith(("http://", "https://")):
            raise ConnectorError(f"[erp.zoho] {name}: expected https://host, got {address!r}.")
    return replace(said, accounts_address=accounts, api_address=api)
