"""Codes typed through the wrong keyboard layout: the scanner presses keys of a US board, the machine has another.

Each layout is what the keys of a US board type there, row by row, plain and with Shift; a blank stands where a key
types nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

_US = (
    "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./",
    '~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?',
)
_BOARDS = {
    "fr": (
        "²&é\"'(-è_çà)=azertyuiop^$*qsdfghjklmùwxcvbn,;:!",
        " 1234567890°+AZERTYUIOP¨£µQSDFGHJKLM%WXCVBN?./§",
    ),
    "fr-mac": (
        "@&é\"'(§è!çà)-azertyuiop^$`qsdfghjklmùwxcvbn,;:=",
        "#1234567890°_AZERTYUIOP¨*£QSDFGHJKLM%WXCVBN?./+",
    ),
    "be": (
        "²&é\"'(§è!çà)-azertyuiop^$µqsdfghjklmùwxcvbn,;:=",
        "³1234567890°_AZERTYUIOP¨*£QSDFGHJKLM%WXCVBN?./+",
    ),
    "it": (
        "\\1234567890'ìqwertyuiopè+ùasdfghjklòàzxcvbnm,.-",
        '|!"£$%&/()=?^QWERTYUIOPé*§ASDFGHJKLç°ZXCVBNM;:_',
    ),
    "de": (
        "^1234567890ß´qwertzuiopü+#asdfghjklöäyxcvbnm,.-",
        "°!\"§$%&/()=?`QWERTZUIOPÜ*'ASDFGHJKLÖÄYXCVBNM;:_",
    ),
    "ch": (
        "§1234567890'^qwertzuiopü¨$asdfghjklöäyxcvbnm,.-",
        '°+"*ç%&/()=?`QWERTZUIOPè!£ASDFGHJKLéàYXCVBNM;:_',
    ),
    "es": (
        "º1234567890'¡qwertyuiop`+çasdfghjklñ´zxcvbnm,.-",
        'ª!"·$%&/()=?¿QWERTYUIOP^*ÇASDFGHJKLÑ¨ZXCVBNM;:_',
    ),
    "pt": (
        "\\1234567890'«qwertyuiop+´~asdfghjklçºzxcvbnm,.-",
        '|!"#$%&/()=?»QWERTYUIOP*`^ASDFGHJKLÇªZXCVBNM;:_',
    ),
    "gb": (
        "`1234567890-=qwertyuiop[]#asdfghjkl;'zxcvbnm,./",
        '¬!"£$%^&*()_+QWERTYUIOP{}~ASDFGHJKL:@ZXCVBNM<>?',
    ),
    "se": (
        "§1234567890+´qwertyuiopå¨'asdfghjklöäzxcvbnm,.-",
        '½!"#¤%&/()=?`QWERTYUIOPÅ^*ASDFGHJKLÖÄZXCVBNM;:_',
    ),
    "no": (
        "|1234567890+\\qwertyuiopå¨'asdfghjkløæzxcvbnm,.-",
        '§!"#¤%&/()=?`QWERTYUIOPÅ^*ASDFGHJKLØÆZXCVBNM;:_',
    ),
    "dk": (
        "½1234567890+´qwertyuiopå¨'asdfghjklæøzxcvbnm,.-",
        '§!"#¤%&/()=?`QWERTYUIOPÅ^*ASDFGHJKLÆØZXCVBNM;:_',
    ),
}
LAYOUTS = tuple(_BOARDS)
_ALSO = {"uk": "gb", "fi": "se", "us": "", "azerty": "fr", "fr-azerty": "fr"}
_SIBLINGS = {"fr": ("fr", "fr-mac")}
"""Boards that one name stands for: which of them it was shows in the text."""


class LayoutError(ValueError):
    """There is no such layout; the message says which there are."""


def repairs(text: str, layout: str) -> tuple[str, ...]:
    """What the scanner may have meant, the likeliest first; empty where the layout changes nothing.

    Article codes are letters and digits, so the reading with most of them is the likeliest. The last one mends the
    digits only, for scanners that know the letters of the board.
    """
    name = _ALSO.get(layout.lower(), layout.lower())
    if name and name not in _BOARDS:
        raise LayoutError(f"{layout!r} is no keyboard layout: expected one of {', '.join(LAYOUTS)}.")
    found = [reading for board in _SIBLINGS.get(name, (name,)) if board for reading in _readings(text, board)]
    found.sort(key=lambda reading: -sum(sign.isascii() and sign.isalnum() for sign in reading))
    return tuple(dict.fromkeys(reading for reading in found if reading != text))


def _readings(text: str, board: str) -> Iterator[str]:
    plain, caps, figures = _tables(board)
    yield text.translate(plain)
    yield text.translate(caps)
    yield text.translate(figures)


@lru_cache(maxsize=len(_BOARDS))
def _tables(board: str) -> tuple[dict[int, str], dict[int, str], dict[int, str]]:
    """As typed, as typed with Caps Lock, and the digits alone."""
    (here, here_shifted), (us, us_shifted) = _BOARDS[board], _US
    plain = _pairs(here_shifted, us_shifted) | _pairs(here, us)
    if board in {"fr", "fr-mac", "be"}:  # Caps Lock shifts every key of these boards
        caps = _pairs(here_shifted, us) | _pairs(here, us_shifted)
    else:
        caps = {code: meant.swapcase() for code, meant in plain.items()}
    return plain, caps, {code: meant for code, meant in plain.items() if meant.isdigit()}


def _pairs(typed: str, meant: str) -> dict[int, str]:
    return {ord(sign): us for sign, us in zip(typed, meant, strict=True) if sign != " "}
