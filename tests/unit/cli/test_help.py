import click
import pytest
from click.testing import CliRunner

from wizterm.cli import main


def groups(command, path=()):
    yield path
    for name in command.commands if hasattr(command, "commands") and command.commands else command.list_commands(None):
        child = command.get_command(None, name)
        if isinstance(child, click.Group):
            yield from groups(child, (*path, name))


@pytest.mark.parametrize("path", list(groups(main)), ids=" ".join)
def test_help_says_each_commands_whole_sentence(path):
    told = CliRunner().invoke(main, [*path, "--help"])
    assert told.exit_code == 0
    assert "..." not in told.output.partition("Commands:")[2]
