"""UPC-E: a UPC-A with its zeros left out."""

from __future__ import annotations

from wizterm.domain.barcodes.check_digits import digits, is_gtin, with_check_digit


def expand(text: str) -> str | None:
    """The UPC-A that 6, 7 or 8 digits stand for, or None where there is none.

    Eight are number system, six digits and check digit. Seven are the same without the check digit, or without the
    number system, which is 0 then. Six are without both.
    """
    if not digits(text):
        return None
    if len(text) == 6:
        return _upca("0", text)
    if len(text) == 7:
        return _upca(text[0], text[1:]) if text[0] in "01" else _checked("0", text)
    return _checked(text[0], text[1:]) if len(text) == 8 and text[0] in "01" else None


def _checked(system: str, rest: str) -> str | None:
    upca = _upca(system, rest[:6])
    return upca if upca[-1] == rest[6] and is_gtin(upca) else None


def _upca(system: str, six: str) -> str:
    last = six[5]
    if last in "012":
        payload = f"{six[:2]}{last}0000{six[2:5]}"
    elif last == "3":
        payload = f"{six[:3]}00000{six[3:5]}"
    elif last == "4":
        payload = f"{six[:4]}00000{six[4]}"
    else:
        payload = f"{six[:5]}0000{last}"
    return with_check_digit(system + payload)
