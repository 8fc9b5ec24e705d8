"""Connectors by name: those of installed packages, and the project's own also from a plain checkout."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import entry_points

from wizterm.connectors.base import Connector, ConnectorError, Settings

GROUP = "wizterm.connectors"
OWN = {
    "business_central": "wizterm.connectors.business_central.connector:BusinessCentralConnector",
    "files": "wizterm.connectors.files:FilesConnector",
    "quickbooks": "wizterm.connectors.quickbooks.connector:QuickBooksConnector",
    "tryton": "wizterm.connectors.tryton.connector:TrytonConnector",
    "zoho": "wizterm.connectors.zoho.connector:ZohoConnector",
}


def load(name: str, settings: Settings) -> Connector:
    """The connector of this name, set up."""
    installed = {entry.name: entry.value for entry in entry_points(group=GROUP)}
    known = OWN | installed
    if name not in known:
        raise ConnectorError(f"There is no connector {name!r}: expected one of {', '.join(sorted(known))}.")
    module, _, attribute = known[name].partition(":")
    connector: Connector = getattr(import_module(module), attribute)(settings)
    return connector
