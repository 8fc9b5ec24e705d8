"""The server's address as a person writes it."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit


class AddressError(ValueError):
    """The address cannot be used; the message says what to write instead."""


def server_address(text: str, *, allow_plain: bool = False) -> str:
    """The address without a trailing slash. Plain http would show orders to anyone on the way: only to this machine."""
    address = text.strip()
    if "://" not in address:
        raise AddressError(f"{_shown(address)} is no server address: expected one like https://orders.company.example.")
    scheme, host = _parts(address)
    if scheme not in {"https", "http"} or not host:
        raise AddressError(f"{_shown(address)} is no server address: expected one like https://orders.company.example.")
    if scheme == "http" and not (allow_plain or is_loopback(host)):
        raise AddressError(f"{_shown(address)} is not encrypted: write https:// in place of http://.")
    return address.rstrip("/")


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def host_and_port(address: str) -> tuple[str, int]:
    """Of an address that `server_address` gave."""
    split = urlsplit(address)
    return split.hostname or "", split.port or (443 if split.scheme == "https" else 80)


def _parts(address: str) -> tuple[str, str]:
    try:
        split = urlsplit(address)
        _ = split.port
    except ValueError as error:
        raise AddressError(
            f"{_shown(address)} is no server address: {error}. Expected one like https://orders.company.example."
        ) from error
    if split.username is not None or split.query or split.fragment or any(mark.isspace() for mark in address):
        raise AddressError(f"{_shown(address)} says too much for a server address: write only https:// and its name.")
    return split.scheme.lower(), split.hostname or ""


def _shown(address: str) -> str:
    return repr(address[:80])
