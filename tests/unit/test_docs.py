"""What is documented exists, and what exists is documented."""

import re
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest

from docs import pages, pictures
from tests.support.office import busy, morning
from wizterm import commands
from wizterm.config import Config
from wizterm.server.importing.kinds import KINDS

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
WRITTEN = [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.glob("*.md"))]
ROW = re.compile(r"^\| (\*\*)?`(\w+)`(?:\*\*)?( \*)? \|", re.MULTILINE)
PICTURES = (
    "sign-in",
    "order",
    "order-80x24",
    "create-order",
    "orders",
    "queue",
    "settings",
    "office",
    "office-deliveries",
    "office-document",
)
COMMANDS = {path: (command, context) for path, command, context in pages.walk()}


def name(path):
    return path.name


@pytest.mark.parametrize("page", pages.PAGES)
def test_a_made_page_is_what_the_program_says_now(page):
    assert (DOCS / page).read_text(encoding="utf-8") == pages.PAGES[page]()


@pytest.mark.parametrize("command", commands.ALL, ids=lambda command: command.id)
def test_every_command_is_in_the_key_table(command):
    assert f"`{command.id}`" in (DOCS / "keys.md").read_text(encoding="utf-8")
    assert command.help


@pytest.mark.parametrize("type_", [*pages.SECTIONS.values(), Config], ids=lambda type_: type_.__name__)
def test_every_setting_says_what_it_means(type_):
    assert set(type_.__struct_fields__) - set(pages.SECTIONS) <= set(pages.meanings(type_))


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_and_option_of_the_command_line_has_a_word_of_help(path):
    command, context = COMMANDS[path]
    page = (DOCS / "commands.md").read_text(encoding="utf-8")
    assert f"## `{path}`" in page
    assert command.help
    for option in command.get_params(context):
        if isinstance(option, click.Option):
            assert option.help, option.name
            assert max(option.opts, key=len) in page


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_import_page_has_every_column_of_every_kind(kind):
    page = (DOCS / "import.md").read_text(encoding="utf-8")
    section = page.partition(f"\n## {kind.name}\n")[2].partition("\n## ")[0]
    said = {column: bool(star) for _, column, star in ROW.findall(section)}
    assert said == {column.name: column.required for column in kind.columns}


@pytest.mark.parametrize("picture", PICTURES)
def test_a_picture_is_there_small_and_fetches_nothing(picture):
    svg = (DOCS / "pictures" / f"{picture}.svg").read_text(encoding="utf-8")
    assert len(svg) < 120_000
    assert svg == pictures.compact(svg)
    assert not re.search(r"(?:href|src|@import|url\()[^>;]*https?:", svg)


@pytest.mark.parametrize("page", WRITTEN, ids=name)
def test_every_link_to_a_file_leads_somewhere(page):
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", [ROOT / "README.md", DOCS / "architecture.md", ROOT / "CONTRIBUTING.md"], ids=name)
def test_every_file_of_the_program_that_is_named_exists(page):
    for target in re.findall(r"`((?:wizterm|tests|docs|benchmarks)/[\w./-]*)`", page.read_text(encoding="utf-8")):
        assert (ROOT / target).exists(), target


def test_every_dependency_has_a_reason():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["server"]]
    table = (
        (DOCS / "architecture.md").read_text(encoding="utf-8").partition("\n## Dependencies\n")[2].partition("\n## ")[0]
    )
    reasons = {
        package.strip() for row in re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE) for package in row.split(",")
    }
    assert {re.split(r"[<>=]", each)[0] for each in wanted} <= reasons


def test_making_a_picture_small_leaves_what_it_says_alone():
    assert pictures.compact('<text x="12.345">2.95</text>') == '<text x="12.3">2.95</text>\n'


def test_the_morning_of_the_offices_pictures_raises_no_doubt_whatever_its_day(tmp_path):
    with morning(tmp_path, begun=datetime(2027, 5, 4, 22, 58, tzinfo=UTC)) as shop:
        seen = busy(shop).office.standing().overview
    assert (seen.doubted, seen.deliveries_in("refused"), seen.deliveries_in("unknown")) == (0, 1, 1)
