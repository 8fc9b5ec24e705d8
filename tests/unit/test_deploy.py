"""The files in deploy/ name commands, options and settings that exist."""

import re
import shlex
from pathlib import Path

import click
import msgspec
import pytest
import yaml

from docs import pages
from wizterm.cli import main
from wizterm.config import ENVIRONMENT_PREFIX, SECTIONS

DEPLOY = Path(__file__).parents[2] / "deploy"
FILES = sorted(path for path in DEPLOY.rglob("*") if path.is_file())
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
KNOWN = {
    f"{ENVIRONMENT_PREFIX}{section}_{field.name}".upper()
    for section, type_ in SECTIONS.items()
    for field in msgspec.structs.fields(type_)
}


def commands():
    """Every `wizterm …` that a file runs, as words."""
    for unit in UNITS:
        for line in re.findall(r"^ExecStart=(.*)$", unit.read_text(encoding="utf-8"), re.MULTILINE):
            words = shlex.split(line.partition("-c ")[2].strip("'") if "/bin/sh" in line else line)
            yield unit.name, words
    for name, service in COMPOSE["services"].items():
        if "command" in service:
            yield f"compose {name}", service["command"]
    docker = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    yield "Dockerfile", msgspec.json.decode(re.findall(r"^CMD (.*)$", docker, re.MULTILINE)[0])


COMMANDS = list(commands())


@pytest.mark.parametrize(("where", "words"), COMMANDS, ids=[where for where, _ in COMMANDS])
def test_a_command_and_its_options_exist(where, words):
    assert Path(words[0]).name == "wizterm"
    command, context, rest = main, click.Context(main, info_name="wizterm"), words[1:]
    while rest and isinstance(command, click.Group):
        name, *rest = rest
        command = command.get_command(context, name)
        assert command is not None, name
        context = click.Context(command, info_name=name, parent=context)
    known = {option for parameter in command.get_params(context) for option in parameter.opts}
    assert {word for word in rest if word.startswith("--")} <= known


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(DEPLOY).as_posix())
def test_a_setting_exists(path):
    named = set(re.findall(rf"\b{ENVIRONMENT_PREFIX}[A-Z_]+\b", path.read_text(encoding="utf-8")))
    assert named <= KNOWN


def test_the_settings_of_the_example_are_ones_the_program_takes():
    from wizterm.config import load

    lines = (DEPLOY / "server.env").read_text(encoding="utf-8").splitlines()
    given = dict(line.removeprefix("# ").split("=", 1) for line in lines if re.match(r"(# )?WIZTERM_", line))
    config = load(Path("no such file"), given)
    assert config.server.log_format == "json"
    assert config.server.store.startswith("postgresql://")


def test_what_is_for_those_who_run_the_server_stays_inside():
    page = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    assert "@inside path /metrics /readyz" in page
    assert "respond @inside 404" in page


def test_every_service_of_the_server_has_the_stores_address():
    for name in ("server", "work", "office"):
        assert "WIZTERM_SERVER_STORE" in COMPOSE["services"][name]["environment"]


@pytest.mark.parametrize("name", [path.name for path in UNITS if "backup" not in path.name])
def test_a_unit_ends_its_program_by_the_signal_that_it_hears(name):
    unit = (DEPLOY / "systemd" / name).read_text(encoding="utf-8")
    assert "Restart=always" in unit
    assert "KillSignal" not in unit, "SIGTERM is what ends it in good order"


def test_the_page_for_operators_names_every_file():
    page = (DEPLOY.parent / "docs" / "operations.md").read_text(encoding="utf-8")
    assert not [path.name for path in FILES if path.name not in page]


def test_every_command_of_the_operators_page_exists():
    page = (DEPLOY.parent / "docs" / "operations.md").read_text(encoding="utf-8")
    known = {path for path, _, _ in pages.walk()}
    named = re.findall(r"^(?:sudo -u wizterm )?(wizterm(?: [a-z][a-z-]*)*)", page, re.MULTILINE)
    assert named
    for words in named:
        assert any(words == each or words.startswith(f"{each} ") for each in known if " " in each), words
