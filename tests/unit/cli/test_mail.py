"""`wizterm admin mail`, and mails among the office's deliveries."""

import json
from email import message_from_bytes, policy
from uuid import uuid4

import pytest
from click.testing import CliRunner

from tests.support.documents_making import batch, new_customer, order
from tests.support.mail_server import PASSWORD as MAIL_PASSWORD
from tests.support.mail_server import USER, mail_server
from tests.support.scripted_erp import ScriptedErp
from tests.support.store_office import PASSWORD, QUICK, StoreOffice
from wizterm.cli import main
from wizterm.config import Mail
from wizterm.domain.paper_rules import USUAL_PAPERS
from wizterm.protocol.session import SignIn
from wizterm.server.company import open_company
from wizterm.server.in_process import ServerProtocol
from wizterm.server.mail.setup import post

CUSTOMERS = "number,name,contact,email,price_list,rep\nC1,Corner Shop,Grace,grace@corner.example,TRADE,KIM\n"


@pytest.fixture(scope="module")
def listening():
    with mail_server() as server:
        yield server


@pytest.fixture
def mails(listening, monkeypatch):
    """Mails are set up to go there."""
    listening.mails.clear()
    listening.envelopes.clear()
    for name, value in {"HOST": "127.0.0.1", "PORT": str(listening.port), "SECURITY": "none"}.items():
        monkeypatch.setenv(f"WIZTERM_MAIL_{name}", value)
    monkeypatch.setenv("WIZTERM_MAIL_SENDER", "Testers <orders@testers.example>")
    monkeypatch.setenv("WIZTERM_SERVER_COMPANY", "Testers & Co")
    return listening


@pytest.fixture
def run(tmp_path):
    def run(words, *more, **options):
        return CliRunner().invoke(main, ["admin", "--folder", str(tmp_path), *words.split(), *more], **options)

    return run


@pytest.fixture
def taken(tmp_path, mails):
    """An order that was confirmed and mailed to nobody yet, and a new customer."""
    way = post(Mail(folder=str(tmp_path / "mails"), sender="orders@testers.example"), USUAL_PAPERS, "Testers & Co")
    company = open_company(tmp_path, name="Testers & Co", connector=ScriptedErp(), passwords=QUICK, post=way)
    office, server = StoreOffice(company.store), ServerProtocol(company)
    office.rep("KIM")
    office.load(price_lists="id,name,currency,default\nTRADE,Trade,GBP,yes\n", customers=CUSTOMERS)
    kim = server.sign_in(SignIn(rep="KIM", password=PASSWORD, device=str(uuid4())))
    documents = order(kim, "C1", note="\x1b[31mred"), new_customer(kim)
    server.post_documents(kim.access_token, batch(*documents))
    while company.dispatcher.step():
        pass
    company.close()
    return documents


def test_a_check_says_that_mails_can_go_and_sends_nothing(run, mails):
    told = run("mail check")
    assert told.exit_code == 0
    assert told.output == f"The mail server 127.0.0.1 port {mails.port} takes mails from orders@testers.example.\n"
    assert mails.mails == []


def test_a_check_sends_a_trial_where_it_is_asked_to(run, mails):
    told = run("mail check --to ada@testers.example")
    assert told.exit_code == 0, told.output
    assert "A trial is on its way to ada@testers.example.\n" in told.output
    assert mails.mails[0]["Subject"] == "Mails of the order server arrive"


def test_a_check_says_what_is_in_the_way_and_ends_with_status_1(run, mails, monkeypatch):
    monkeypatch.setenv("WIZTERM_MAIL_SECURITY", "starttls")
    told = run("mail check --json")
    assert told.exit_code == 1
    assert "mail.security" in json.loads(told.output)["trouble"]


