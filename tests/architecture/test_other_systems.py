"""What only a Unix has is not needed to import a module, but for the one terminal driver that is meant for it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import wizterm

UNIX_ALONE = {"termios", "tty", "pty", "fcntl", "resource", "grp", "pwd", "syslog"}
PACKAGE = Path(wizterm.__file__).parent
FOR_A_UNIX = {"terminal/driver.py"}
MODULES = sorted(str(path.relative_to(PACKAGE)) for path in PACKAGE.rglob("*.py"))


def needed_at_once(body: list[ast.stmt]) -> Iterator[str]:
    """What is imported with the module on each system: not in a function, nor where the system is asked for first."""
    for statement in body:
        if isinstance(statement, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in statement.names)
        elif isinstance(statement, ast.ImportFrom):
            yield (statement.module or "").partition(".")[0]
        elif isinstance(statement, ast.Try):
            yield from needed_at_once(statement.body)
        elif isinstance(statement, ast.If) and "sys.platform" not in ast.unparse(statement.test):
            yield from needed_at_once([*statement.body, *statement.orelse])


def test_no_module_needs_what_only_a_unix_has():
    needing = {
        name
        for name in MODULES
        if UNIX_ALONE & set(needed_at_once(ast.parse((PACKAGE / name).read_text(encoding="utf-8")).body))
    }
    assert needing == FOR_A_UNIX


@pytest.mark.parametrize(
    ("source", "needed"),
    [
        ("import fcntl", True),
        ("try:\n import termios\nexcept ImportError:\n pass", True),
        ("if sys.platform != 'win32':\n import fcntl", False),
        ("def lock():\n import fcntl", False),
    ],
)
def test_the_test_sees_an_import_that_is_not_guarded(source, needed):
    assert bool(UNIX_ALONE & set(needed_at_once(ast.parse(source).body))) is needed
