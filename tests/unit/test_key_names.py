"""Keys have one name wherever they are written out."""

import pytest

from wizterm import commands
from wizterm.widgets.key_names import key_name, short_key_name

NAMES = {
    "ctrl+p": "Ctrl+P",
    "alt+s": "Alt+S",
    "ctrl+shift+f5": "Ctrl+Shift+F5",
    "f10": "F10",
    "escape": "Esc",
    "percent_sign": "%",
    "u": "u",
    "U": "U",
}


@pytest.mark.parametrize(("key", "name"), NAMES.items())
def test_a_key_is_written_as_people_read_it(key, name):
    assert key_name(key) == name


def test_the_footer_writes_ctrl_short():
    assert short_key_name("ctrl+p") == "^p"
    assert short_key_name("alt+s") == "Alt+S"


def test_no_key_of_a_command_keeps_the_name_the_library_has_for_it():
    assert not [key for command in commands.ALL for key in command.keys.split(",") if "_" in key_name(key)]
