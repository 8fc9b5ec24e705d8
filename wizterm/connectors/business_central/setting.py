"""What [erp.business_central] can say."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import msgspec

from wizterm.connectors.base import ConnectorError, Settings
from wizterm.connectors.setup import read, secret

NAME = "business_central"
HOST = "https://api.businesscentral.dynamics.com"
SIGN_IN = "https://login.microsoftonline.com"
NEEDED = ("tenant", "company", "client_id", "client_secret")


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    tenant: str = ""
    """The organisation in Microsoft Entra: its id or its domain."""
    environment: str = "Production"
    company: str = ""
    """Name or id of the company."""
    client_id: str = ""
    """Of the app that is registered for WizTerm in Microsoft Entra."""
    client_secret: str = ""
    client_secret_file: str = ""
    """The secret's first line, in place of `client_secret`."""
    address: str = ""
    """In place of the environment's own; ends with /api/v2.0."""
    sign_in_address: str = ""
    """Where tokens are fetched, in place of Microsoft's own."""
    scope: str = f"{HOST}/.default"
    """What a token is asked for."""
    price_list: str = "STANDARD"
    """What the list of the items' own prices is called here."""


def setting(settings: Settings) -> Setting:
    """Raises `ConnectorError` where something is missing that nothing works without."""
    said = read(settings, Setting, NAME)
    tenant = quote(said.tenant, safe="")
    said = msgspec.structs.replace(
        said,
        client_secret=secret(said, "client_secret", NAME),
        address=(said.address or f"{HOST}/v2.0/{tenant}/{quote(said.environment, safe='')}/api/v2.0").rstrip("/"),
        sign_in_address=said.sign_in_address or f"{SIGN_IN}/{tenant}/oauth2/v2.0/token",
    )
    missing = [name for name in NEEDED if not getattr(said, name)]
    if missing:
        variable = f"WIZTERM_ERP_{NAME.upper()}_{missing[0].upper()}"
        raise ConnectorError(f"[erp.{NAME}] lacks {', '.join(missing)}: say it in wizterm.toml, or as {variable}.")
    for name in ("address", "sign_in_address"):
        if not getattr(said, name).startswith(("http://", "https://")):
            raise ConnectorError(f"[erp.{NAME}] {name}: expected https://host, got {getattr(said, name)!r}.")
    return said


def token_file(settings: Settings) -> Path:
    return settings.folder / "business-central-token.json"
