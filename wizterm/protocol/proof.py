"""A device proves at sign-in that it is the one it says it is: it signs with the key it was registered with."""

from __future__ import annotations

import base64
import binascii

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_PURPOSE = b"wizterm sign-in 1\n"


def new_key() -> bytes:
    """The private half, 32 bytes."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def public_key(key: bytes) -> str:
    """What the server is given; base64."""
    return base64.b64encode(Ed25519PrivateKey.from_private_bytes(key).public_key().public_bytes_raw()).decode()


def proof(key: bytes, device: str, rep: str) -> str:
    return base64.b64encode(Ed25519PrivateKey.from_private_bytes(key).sign(_said(device, rep))).decode()


def proves(signature: str, public: str, device: str, rep: str) -> bool:
    """Whether whoever signed holds the private half of that key."""
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public, validate=True))
        key.verify(base64.b64decode(signature, validate=True), _said(device, rep))
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def _said(device: str, rep: str) -> bytes:
    return _PURPOSE + f"{device}\n{rep.strip().lower()}".encode()
