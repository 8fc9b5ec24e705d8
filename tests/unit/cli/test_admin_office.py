"""The office's commands: what they print, for people and for programs."""

import json
from uuid import uuid4

import click
import pytest
from click.testing import CliRunner

from docs import pages
from tests.support.documents_making import batch, handed_over, order
from tests.support.scripted_erp import ScriptedErp
from tests.support.store_office import PASSWORD, QUICK, StoreOffice
from wizterm.cli import main
from wizterm.connectors.base import Refused
from wizterm.protocol.session import SignIn
from wizterm.server.company import open_company
from wizterm.server.in_process import ServerProtocol
from wizterm.server.store.opening import open_store

LISTS = "id,name,currency,default\nTRADE,Trade\x1b[2J,GBP,yes\n"
CUSTOMERS = "number,name,price_list,rep\nC1,Corner Shop,TRADE,KIM\n"
ADMIN = {
    path: (command, context)
    for path, command, context in pages.walk()
    if path.startswith("wizterm admin ") and not isinstance(command, click.Group)
}
EMPTY = {
    "reps list": "There is no rep yet: `admin reps add` sets one up.",
    "devices list": "No device has signed in yet.",
    "tokens list": "Nobody is signed in.",
    "customers list": "There is no customer yet: `admin import` brings them.",
    "carts list": "No cart was handed over yet.",
    "price-lists list": "There is no price list yet: `admin import` brings them.",
    "documents list": "No document has come in yet.",
    "deliveries list": "No delivery is under way or needs anybody.",
    "mappings list": "The ERP calls everything as we do.",
    "managers list": "There is no manager yet: `admin managers add` sets one up.",
    "decisions list": "The office has decided nothing yet.",
    "users list": "Nobody can sign in to the office yet: `admin users add` sets somebody up.",
}


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    folder = tmp_path_factory.mktemp("empty")
    open_store(folder).close()
    return folder


@pytest.fixture
def run(tmp_path):
    def run(line, *more, **how):
        return CliRunner().invoke(main, ["admin", "--folder", str(tmp_path), *line.split(), *more], **how)

    return run


@pytest.fixture
def refused(tmp_path):
    """The number of an order that the ERP refused, of a rep who is signed in."""
    erp = ScriptedErp()
    erp.answers.append(Refused("no item MUG\x1b[2J", code="unknown_item"))
    company = open_company(tmp_path, name="Testers & Co", connector=erp, passwords=QUICK)
    office = StoreOffice(company.store)
    office.load(price_lists=LISTS, products="sku,name\nMUG,Mug\n", prices="price_list,sku,price\nTRADE,MUG,4.5\n")
    office.rep("KIM")
    office.load(customers=CUSTOMERS)
    server = ServerProtocol(company)
    session = server.sign_in(SignIn(rep="KIM", password=PASSWORD, device=str(uuid4()), device_name="lap\x1btop"))
    document = order(session, "C1")
    server.post_documents(session.access_token, batch(document))
    company.dispatcher.step()
    server.document_changes(session.access_token, "", "", 4)
    company.close()
    return document.number


@pytest.mark.parametrize("command", EMPTY)
def test_an_empty_list_is_a_sentence_and_an_empty_list(empty, command):
    line = ["admin", "--folder", str(empty), *command.split()]
    assert CliRunner().invoke(main, line).output == f"{EMPTY[command]}\n"
    assert json.loads(CliRunner().invoke(main, [*line, "--json"]).output) == []


@pytest.mark.parametrize("path", ADMIN)
def test_every_command_answers_programs_and_shows_an_example_that_exists(path):
    command, context = ADMIN[path]
    known = {name for parameter in command.get_params(context) for name in parameter.opts}
    assert "--json" in known
    assert command.epilog.startswith("Example: ")
    assert path in command.epilog
    used = {word for word in command.epilog.partition(path)[2].split() if word.startswith("--")}
    assert used <= known


def test_no_line_of_the_office_carries_anything_that_a_terminal_would_do(run, refused):
    for line in ("devices list", "tokens list", "price-lists list", "price-lists show TRADE", "deliveries list"):
        told = run(line)
        assert told.exit_code == 0, told.output
        assert not any(ord(sign) < 32 for sign in told.output if sign != "\n"), line


def test_a_device_shows_what_waits_on_it(run, refused):
    assert "lap␛top, 4 unsent" in run("devices list").output


def test_a_reps_carts_are_listed_with_where_each_is(run, tmp_path):
    company = open_company(tmp_path, name="Testers & Co", connector=ScriptedErp(), passwords=QUICK)
    StoreOffice(company.store).rep("KIM")
    server = ServerProtocol(company)
    laptop, kiosk = (
        server.sign_in(SignIn(rep="KIM", password=PASSWORD, device=str(uuid4()))).access_token for _ in range(2)
    )
    gone, waiting = handed_over("spring\x1b[2J"), handed_over()
    for request in (gone, waiting):
        server.hand_over(laptop, request)
    server.take_cart(kiosk, gone.id)
    company.close()
    told = run("carts list KIM")
    assert told.exit_code == 0, told.output
    first, second = told.output.splitlines()
    assert first.startswith("KIM         cart, guest cart, 2 lines, 9.30 GBP  from 10 ")
    assert first.endswith("  waits")
    assert "spring␛[2J" in second
    assert "  taken by 11 " in second
    told = json.loads(run("carts list --json").output)
    assert [(cart["id"], cart["device"], cart["taken_by"]) for cart in told] == [
        (waiting.id, "10", ""),
        (gone.id, "10", "11"),
    ]
    assert "waits on the server again" in run(f"carts free {gone.id} --yes").output
    assert run("carts list KIM").output.count("  waits") == 2
    refused = run(f"carts free {gone.id} --yes")
    assert "It waits on the server: any device of the rep takes it." in refused.output
    assert "No cart was handed over as nothing" in run("carts free nothing --yes").output
    assert run("carts list EVE").output == "No cart of EVE was handed over: `admin reps list` shows who there is.\n"