def test_a_wrong_sign_in_is_told_without_the_password(run, mails, monkeypatch):
    with mail_server(auth_require_tls=False) as server:
        monkeypatch.setenv("WIZTERM_MAIL_PORT", str(server.port))
        monkeypatch.setenv("WIZTERM_MAIL_USER", USER)
        monkeypatch.setenv("WIZTERM_MAIL_PASSWORD", "gue55")
        told = run("mail check")
        assert told.exit_code == 1
        assert "does not let us sign in" in told.output
        assert "gue55" not in told.output
        monkeypatch.setenv("WIZTERM_MAIL_PASSWORD", MAIL_PASSWORD)
        assert run("mail check").exit_code == 0


def test_an_address_that_is_none_is_said_to_be(run, mails):
    told = run("mail check --to ada")
    assert (told.exit_code, told.output) == (
        1,
        "Error: 'ada' is no e-mail address: expected name@company.example.\n",
    )


def test_without_a_set_up_the_command_says_what_to_set(run):
    assert run("mail check").output == (
        "Error: Mails are not set up in the settings that this command reads: set mail.host and mail.sender in the "
        "file or the environment, as the server has them; docs/mail.md tells how.\n"
    )


def test_a_mail_is_shown_as_text_and_written_whole(run, taken, tmp_path):
    number = taken[0].number
    told = run(f"mail show {number} --out {tmp_path / 'one.eml'}").output
    assert "Its delivery is waiting." in told
    assert "To: Grace <grace@corner.example>\n" in told
    assert f"Subject: Order {number} confirmed – Testers & Co\n" in told
    assert f"Attached: {number}.pdf, " in told
    assert "\x1b" not in told
    written = message_from_bytes((tmp_path / "one.eml").read_bytes(), policy=policy.default)
    assert [part.get_filename() for part in written.iter_attachments()] == [f"{number}.pdf"]


def test_a_mail_is_shown_to_programs(run, taken):
    shown = json.loads(run(f"mail show {taken[0].id} --to customer --json").output)
    assert shown["state"] == "waiting"
    assert shown["headers"]["To"] == "Grace <grace@corner.example>"


def test_who_has_no_address_and_what_is_never_mailed_are_said(run, taken):
    assert "KIM of Sales" not in run("reps list").output
    assert "`wizterm admin reps email KIM ADDRESS`" in run(f"mail show {taken[0].number} --to rep").output
    assert "only orders and quotes are mailed" in run(f"mail show {taken[1].number}").output
    assert "There is no document X" in run("mail show X").output


def test_a_rep_is_given_an_address_and_loses_it(run, taken):
    assert run("reps email KIM kim@testers.example").output == "Mails about KIM's orders go to kim@testers.example.\n"
    assert "kim@testers.example" in run("reps list").output
    assert json.loads(run(f"mail show {taken[0].number} --to rep --json").output)["headers"]["To"]
    assert run("reps email KIM kim").exit_code == 1
    assert run("reps email KIM", "").output == "KIM gets no mails.\n"
    assert "There is no rep 'KIN'" in run("reps email KIN kim@testers.example").output
    told = run("reps add KIM --name Kim --email k@testers.example --password", PASSWORD)
    assert told.exit_code == 0, told.output
    assert "k@testers.example" in run("reps list").output
    run("reps add KIM --name Kim --password", PASSWORD)
    assert "k@testers.example" in run("reps list").output


def test_mails_are_held_retried_and_given_up_beside_the_erps_deliveries(run, taken):
    number = taken[0].number
    assert "  customer  waiting  " in run("deliveries list").output
    assert run(f"deliveries hold {number} --to customer").exit_code == 0
    assert run(f"deliveries release {number} --to mail-customer").exit_code == 0
    assert run(f"deliveries retry {number} --to customer").output == f"{number} is tried again at once.\n"
    told = run(f"deliveries give-up {number} --to customer --reason", "They called.", input="y\n")
    assert "No mail goes to the customer." in told.output
    assert "  customer  given-up  " in run("deliveries list").output
    assert f"{number}, revision 1: order of KIM, confirmed" in run(f"documents show {number}").output
