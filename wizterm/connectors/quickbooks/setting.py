"""What [erp.quickbooks] can say."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from wizterm.connectors.base import ConnectorError, Settings
from wizterm.connectors.setup import read, secret

NAME = "quickbooks"
API = {
    "production": "https://quickbooks.api.intuit.com",
    "sandbox": "https://sandbox-quickbooks.api.intuit.com",
}
SIGN_IN = "https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer"
NEEDED = ("realm", "client_id", "client_secret", "refresh_token")


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    realm: str = ""
    """Number of the company in QuickBooks, as the redirect after connecting names it."""
    environment: Literal["production", "sandbox"] = "production"
    address: str = ""
    """In place of the environment's own."""
    sign_in_address: str = ""
    """Where tokens are fetched, in place of Intuit's own."""
    client_id: str = ""
    client_secret: str = ""
    client_secret_file: str = ""
    """The secret's first line, in place of `client_secret`."""
    refresh_token: str = ""
    """The one that connecting gave; newer ones are kept in `tokens_file`."""
    refresh_token_file: str = ""
    tokens_file: str = ""
    """Where the newest tokens are kept; empty takes the connector's own folder."""
    orders: Literal["estimate", "invoice"] = "estimate"
    """What an order becomes. A quote is always an estimate."""
    price_list: str = "STANDARD"
    """What the list of QuickBooks's own prices is called here."""


def setting(settings: Settings) -> Setting:
    """Raises `ConnectorError` where something is missing that nothing works without."""
    said = read(settings, Setting, NAME)
    said = msgspec.structs.replace(
        said,
        client_secret=secret(said, "client_secret", NAME),
        refresh_token=secret(said, "refresh_token", NAME),
        address=(said.address or API[said.environment]).rstrip("/"),
        sign_in_address=said.sign_in_address or SIGN_IN,
        tokens_file=said.tokens_file or str(settings.folder / "quickbooks-tokens.json"),
    )
    missing = [name for name in NEEDED if not getattr(said, name)]
    if missing:
        variable = f"WIZTERM_ERP_QUICKBOOKS_{missing[0].upper()}"
        raise ConnectorError(f"[erp.quickbooks] lacks {', '.join(missing)}: say it in wizterm.toml, or as {variable}.")
    if not (said.realm.isascii() and said.realm.isdecimal()):
        raise ConnectorError(f"[erp.quickbooks] realm: expected the company's number, got {said.realm!r}.")
    for name in ("address", "sign_in_address"):
        if not getattr(said, name).startswith(("http://", "https://")):
            raise ConnectorError(f"[erp.quickbooks] {name}: expected https://host, got {getattr(said, name)!r}.")
    return said


def tokens_file(setting: Setting) -> Path:
    return Path(setting.tokens_file).expanduser()
