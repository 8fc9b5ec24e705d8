"""A store on any database that was set back by other means than ours."""

from click.testing import CliRunner

from tests.support.documents_making import order
from wizterm.cli import main
from wizterm.protocol.ping import Pong
from wizterm.server.dispatch.dispatcher import LONGEST_REST


def admin(house, tmp_path, *arguments):
    store = {"WIZTERM_SERVER_STORE": house.url}
    return CliRunner().invoke(main, ["admin", "--folder", str(tmp_path), *arguments], env=store)


def epoch(house):
    pong = house.server.ping("x")
    assert isinstance(pong, Pong)
    return pong.epoch


def test_a_store_that_was_set_back_has_another_epoch_and_looks_up_what_it_was_about_to_send(house, kim, tmp_path):
    house.post(kim, order(kim, "C1"))
    before = epoch(house)
    told = admin(house, tmp_path, "restored")
    assert (told.exit_code, told.output.partition(",")[0]) == (0, "Restored: 1 document")
    assert epoch(house) != before
    house.deliver()
    house.clock.go_on(LONGEST_REST)
    house.deliver()
    assert (len(house.erp.looked_up), len(house.erp.sent)) == (1, 1)


def test_a_postgres_store_names_the_tools_that_back_it_up(tmp_path):
    store = {"WIZTERM_SERVER_STORE": "postgresql://127.0.0.1/orders"}
    command = ["admin", "--folder", str(tmp_path), "backup", str(tmp_path / "copy")]
    said = CliRunner().invoke(main, command, env=store)
    assert said.exit_code == 1
    assert "pg_dump" in said.output
    assert "admin restored" in said.output
