"""Devices, and the installation codes that make their documents' numbers their own."""

from __future__ import annotations

from uuid import UUID

from wizterm.protocol.problem import Code, problem
from wizterm.protocol.session import SignIn
from wizterm.server.store import ledger
from wizterm.server.store.people import Device

_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def welcome(request: SignIn, rep: str, now: int) -> Device:
    """The device of a sign-in, registered at its first; a revoked one is turned away."""
    device: Device | None = Device.get_or_none(Device.id == _id(request.device))
    if device is None:
        return Device.create(
            id=_id(request.device),
            rep=rep,
            name=request.device_name[:100],
            public_key=request.public_key[:200],
            code=_code(ledger.draw(ledger.INSTALLATIONS) - 1),
            seen_at=now,
        )
    if device.revoked:
        raise problem(403, Code.FORBIDDEN, "This device is shut out", "The office has shut out this device: ask there.")
    Device.update(rep=rep, name=request.device_name[:100] or device.name, seen_at=now).where(
        Device.id == device.id
    ).execute()
    return device


def _id(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError as error:
        raise problem(
            400, Code.BAD_REQUEST, "No device id", "Expected the device's id to be a UUID.", field="device"
        ) from error


def _code(number: int) -> str:
    code = ""
    while number:
        number, digit = divmod(number, 32)
        code = _DIGITS[digit] + code
    return code
