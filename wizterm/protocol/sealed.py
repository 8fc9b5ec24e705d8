"""Documents in a file: signed by the device that made them, and sealed to the office where its key is known.

The signature proves which device wrote the file and that nothing was changed. A sealed file can be read by the office
alone: a key drawn for this file is agreed with the office's key, and the file is encrypted under it.
"""

from __future__ import annotations

import base64
import os
from datetime import datetime
from typing import TypeVar

import msgspec
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from wizterm.protocol.decoding import decoded
from wizterm.protocol.documents import Envelope

FORMAT = "wizterm-documents"
VERSION = 1
MOST_BYTES = 256 * 1024 * 1024
_PURPOSE = b"wizterm sealed documents 1"
_NONCE_BYTES = 12


class SealedFileError(Exception):
    """The file cannot be taken; the message says why and what to do."""


class Contents(msgspec.Struct, frozen=True, kw_only=True):
    """What is signed."""

    server: str
    """Id of the server the documents are for."""
    device: str
    rep: str
    made_at: datetime
    documents: tuple[Envelope, ...]


class _Signed(msgspec.Struct, frozen=True, kw_only=True):
    device: str
    contents: bytes
    signature: bytes


class _File(msgspec.Struct, frozen=True, kw_only=True):
    format: str
    version: int
    signed: bytes = b""
    """Where it is not sealed."""
    key: bytes = b""
    """Public half of the key drawn for this file."""
    nonce: bytes = b""
    sealed: bytes = b""


def written(contents: Contents, device_key: Ed25519PrivateKey, office_key: str = "") -> bytes:
    """The file's bytes. `office_key` is base64; without one the file can be read by whoever has it."""
    inner = msgspec.json.encode(contents)
    signature = device_key.sign(_PURPOSE + inner)
    signed = msgspec.json.encode(_Signed(device=contents.device, contents=inner, signature=signature))
    if not office_key:
        return msgspec.json.encode(_File(format=FORMAT, version=VERSION, signed=signed))
    drawn = X25519PrivateKey.generate()
    office = X25519PublicKey.from_public_bytes(base64.b64decode(office_key))
    nonce, public = os.urandom(_NONCE_BYTES), drawn.public_key().public_bytes_raw()
    sealed = ChaCha20Poly1305(_agreed(drawn.exchange(office), public)).encrypt(nonce, signed, _PURPOSE)
    return msgspec.json.encode(_File(format=FORMAT, version=VERSION, key=public, nonce=nonce, sealed=sealed))


_Read = TypeVar("_Read", _File, _Signed)


class Opened:
    """A file that was read and unsealed, its signature not checked yet: the device has to be looked up first."""

    def __init__(self, data: bytes, office_private: str) -> None:
        """`office_private` is base64. Raises `SealedFileError`."""
        file = _read(data, _File)
        if file.format != FORMAT or file.version > VERSION:
            raise SealedFileError("The file was written by another or a newer program: update this one first.")
        if file.version == VERSION:
            _expect_exactly(data, file)
        self._signed = _read(_unsealed(file, office_private), _Signed)

    @property
    def device(self) -> str:
        """Who says to have written it."""
        return self._signed.device

    def contents(self, public_key: str) -> Contents:
        """What it says, where this device (base64 key) wrote it and nobody changed it since."""
        try:
            key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key))
            key.verify(self._signed.signature, _PURPOSE + self._signed.contents)
            contents = decoded(self._signed.contents, Contents)
        except (InvalidSignature, ValueError) as error:
            raise _damaged() from error
        if contents.device != self.device:
            raise _damaged()
        return contents


def _read(data: bytes, type_: type[_Read]) -> _Read:
    try:
        return decoded(data, type_)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise _damaged() from error


def _expect_exactly(data: bytes, file: _File) -> None:
    """Base64 has several spellings of the same bytes: a file with another than the writer's was changed."""
    same = msgspec.json.encode(file) == data
    if file.signed:
        same &= msgspec.json.encode(_read(file.signed, _Signed)) == file.signed
    if not same:
        raise _damaged()


def _unsealed(file: _File, office_private: str) -> bytes:
    if not file.sealed:
        return file.signed
    private = X25519PrivateKey.from_private_bytes(base64.b64decode(office_private))
    try:
        shared = private.exchange(X25519PublicKey.from_public_bytes(file.key))
        return ChaCha20Poly1305(_agreed(shared, file.key)).decrypt(file.nonce, file.sealed, _PURPOSE)
    except (InvalidTag, ValueError) as error:
        raise SealedFileError(
            "The file is sealed to another office, or was changed on its way: nothing was taken. "
            "Ask for it again; the documents are still on the rep's machine."
        ) from error


def _agreed(shared: bytes, public: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=public, info=_PURPOSE).derive(shared)


def _damaged() -> SealedFileError:
    return SealedFileError(
        "The file was changed on its way, or is none of this program: nothing was taken. "
        "Ask for it again; the documents are still on the rep's machine."
    )
