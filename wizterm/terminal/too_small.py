"""What a terminal shows that is too small for any screen."""

from textual.geometry import Size

LEAST = Size(60, 16)


def fits(size: Size) -> bool:
    return size.width >= LEAST.width and size.height >= LEAST.height


def frame(size: Size) -> str:
    """One sentence over the whole terminal, as terminal output."""
    words = (
        f"This terminal is {size.width}x{size.height}; please make it at least {LEAST.width}x{LEAST.height}."
        " Nothing is lost."
    )
    lines = _wrapped(words, max(size.width, 1))[: size.height]
    return "\x1b[0m\x1b[2J\x1b[H" + "\r\n".join(lines)


def _wrapped(words: str, width: int) -> list[str]:
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) > width and lines[-1]:
            lines.append(word[:width])
        else:
            lines[-1] = longer[:width]
    return lines
