"""PINs of managers: checked by a hash, and turned into the key that signs an approval."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

SHORTEST = 6
TIME_COST, MEMORY_KIB = 2, 19_456
"""Argon2id, about 50 ms on a small laptop."""


@dataclass(frozen=True, slots=True)
class Pin:
    """What the company keeps of a PIN."""

    hash: str
    salt: str
    """Costs and salt of the key, as `time$memory$hex`."""
    key: str
    """Hexadecimal; stays on the server."""


class PinError(ValueError):
    """The PIN cannot be used; the message says what was expected."""


def new_pin(pin: str, *, time_cost: int = TIME_COST, memory_kib: int = MEMORY_KIB) -> Pin:
    """Costs are set lower only where nothing is at stake."""
    from argon2 import PasswordHasher  # noqa: PLC0415 - a compiled module, wanted when somebody types a PIN

    if not (pin.isascii() and pin.isdigit() and len(pin) >= SHORTEST):
        raise PinError(f"That is no PIN: expected at least {SHORTEST} digits.")
    salt = f"{time_cost}${memory_kib}${secrets.token_hex(16)}"
    hasher = PasswordHasher(time_cost=time_cost, memory_cost=memory_kib, parallelism=1)
    return Pin(hasher.hash(pin), salt, pin_key(pin, salt).hex())


def pin_fits(pin: str, hash_: str) -> bool:
    from argon2 import PasswordHasher  # noqa: PLC0415 - as above
    from argon2.exceptions import InvalidHashError, VerificationError  # noqa: PLC0415 - as above

    try:
        return PasswordHasher().verify(hash_, pin)
    except (VerificationError, InvalidHashError):
        return False


def pin_key(pin: str, salt: str) -> bytes:
    """The key that this PIN signs with."""
    from argon2.low_level import Type, hash_secret_raw  # noqa: PLC0415 - as above

    time_cost, memory, grains = salt.split("$")
    return hash_secret_raw(pin.encode(), bytes.fromhex(grains), int(time_cost), int(memory), 1, 32, Type.ID)
