"""What a person can set for a scanner, and what they are told where it cannot be."""

import pytest

from wizterm.config import Scanner
from wizterm.launch import scanner_of
from wizterm.terminal.scan_settings import FAR, GateSettings, ScannerError, over_ssh


def test_the_defaults_of_the_configuration_are_those_of_the_gate():
    assert scanner_of(Scanner(), {}) == GateSettings()


@pytest.mark.parametrize("name", ["SSH_CONNECTION", "SSH_TTY"])
def test_over_ssh_the_text_must_prove_itself(name):
    assert over_ssh({name: "there"})
    assert scanner_of(Scanner(), {name: "there"}) == FAR


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (Scanner(suffixes="return"), "suffixes: expected some of enter, tab, eot, none"),
        (Scanner(suffixes=""), "suffixes: expected some of"),
        (Scanner(prefix="tab"), "tab ends a scan"),
        (Scanner(patterns="[0-9"), "'[0-9' is no regular expression"),
    ],
)
def test_a_setting_that_cannot_be_used_is_explained(settings, words):
    with pytest.raises(ScannerError, match=words.replace("[", r"\[")):
        scanner_of(settings, {})
