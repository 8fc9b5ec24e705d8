"""Types that several threads decode for the first time at once: msgspec alone ends the process then."""

import subprocess
import sys
from textwrap import dedent

import msgspec
import pytest

from tests.support.patience import HANG_GUARD
from wizterm.protocol.decoding import decoded, decoder

RACE = dedent(
    """
    import sys, threading
    from decimal import Decimal
    from msgspec import defstruct
    from wizterm.protocol.decoding import decoded

    sys.setswitchinterval(1e-7)
    for _ in range(60):
        reason = defstruct("Reason", [("source", str), ("price", Decimal | None, None), ("days", tuple[int, ...], ())])
        line = defstruct("Line", [("sku", str), ("reason", reason), ("options", tuple[reason, ...], ())])
        paper = defstruct("Paper", [("lines", tuple[line, ...]), ("of", reason | None, None)])
        begun = threading.Event()

        def read():
            begun.wait()
            decoded('{"lines":[{"sku":"MUG","reason":{"source":"list","price":"4.50"}}]}', paper)

        threads = [threading.Thread(target=read) for _ in range(8)]
        for thread in threads:
            thread.start()
        begun.set()
        for thread in threads:
            thread.join()
    """
)


def test_a_type_may_be_decoded_for_the_first_time_by_eight_threads_at_once():
    ended = subprocess.run(
        [sys.executable, "-c", RACE], capture_output=True, text=True, timeout=HANG_GUARD, check=False
    )
    assert (ended.returncode, ended.stderr) == (0, "")


def test_a_decoder_is_made_once():
    assert decoder(tuple[int, ...]) is decoder(tuple[int, ...])
    assert decoded("[1,2]", tuple[int, ...]) == (1, 2)


def test_what_does_not_fit_is_msgspecs_own_error():
    with pytest.raises(msgspec.ValidationError):
        decoded('"x"', int)
