"""`POST /v1/session`, `POST /v1/session/refresh`, `DELETE /v1/session`: a rep signs in on a device.

The access token is short-lived. A refresh gives a new pair; the old refresh token stays valid until the new one is
first used, so an answer lost on the way locks nobody out.
"""

from __future__ import annotations

import msgspec

PATH = "/v1/session"
REFRESH_PATH = "/v1/session/refresh"


class SignIn(msgspec.Struct, frozen=True, kw_only=True):
    rep: str
    """The rep's code; case does not matter."""
    password: str
    device: str
    """UUID of this installation's files."""
    device_name: str = ""
    public_key: str = ""
    """The device's Ed25519 key, base64."""
    proof: str = ""
    """Signature of `device` and `rep` by that key, base64."""
    installation: str = ""
    """The code this device's numbers bear already: a server that was restored may not know the device any more."""


class Refresh(msgspec.Struct, frozen=True, kw_only=True):
    refresh_token: str


class Session(msgspec.Struct, frozen=True, kw_only=True):
    access_token: str
    access_seconds: int
    """How long the access token is good for."""
    refresh_token: str
    server: str
    epoch: str
    rep: str
    """The code as the company writes it."""
    rep_name: str
    company: str
    installation: str
    """Part of every document number made on this device; allotted once, never used again for another."""
    office_key: str
    """The office's X25519 key, base64: what a sealed export is sealed to."""
