"""Settings of mails: what they mean, and a sentence where they cannot be used."""

import pytest
from click.testing import CliRunner

from tests.support.certificates import make
from wizterm.cli import main
from wizterm.config import ConfigError, Mail, load
from wizterm.domain.paper_rules import USUAL_PAPERS, PaperRules
from wizterm.server.mail.setup import MailSetupError, post
from wizterm.server.mail.smtp import MailServer

HOST = {"host": "smtp.testers.example", "sender": "Testers <orders@testers.example>"}


def made(paper=USUAL_PAPERS, **settings):
    return post(Mail(**HOST | settings), paper, "Testers & Co")


def test_without_a_host_or_a_folder_there_is_no_mail():
    assert post(Mail(), USUAL_PAPERS, "Testers & Co") is None
    assert post(Mail(sender="orders@testers.example"), USUAL_PAPERS, "Testers & Co") is None


def test_the_customer_hears_after_the_yes_and_the_others_at_once():
    plan = made(office_addresses="office@testers.example").plan
    assert (plan.received, plan.confirmed) == (("mail-rep", "mail-office"), ("mail-customer",))


def test_an_office_without_addresses_gets_no_mail():
    assert "mail-office" not in made().plan.targets


@pytest.mark.parametrize(("security", "port"), [("starttls", 587), ("tls", 465), ("none", 25)])
def test_each_kind_of_line_has_its_usual_port(security, port):
    way = made(security=security).way
    assert isinstance(way, MailServer)
    assert way.port == port
    assert (way.context is None) == (security == "none")


def test_certificates_are_verified_unless_the_line_is_open():
    context = made().way.context
    assert context.check_hostname
    assert context.verify_mode.name == "CERT_REQUIRED"


def test_a_password_can_stand_in_a_file_of_its_own(tmp_path):
    file = tmp_path / "password"
    file.write_text("s3cret\nnot this\n", encoding="utf-8")
    assert made(user="wizterm", password_file=str(file)).way.password == "s3cret"


def test_a_folder_goes_before_a_host(tmp_path):
    assert made(folder=str(tmp_path)).way == tmp_path


def test_the_environment_beats_the_file(tmp_path):
    file = tmp_path / "wizterm.toml"
    file.write_text('[mail]\nhost = "one.example"\nsender = "a@one.example"\nport = 26\n', encoding="utf-8")
    mail = load(file, {"WIZTERM_MAIL_HOST": "other.example", "WIZTERM_MAIL_ATTACH": "false"}).mail
    assert (mail.host, mail.sender, mail.port, mail.attach) == ("other.example", "a@one.example", 26, False)


def test_an_unknown_time_is_refused_with_the_known_ones(tmp_path):
    with pytest.raises(ConfigError, match=r"mail\.customer"):
        load(tmp_path / "none.toml", {"WIZTERM_MAIL_CUSTOMER": "sometimes"})


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"sender": ""}, "mail.sender is empty: set whom mails come from"),
        ({"sender": "orders"}, "mail.sender: 'orders' is no e-mail address: expected name@company.example."),
        ({"reply_to": "a@b@c"}, "mail.reply_to: 'a@b@c' is no e-mail address"),
        ({"bcc": "a@b.example, x"}, "mail.bcc: 'x' is no e-mail address"),
        ({"office_addresses": "x"}, "mail.office_addresses: 'x' is no e-mail address"),
        ({"user": "wizterm"}, "mail.user has no password: set mail.password, or mail.password_file."),
        ({"user": "w", "password_file": "/no/where"}, "mail.password_file: /no/where cannot be read: No such file"),
        ({"ca_file": "/no/where"}, "mail.ca_file: /no/where cannot be read as certificates"),
    ],
)
def test_what_cannot_be_used_is_one_sentence(settings, sentence):
    with pytest.raises(MailSetupError) as told:
        made(**settings)
    assert sentence in str(told.value)


def test_a_font_that_is_not_there_is_said_at_the_start_and_not_with_each_mail():
    with pytest.raises(MailSetupError, match=r"paper\.font"):
        made(paper=PaperRules(font="/no/where.ttf"))
    assert made(paper=PaperRules(font="/no/where.ttf"), attach=False) is not None


def test_a_private_authority_can_be_trusted(tmp_path):
    assert made(ca_file=str(make(tmp_path))).way.context is not None


@pytest.mark.parametrize("command", ["serve", "work"])
def test_the_server_does_not_start_with_mails_that_cannot_go(tmp_path, monkeypatch, command):
    monkeypatch.setenv("WIZTERM_MAIL_HOST", "smtp.testers.example")
    told = CliRunner().invoke(
        main, [command, "--folder", str(tmp_path / "server"), *(["--port", "0"] * (command == "serve"))]
    )
    assert told.exit_code == 1
    assert told.output.startswith("Error: mail.sender is empty")
