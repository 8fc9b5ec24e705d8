"""Every command, found by walking: it has help, answers programs, and meets nonsense with a sentence."""

import json
import subprocess
import sys
from contextlib import closing
from itertools import takewhile
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from docs import pages
from tests.support.ui import Folder
from wizterm.cli import main
from wizterm.server.store.opening import open_store

NONSENSE = "\x1b[2Jnix 'gar'"
RUNNING = {"wizterm", "wizterm serve", "wizterm work", "wizterm demo", "wizterm office"}
"""They go on until they are told to end, or want a terminal."""
TRYTON = {
    "WIZTERM_SERVER_CONNECTOR": "tryton",
    **{f"WIZTERM_ERP_TRYTON_{name}": "x" for name in ("DATABASE", "USER", "PASSWORD")},
    "WIZTERM_ERP_TRYTON_ADDRESS": "http://127.0.0.1:1",
}
"""Of an ERP that nobody reaches."""
COMMANDS = {path: (command, context) for path, command, context in pages.walk()}
ENDING = [path for path, (command, _) in COMMANDS.items() if path not in RUNNING and command.callback is not None]
LISTING = [path for path in COMMANDS if path.endswith(" list")]
GROUPS = [path for path, (command, _) in COMMANDS.items() if isinstance(command, click.Group)]


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    """Folders by what is wrong with them, and a file that is nonsense."""
    root = tmp_path_factory.mktemp("places")
    (root / "file").write_bytes(b"\x00\xff" + NONSENSE.encode())
    damaged, sound = root / "damaged", root / "sound"
    damaged.mkdir()
    sound.mkdir()
    for name in ("server.db", "device.db"):
        (damaged / name).write_bytes(b"no database at all" * 300)
    open_store(sound).close()
    with closing(Folder(sound)) as folder:
        folder.order(1, lines={"47566": 10})
    return root


def words_for(parameter, places):
    """What a person who knows nothing might give it."""
    kind = parameter.type
    if isinstance(kind, click.Choice):
        return str(next(iter(kind.choices)))
    if isinstance(kind, click.Path):
        return str(places / "file") if kind.exists else str(places / "nowhere" / "x")
    return NONSENSE


def nonsense(path, places, which):
    """A command line that is understood and asks for what is not there, on the folder of this kind."""
    command, context = COMMANDS[path]
    place, words = str(places / which), path.split()[1:]
    option = "--folder" if words[0] == "admin" else "--device"
    line = [words[0], option, place, *words[1:]] if words[0] in {"admin", "queue", "orders", "scan"} else words
    line = line if option in line else [option, place, *line]
    arguments = []
    for each in command.get_params(context):
        if isinstance(each, click.Argument):
            arguments.append(words_for(each, places))
        elif each.required:
            line += [each.opts[0], words_for(each, places)]
        elif each.name in {"password_stdin", "pin_stdin", "yes"}:
            line.append(each.opts[0])
    return [*line, "--", *arguments] if arguments else line


@pytest.mark.parametrize("path", COMMANDS)
def test_help_tells_what_it_is_for(path):
    told = CliRunner().invoke(main, [*path.split()[1:], "--help"])
    assert told.exit_code == 0
    assert COMMANDS[path][0].help.splitlines()[0] in " ".join(told.output.split())


@pytest.mark.parametrize("path", LISTING)
def test_a_list_answers_programs_and_its_group_lists(path, places):
    group, *_ = path.rpartition(" ")
    line = nonsense(group, places, "sound")
    told = CliRunner().invoke(main, line)
    assert told.exit_code == 0, told.output
    bare = list(takewhile(lambda word: word != "--", nonsense(path, places, "sound")))
    assert told.output == CliRunner().invoke(main, bare).output
    assert isinstance(json.loads(CliRunner().invoke(main, [*line, "--json"]).output), list)


@pytest.mark.parametrize("which", ["sound", "damaged", "missing"])
@pytest.mark.parametrize("path", ENDING)
def test_nonsense_is_answered_in_words(path, which, places):
    told = CliRunner().invoke(main, nonsense(path, places, which), input="nonsense\n", color=True)
    assert isinstance(told.exception, SystemExit | None), told.exception
    assert told.exit_code in {0, 1, 2}
    assert "\x1b" not in told.output
    if told.exit_code:
        assert told.output.strip()


@pytest.mark.parametrize("path", [path for path in COMMANDS if path not in GROUPS])
def test_an_option_that_is_not_there_is_named(path):
    told = CliRunner().invoke(main, [*path.split()[1:], "--nonsense"])
    assert told.exit_code == 2
    assert "No such option '--nonsense'" in told.output


@pytest.mark.parametrize("line", ["import --dry-run FILE", "erp pulls", "reps list"])
def test_what_only_looks_founds_no_store(line, places, tmp_path):
    words = [str(places / "file") if word == "FILE" else word for word in line.split()]
    told = CliRunner(env=TRYTON).invoke(main, ["admin", "--folder", str(tmp_path / "nowhere"), *words])
    assert told.output.startswith("Error: There is no store in")
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="a pipe that nobody reads ends otherwise there")
def test_whoever_stops_reading_ends_a_command_without_a_word(places):
    line = [sys.executable, "-m", "wizterm", "scan", "decode"]
    with subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        running.stdin.write(b"5012345678900\n")
        running.stdin.flush()
        assert running.stdout.readline().startswith(b"{")
        running.stdout.close()
        _, said = running.communicate(b"5012345678900\n" * 3)
    assert (running.returncode, said) == (1, b"")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a device that is always full")
def test_a_full_disk_behind_the_output_is_a_sentence(places):
    line = [sys.executable, "-m", "wizterm", "admin", "--folder", str(places / "sound"), "reps"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(line, stdout=full, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (1, b"Error: No space left on device. Mend that and try again.\n")
