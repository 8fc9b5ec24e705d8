"""Keys of replicated rows that have none of their own in the company's files."""

from __future__ import annotations


def joined(*parts: str) -> str:
    """A key of several parts that no other parts can make."""
    return "|".join(part.replace("%", "%25").replace("|", "%7C") for part in parts)


def parts(key: str) -> list[str]:
    """What such a key was made of."""
    return [part.replace("%7C", "|").replace("%25", "%") for part in key.split("|")]
