"""The pages that are made from the program: keys, configuration, command line."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator, Sequence
from typing import Annotated, Any, Literal, get_args, get_origin

import click
import msgspec

from wizterm import commands
from wizterm.cli import main
from wizterm.commands import Command
from wizterm.config import ENVIRONMENT_PREFIX, SECTIONS, Config
from wizterm.office import commands as office
from wizterm.places import PLACES
from wizterm.widgets.key_names import key_name

MADE = "<!-- Made by `make docs`; change what it is made from. -->"
NAMES = {"↵": "Enter", "⌫": "Backspace"}


def keys() -> str:
    """Every command by place."""
    head = [
        "# Keys",
        "",
        MADE,
        "",
        "Each command can have other keys: name it in `[keys]` of the [configuration](config.md), such as",
        '`order.create = "f12,ctrl+o"`, with Textual\'s names of keys. Two commands that would share a key in one',
        "place are reported at the start. `F1` shows what works where you are, and `Ctrl+P`, `^p` in the line of keys,",
        "finds any command by its name.",
    ]
    device = (line for place, title in PLACES.items() for line in _place(title, commands.of(place)))
    said = ["", "# Keys of the office's screen", "", "`wizterm office` has these; they cannot be moved."]
    places = office.PLACES.items()
    own = ((title, [each for each in office.ALL if each.place == place]) for place, title in places)
    return _page([*head, *device, *said, *(line for title, those in own for line in _place(title, those))])


def _place(title: str, those: Sequence[Command]) -> Iterator[str]:
    yield from ("", f"## {title}", "", "| keys | command | what it does | id |", "|---|---|---|---|")
    for command in those:
        shown = " or ".join(f"`{_key(key)}`" for key in command.keys.split(","))
        yield f"| {shown} | {command.title} | {command.help} | `{command.id}` |"


def _key(key: str) -> str:
    name = key_name(key)
    return NAMES.get(name, name)


def config() -> str:
    """Every setting of wizterm.toml."""
    head = [
        "# Configuration",
        "",
        MADE,
        "",
        "`wizterm.toml` lies where the system keeps a person's settings: `~/.config/wizterm/` on Linux,",
        "`~/Library/Application Support/wizterm/` on macOS, `%LOCALAPPDATA%\\wizterm\\` on Windows. It need not exist.",
        "The command line beats the environment, the environment beats the file, the file beats the default. A key",
        "that is not known stops the program with a sentence that names the nearest one.",
    ]
    return _page(
        [
            *head,
            *(line for section, type_ in SECTIONS.items() for line in _section(section, type_)),
            *_keymap(),
            *_erp(),
        ]
    )


def _section(section: str, type_: type[msgspec.Struct]) -> Iterator[str]:
    yield from (
        "",
        f"## `[{section}]`",
        "",
        "| key | type | default | environment | meaning |",
        "|---|---|---|---|---|",
    )
    said = meanings(type_)
    for field in msgspec.structs.fields(type_):
        default = f'"{field.default}"' if isinstance(field.default, str) else str(field.default)
        variable = f"{ENVIRONMENT_PREFIX}{section}_{field.name}".upper()
        yield f"| `{field.name}` | {_type(field.type)} | `{default}` | `{variable}` | {said[field.name]} |"


def _type(type_: Any) -> str:
    """int, or int 1 to 1440 where it has bounds."""
    if get_origin(type_) is Literal:
        return " ".join(f"`{choice}`" for choice in get_args(type_))
    if get_origin(type_) is not Annotated:
        return str(type_.__name__)
    bare, meta = get_args(type_)
    return f"{bare.__name__} {meta.ge} to {meta.le}"


def _keymap() -> list[str]:
    said = meanings(Config)["keys"]
    return ["", "## `[keys]`", "", f"{said} The ids are in the [table of keys](keys.md)."]


def _erp() -> list[str]:
    return [
        "",
        "## `[erp.…]`",
        "",
        f"{meanings(Config)['erp']} `WIZTERM_ERP_TRYTON_USER` stands for `user` in `[erp.tryton]`. Which settings a",
        "connector has is said [where it is described](connectors.md).",
    ]


def meanings(type_: type[Any]) -> dict[str, str]:
    """What is written under each field of a class, as one line."""
    body = ast.parse(inspect.getsource(type_)).body[0]
    if not isinstance(body, ast.ClassDef):
        raise TypeError(f"expected a class, got {type_}")
    found = {}
    for field, words in zip(body.body, body.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(words, ast.Expr):
            found[field.target.id] = inspect.cleandoc(ast.literal_eval(words.value)).replace("\n", " ")
    return found


ENDS = """
A command ends with status 0 where what was asked is done, with 1 where it is not and a sentence on standard error
says why, and with 2 where the command line itself was not understood. Some use 1 for what they found: `doctor` for
what needs somebody, `sync` for what was not sent, `scan` for a code that was not found or is left to a person,
`price` for what is not sold, `admin intake` for a document that was refused, `admin erp check` for what is missing.
`serve` and `work` end with 0 when a signal tells them to.
""".strip().splitlines()


def command_line() -> str:
    """Every command and option."""
    lines = ["# Command line", "", MADE, "", *ENDS]
    for path, command, context in walk():
        lines += ["", f"## `{path}`", "", "```", *command.get_help(context).splitlines(), "```"]
    return _page(lines)


def walk() -> Iterator[tuple[str, click.Command, click.Context]]:
    """Every command with its whole name, a group before what is in it."""
    yield from _walk("wizterm", main, None)


def _walk(
    path: str, command: click.Command, parent: click.Context | None
) -> Iterator[tuple[str, click.Command, click.Context]]:
    context = click.Context(command, info_name=path.rpartition(" ")[2], parent=parent, terminal_width=100)
    yield path, command, context
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            if (child := command.get_command(context, name)) is not None:
                yield from _walk(f"{path} {name}", child, context)


def _page(lines: list[str]) -> str:
    return "\n".join(line.rstrip() for line in lines) + "\n"


PAGES: dict[str, Callable[[], str]] = {"keys.md": keys, "config.md": config, "commands.md": command_line}
"""How each page is made."""
