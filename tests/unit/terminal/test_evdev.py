"""A scanner read as the keyboard that Linux takes it for; a pipe stands in for the device."""

import os
import sys
import threading

import pytest

from tests.support.scanner_device import CODES, pressed, record, typed
from wizterm.terminal.evdev import AGAIN, ENTER, LEFT_CTRL, ScannerDevice, ScannerKeys

if sys.platform != "linux":
    pytest.skip("the records are Linux's", allow_module_level=True)


def test_a_code_is_complete_with_enter():
    keys = ScannerKeys()
    assert list(keys.feed(typed("9520000000059"))) == []
    assert list(keys.feed(pressed(ENTER) + typed("]C1aB-7 x"))) == ["9520000000059"]
    assert list(keys.feed(pressed(ENTER))) == ["]C1aB-7 x"]


def test_records_may_come_in_pieces():
    keys = ScannerKeys()
    content = typed("85123A") + pressed(ENTER)
    codes = [code for place in range(0, len(content), 7) for code in keys.feed(content[place : place + 7])]
    assert codes == ["85123A"]


def test_the_separator_is_ctrl_and_a_bracket():
    keys = ScannerKeys()
    content = typed("10A") + pressed(CODES["]"], LEFT_CTRL) + typed("21B") + pressed(ENTER)
    assert list(keys.feed(content)) == ["10A\x1d21B"]


def test_enter_alone_and_a_key_held_down_are_no_codes():
    keys = ScannerKeys()
    assert list(keys.feed(pressed(ENTER) + record(CODES["1"], AGAIN) + typed("2") + pressed(ENTER))) == ["2"]


def test_the_device_gives_its_codes_and_ends_when_it_is_gone(tmp_path):
    path = tmp_path / "event7"
    os.mkfifo(path)

    def plug():
        with path.open("wb") as far_end:
            far_end.write(typed("9520000000059") + pressed(ENTER) + typed("85123A") + pressed(ENTER))

    thread = threading.Thread(target=plug)
    thread.start()
    with ScannerDevice(str(path)) as device:
        assert list(device.codes()) == ["9520000000059", "85123A"]
    thread.join()