def test_a_rep_with_a_list_that_is_not_there_is_refused(run, refused):
    told = run("reps add EVE --name Eve --lists TRAED --password", PASSWORD)
    assert (told.exit_code, told.output) == (
        1,
        "Error: There is no price list 'TRAED': `admin price-lists list` shows them. Did you mean TRADE?\n",
    )
    assert "EVE" not in run("reps list").output


def test_a_customer_is_shown_and_given_to_a_rep(run, refused):
    run("reps add EVE --name Eve --password", PASSWORD)
    assert "Corner Shop is with EVE, KIM now." in run("customers assign C1 EVE").output
    assert json.loads(run("customers list --rep EVE --json").output)[0]["number"] == "C1"
    assert "1 document" in run("customers show C1").output
    assert "Corner Shop is with KIM now." in run("customers unassign C1 EVE").output
    assert run("customers list --search zebra").output == "No customer matches.\n"


def test_a_refused_delivery_is_mapped_and_goes_on(run, refused, tmp_path):
    assert "  erp  refused  " in run("deliveries list").output
    told = run(f"deliveries map-item {refused} MUG MUG-9")
    assert told.output == f"{refused} is tried again, with MUG called MUG-9.\n"
    assert run("mappings list").output == "item      MUG is called MUG-9\n"
    assert json.loads(run("deliveries list --json").output)[0]["state"] == "waiting"
    assert "called alike" in run("mappings remove item MUG").output
    assert run("mappings remove item MUG").exit_code == 1


def test_a_delivery_is_retried_held_released_and_given_up(run, refused):
    assert run(f"deliveries retry {refused}").output == f"{refused} is tried again at once.\n"
    assert run(f"deliveries hold {refused}").output == f"{refused} is held until you release it.\n"
    assert json.loads(run("deliveries list --state held --json").output)[0]["held"] is True
    assert run(f"deliveries release {refused}").output == f"{refused} is let go.\n"
    assert run(f"deliveries give-up {refused} --reason", "No longer made.", input="n\n").exit_code == 1
    nobodys = run("deliveries give-up KIM-99 --reason", "No longer made.", input="y\n")
    assert nobodys.output.startswith("Error: There is no delivery of 'KIM-99' to erp")
    assert run(f"deliveries give-up {refused} --yes --reason", "No longer made.").exit_code == 0
    assert "No longer made." in run(f"documents show {refused}").output


def test_documents_are_searched_by_customer_and_shown_with_their_lines(run, refused):
    assert refused in run("documents list --search corner").output
    assert run("documents list --search zebra").output == "No document matches: leave options out to see more.\n"
    told = run(f"documents show {refused}").output
    assert "for Corner Shop" in told
    assert "A mug" in told
    assert "total GBP 9.00" in told
    assert '"sku"' not in told
    assert json.loads(json.loads(run(f"documents show {refused} --json").output)[0]["body"])["lines"][0]["sku"] == "MUG"


def test_a_sign_in_is_ended(run, refused):
    assert run("tokens revoke kim").output == "1 sign-in ended: the password is asked for again.\n"
    assert run("tokens list").output == "Nobody is signed in.\n"


def test_somebody_of_the_office_is_set_up_given_a_role_and_removed(run):
    assert run("users add Ada --password-stdin", input="quite a long one\n").exit_code == 0
    assert run("users list").output == "clerk  Ada  never signed in\n"
    again = run("users add ADA --role admin --password-stdin", input="another long one\n")
    assert again.output.startswith("Error: There is Ada already: ")
    told = run("users password ada --password-stdin", input="another long one\n")
    assert told.output == "Ada signs in with the new password from now on.\n"
    assert run("users role ada viewer").output == "Ada is viewer from now on.\n"
    assert json.loads(run("users list --json").output) == [{"name": "Ada", "role": "viewer", "signed_in_at": None}]
    assert run("users remove ada").exit_code == 0
    assert "expected at least 10" in run("users add Ada --password-stdin", input="short\n").output


def test_decisions_name_who_ran_the_command(run, monkeypatch):
    monkeypatch.setattr("getpass.getuser", lambda: "root\x1b[2J")
    run("users add Ada --role admin --password-stdin", input="quite a long one\n")
    run("users role ada clerk")
    told = run("decisions list").output.splitlines()
    assert [line.partition("  ")[2] for line in told] == [
        "root␛[2J (host) gave another role to Ada: clerk",
        "root␛[2J (host) set up the user Ada: admin",
    ]
    assert run("decisions list --about Eve").output == "No decision matches.\n"


def test_an_import_stands_in_the_record_and_what_was_not_loaded_does_not(run, tmp_path):
    lists, wrong = tmp_path / "lists.csv", tmp_path / "wrong.csv"
    lists.write_text(LISTS, encoding="utf-8")
    wrong.write_text("sku,name\n,Nothing\n", encoding="utf-8")
    run("import", str(lists))
    run("import", str(wrong))
    run("import --dry-run", str(lists))
    (decision,) = json.loads(run("decisions list --json").output)
    assert (decision["did"], decision["about"], decision["role"]) == ("imported", "lists.csv", "host")
