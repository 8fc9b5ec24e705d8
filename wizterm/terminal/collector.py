"""Python's collector of cycles, kept away from keys: the whole program stands still while it looks at everything."""

from __future__ import annotations

import gc

YOUNG: int = 5_000
"""New objects until it looks at them, where Python has 700: a painted screen makes some ten thousand."""


def wait_for_the_start() -> None:
    """Nothing that a start makes can be thrown away yet."""
    gc.disable()


def begin_after_the_start() -> None:
    """What is there by now stays to the end, and is not looked at again: that took 50 to 90 ms in the middle of typing.

    Once more when there is more that stays.
    """
    gc.freeze()
    gc.set_threshold(YOUNG, *gc.get_threshold()[1:])
    gc.enable()
