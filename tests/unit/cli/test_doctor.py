import json

from click.testing import CliRunner

from tests.support.whole_app import rep_folder
from wizterm.cli import main


def run(*arguments):
    return CliRunner().invoke(main, ["doctor", *map(str, arguments)])


def test_one_line_for_each_thing_with_a_sign_and_what_to_do(tmp_path):
    told = run("--device", rep_folder(tmp_path / "kim"))
    assert told.exit_code == 1
    lines = told.output.splitlines()
    assert all(line[0] in "✓·▲" for line in lines)
    assert [line for line in lines if line.startswith("▲ connection") and "→ Ask the office" in line]


def test_as_json_for_a_program(tmp_path):
    told = run("--json", "--device", rep_folder(tmp_path / "kim"))
    assert told.exit_code == 1
    answer = json.loads(told.output)
    assert answer["well"] is False
    assert {"what", "sign", "words", "todo"} == set(answer["findings"][0])


def test_a_folder_that_is_not_there_is_told_and_not_made(tmp_path):
    told = run("--device", tmp_path / "nobody")
    assert told.exit_code == 1
    assert told.output.startswith("▲ files")
    assert not (tmp_path / "nobody").exists()
