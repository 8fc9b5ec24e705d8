"""`wizterm` is refused in a sentence, before the screen is touched, where it could not work."""

import click
import pytest

import wizterm.cli.terminal
from wizterm import locations
from wizterm.cli.terminal import open_terminal


@pytest.fixture
def configured(tmp_path, monkeypatch):
    """Writes a configuration and starts; gives the sentence it ends with."""
    file = tmp_path / "wizterm.toml"
    monkeypatch.setattr(locations, "config_file", lambda: file)
    monkeypatch.setattr(wizterm.cli.terminal, "usable_terminal", lambda: None)

    def start(text, server=None):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(click.ClickException) as refused:
            open_terminal(tmp_path, server)
        return refused.value.message

    return start


def test_a_file_that_is_no_toml_is_named_with_its_line(configured):
    said = configured("[device\n")
    assert "wizterm.toml is no TOML file" in said
    assert "line 1" in said


def test_a_key_that_does_not_exist_is_named_with_the_nearest_that_does(configured):
    assert "unknown key device.serverr; did you mean device.server?" in configured('[device]\nserverr = "x"')


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('incremental_minutes = "soon"', "device.incremental_minutes: expected a whole number, got 'soon'"),
        ("incremental_minutes = -5", "device.incremental_minutes: expected a whole number >= 1, got -5"),
        ('theme = "neon"', "There is no theme 'neon': expected one of wizterm, wizterm-light"),
        ('server = "orders dot company"', "'orders dot company' is no server address: expected one like https://"),
        ('server = "http://orders.company.example"', "is not encrypted: write https://"),
    ],
)
def test_a_value_that_cannot_be_used_is_told_with_what_was_expected(configured, text, words):
    assert words in configured(f"[device]\n{text}")


def test_a_choice_that_does_not_exist_is_told_with_those_that_do(configured):
    assert "server.log_format: expected json or text, got 'xml'." in configured('[server]\nlog_format = "xml"')


def test_a_secret_of_the_wrong_kind_is_not_shown(configured):
    said = configured("[mail]\npassword = 8675309")
    assert "mail.password: expected text in quotes." in said
    assert "8675309" not in said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('"order.create" = "f4"', "Two commands share a key: f4: both order.create and order.cart"),
        ('"order.creat" = "f9"', "there is no command order.creat, did you mean order.create?"),
        ('"order.create" = "F99"', "order.create: there is no key 'F99'; expected one such as f6"),
    ],
)
def test_a_keymap_that_cannot_work_is_told_with_the_command(configured, text, words):
    assert words in configured(f"[keys]\n{text}")


def test_a_server_given_as_an_option_is_checked_like_a_configured_one(configured):
    assert "'https://' is no server address" in configured("", server="https://")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[scanner]\nprefix = "f10"', "scanner.prefix: f10 is the key of Create order (order.create)"),
        ('[scanner]\nprefix = "f99"', "there is no key 'f99'"),
        ('[keys]\n"order.create" = "f9"', "scanner.prefix: f9 is the key of Create order"),
        ('[scanner]\nsuffixes = "return"', "suffixes: expected some of enter, tab, eot, none"),
        ('[scanner]\ntiming = "often"', "scanner.timing"),
    ],
)
def test_a_scanner_that_cannot_work_so_is_told_with_what_was_expected(configured, text, words):
    assert words in configured(text)
