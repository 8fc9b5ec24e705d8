"""What Linux says of the keys that a scanner presses."""

from wizterm.terminal.evdev import DOWN, KEY, LEFT_SHIFT, PLAIN, RECORD, SHIFTED, UP

SYN = 0
CODES = {sign: code for code, sign in PLAIN.items()} | {sign: code for code, sign in SHIFTED.items() if sign != " "}


def record(code, value, kind=KEY):
    return RECORD.pack(0, 0, kind, code, value)


def pressed(code, held=None):
    keys = [(held, DOWN)] if held else []
    keys += [(code, DOWN), (code, UP)]
    keys += [(held, UP)] if held else []
    return b"".join(record(*key) + record(0, 0, SYN) for key in keys)


def typed(text):
    return b"".join(
        pressed(CODES[sign], LEFT_SHIFT if sign in SHIFTED.values() and sign != " " else None) for sign in text
    )
