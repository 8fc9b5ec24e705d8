import json
import subprocess
import sys
from uuid import uuid4

import pytest
from click.testing import CliRunner

from tests.support.documents_making import order
from tests.support.scripted_erp import ScriptedErp
from tests.support.store_office import PASSWORD
from wizterm.cli import main
from wizterm.connectors.base import Refused
from wizterm.protocol.documents import Batch
from wizterm.protocol.problem import ProblemError
from wizterm.protocol.session import SignIn
from wizterm.server.company import open_company
from wizterm.server.in_process import ServerProtocol
from wizterm.server.store.opening import open_store


@pytest.fixture
def run(tmp_path):
    def run(*arguments, **more):
        return CliRunner().invoke(main, ["admin", "--folder", str(tmp_path / "store"), *arguments], **more)

    return run


@pytest.fixture
def files(tmp_path):
    texts = {
        "lists": "id,name,currency,default\nTRADE,Trade,GBP,yes\n",
        "products": "sku,name\nMUG,Mug\n",
        "prices": "price_list,sku,price\nTRADE,MUG,4.5\n",
        "customers": "number,name,price_list,rep\nC1,Corner Shop,TRADE,KIM\n",
    }
    paths = []
    for name, text in texts.items():
        paths.append(tmp_path / f"{name}.csv")
        paths[-1].write_text(text)
    return [str(path) for path in paths]


def test_an_import_tells_what_it_read_and_changed(run, files):
    told = run("import", *files)
    assert told.exit_code == 0
    assert "customers: 1 read" in told.output
    assert "prices: 1 new or different" in told.output


def test_what_stands_there_already_is_nothing_to_fetch(run, files):
    assert "Devices fetch it at their next look." in run("import", *files).output
    assert "Everything stood there already: nothing to fetch." in run("import", *files).output


def test_two_prices_at_once_are_named(run, files, tmp_path):
    sale = tmp_path / "sale.csv"
    sale.write_text("price_list,sku,price,valid_from\nTRADE,MUG,4,2026-11-01\n")
    words = "Two prices at once: TRADE MUG from 1: the price from 2026-11-01 on goes before the one without a first day"
    assert f"{words}." in run("import", *files, str(sale)).output
    assert json.loads(run("import", "--json", str(sale)).output)["warnings"] == [words]


def test_a_file_without_a_row_does_not_take_the_whole_catalogue_away(run, files, tmp_path):
    run("import", *files)
    empty = tmp_path / "empty.csv"
    empty.write_text("sku,name\n")
    told = run("import", str(empty), "--replace")
    assert told.exit_code == 1
    assert "empty.csv: expected a row: to replace all products by none is refused" in told.output
    assert "new or different" not in run("import", *files).output


def test_a_state_that_does_not_exist_is_named_with_those_that_do(run):
    told = run("documents", "list", "--state", "sent")
    assert told.exit_code == 2
    assert "'delivered', 'confirmed', 'refused', 'superseded', 'cancelled'" in told.output


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits exist on POSIX only")
def test_an_import_that_the_disk_did_not_take_changed_nothing_and_says_so(run, files):
    from tests.support.full_disk import nothing_can_be_written

    run("import", files[0])
    with nothing_can_be_written():
        told = run("import", *files)
    assert told.exit_code == 1
    assert told.output.startswith("Error: ")
    assert "Free some space, then try again." in told.output
    assert "products: 1 new or different" in run("import", *files).output


def test_an_import_as_json(run, files):
    told = json.loads(run("import", "--json", *files).output)
    assert told["loaded"] is True
    assert told["changed"]["products"] == 1


def test_a_dry_run_says_that_nothing_was_changed(run, files, tmp_path):
    open_store(tmp_path / "store").close()
    assert "Nothing was changed" in run("import", "--dry-run", *files).output
    assert json.loads(run("import", "--json", *files).output)["changed"]["products"] == 1


def test_a_fault_ends_with_a_sentence_and_status_1(run, files, tmp_path):
    (tmp_path / "prices.csv").write_text("price_list,sku,price\nTRADE,MUG,dear\n")
    told = run("import", *files)
    assert told.exit_code == 1
    assert told.output == (
        "Error: Nothing was loaded.\nprices.csv, line 2, column price: expected an amount such as 12.50, got 'dear'\n"
    )
    told = run("import", "--json", *files)
    assert (told.exit_code, json.loads(told.output)["count"]) == (1, 1)


@pytest.mark.parametrize(
    ("arguments", "typed"),
    [
        (["--password", PASSWORD], None),
        (["--password-stdin"], f"{PASSWORD}\n"),
        ([], f"{PASSWORD}\n{PASSWORD}\n"),
    ],
)
def test_a_rep_who_was_added_can_sign_in(run, tmp_path, arguments, typed):
    assert run("reps", "add", "KIM", "--name", "Kim Jones", *arguments, input=typed).exit_code == 0
    company = open_company(tmp_path / "store", name="Testers & Co", connector=ScriptedErp())
    session = ServerProtocol(company).sign_in(SignIn(rep="kim", password=PASSWORD, device=str(uuid4())))
    company.close()
    assert session.rep_name == "Kim Jones"


def test_a_rep_that_cannot_be_is_refused_with_a_sentence(run):
    told = run("reps", "add", "K M", "--name", "Kim", "--password", PASSWORD)
    assert (told.exit_code, told.output) == (
        1,
        "Error: 'K M' is not a code for a rep: expected 1 to 10 letters and digits, such as KIM.\n",
    )


def test_reps_are_listed_and_can_be_shut_out(run, files):
    run("import", *files)
    run("reps", "add", "KIM", "--name", "Kim\x1b[2J", "--password", PASSWORD, "--lists", "TRADE")
    assert run("reps", "shut-out", "kim").exit_code == 0
    assert run("reps", "list").output == "KIM         Kim␛[2J: 1 customer, 0 devices, shut out\n"
    (rep,) = json.loads(run("reps", "list", "--json").output)
    assert (rep["code"], rep["active"], rep["lists"]) == ("KIM", False, ["TRADE"])
    assert run("reps", "let-in", "KIM").exit_code == 0
    assert run("reps", "let-in", "NOBODY").exit_code == 1


def test_what_is_changed_of_a_rep_leaves_all_else_as_it_was(run, files, tmp_path):
    run("import", *files)
    limits = ["--most-line-discount", "10", "--may-type-prices"]
    run("reps", "add", "KIM", "--name", "Kim", "--password", PASSWORD, "--lists", "TRADE", *limits)
    told = run("reps", "change", "kim", "--most-cart-discount", "5", "--no-typed-prices")
    assert told.exit_code == 0, told.output
    assert told.output == run("reps", "show", "KIM").output
    assert told.output.splitlines() == [
        "KIM         Kim: 1 customer, 0 devices",
        "  price lists beyond those of the customers: TRADE",
        "  off a line without approval: up to 10 %",
        "  off a cart without approval: up to 5 %",
        "  may type prices: no",
        "  may give a cart another list: no",
        "  may take goods back: no",
    ]
    run("reps", "change", "KIM", "--name", "Kim Berg", "--lists", "")
    shown = json.loads(run("reps", "show", "KIM", "--json").output)
    assert (shown["name"], shown["lists"], shown["limits"]["most_line_discount"]) == ("Kim Berg", [], "10")
    company = open_company(tmp_path / "store", name="Testers & Co", connector=ScriptedErp())
    assert ServerProtocol(company).sign_in(SignIn(rep="kim", password=PASSWORD, device=str(uuid4())))
    company.close()
    (named, limited, _) = json.loads(run("decisions", "list", "--about", "KIM", "--json").output)
    assert (named["words"], limited["words"]) == ("name, lists", "most cart discount, may type prices")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["KIM"], "Say what is to change"),
        (["KIN", "--name", "Kin"], "There is no rep 'KIN'"),
        (["KIM", "--lists", "TRAED"], "Did you mean TRADE?"),
    ],
)
def test_a_change_of_a_rep_that_cannot_be_is_refused_in_a_sentence(run, files, arguments, words):
    run("import", *files)
    run("reps", "add", "KIM", "--name", "Kim", "--password", PASSWORD)
    told = run("reps", "change", *arguments)
    assert told.exit_code in {1, 2}
    assert words in told.output
    assert "Kim: " in run("reps", "show", "KIM").output


def test_devices_are_listed_and_one_that_was_lost_is_shut_out(run, files, tmp_path):
    run("import", *files)
    run("reps", "add", "KIM", "--name", "Kim", "--password", PASSWORD)
    company = open_company(tmp_path / "store", name="Testers & Co", connector=ScriptedErp())
    asked = SignIn(rep="kim", password=PASSWORD, device=str(uuid4()), device_name="lap\x1btop")
    session = ServerProtocol(company).sign_in(asked)
    assert f"{session.installation}    KIM" in run("devices", "list").output
    assert "lap␛top" in run("devices", "list").output
    assert run("devices", "revoke", session.installation.lower()).exit_code == 0
    (line,) = json.loads(run("devices", "list", "--json").output)
    assert (line["rep"], line["revoked"]) == ("KIM", True)
    with pytest.raises(ProblemError):
        ServerProtocol(company).document_changes(session.access_token, "")
    assert "may sign in again" in run("devices", "let-in", asked.device).output
    assert ServerProtocol(company).sign_in(asked).installation == session.installation
    company.close()


def test_an_unknown_device_is_answered_with_where_to_look(run, files):
    run("import", *files)
    told = run("devices", "revoke", "ZZ")
    assert (told.exit_code, told.output) == (
        1,
        "Error: There is no device 'ZZ': `admin devices list` shows the codes.\n",
    )


@pytest.fixture
def refused_order(run, files, tmp_path):
    """An order that the ERP refused."""
    from tests.support.documents_making import batch

    run("import", *files)
    run("reps", "add", "KIM", "--name", "Kim", "--password", PASSWORD)
    erp = ScriptedErp()
    erp.answers.append(Refused("no such tax code\x1b[2J", "lines[0].sku"))
    company = open_company(tmp_path / "store", name="Testers & Co", connector=erp)
    server = ServerProtocol(company)
    session = server.sign_in(SignIn(rep="KIM", password=PASSWORD, device=str(uuid4())))
    document = order(session, "C1", note="leave at the back\x07")
    sent: Batch = batch(document)
    server.post_documents(session.access_token, sent)
    company.dispatcher.step()
    company.close()
    return document


def test_documents_are_listed_with_what_became_of_them(run, refused_order):
    told = run("documents", "list", "--state", "refused").output
    assert refused_order.number in told
    assert "no such tax code␛[2J" in told
    assert (
        run("documents", "list", "--state", "confirmed").output
        == "No document matches: leave options out to see more.\n"
    )
    (line,) = json.loads(run("documents", "list", "--json", "--rep", "KIM").output)
    assert (line["id"], line["state"]) == (refused_order.id, "refused")


@pytest.mark.parametrize("by", ["number", "id"])
def test_a_document_is_shown_whole_and_harmless(run, refused_order, by):
    told = run("documents", "show", getattr(refused_order, by)).output
    assert f"{refused_order.number}, revision 1: order of KIM, refused" in told
    assert "to erp: refused, 1 attempt  no such tax code␛[2J" in told
    assert "leave at the back" in told
    assert not any(ord(character) < 32 for character in told if character != "\n")
    (page,) = json.loads(run("documents", "show", "--json", getattr(refused_order, by)).output)
    assert [happened["state"] for happened in page["history"]] == ["delivered", "refused"]


def test_an_unknown_document_is_answered_with_where_to_look(run, files):
    run("import", *files)
    told = run("documents", "show", "X-1")
    assert (told.exit_code, told.output) == (
        1,
        "Error: There is no document X-1: `admin documents list` shows the latest.\n",
    )


@pytest.mark.parametrize("command", ["documents list", "reps shut-out KIM", "users list", "tokens list"])
def test_a_folder_without_a_store_is_refused_and_left_as_it_is(run, tmp_path, command):
    told = run(*command.split())
    assert told.exit_code == 1
    assert f"There is no store in {tmp_path / 'store'}: name the server's folder with --folder" in told.output
    assert not (tmp_path / "store").exists()


def test_what_is_asked_stands_in_no_json(run, tmp_path):
    told = run("reps", "add", "KIM", "--name", "Kim", "--json", input=f"{PASSWORD}\n{PASSWORD}\n")
    assert json.loads(told.stdout)["code"] == "KIM"
    run("backup", str(tmp_path / "store.db"))
    assert "epoch" in json.loads(run("restore", str(tmp_path / "store.db"), "--json", input="y\n").stdout)


def test_a_password_that_nobody_can_type_is_to_be_piped_in(tmp_path):
    command = [
        sys.executable,
        "-m",
        "wizterm",
        "admin",
        "--folder",
        str(tmp_path),
        "reps",
        "add",
        "KIM",
        "--name",
        "Kim",
    ]
    told = subprocess.run(
        command, check=False, stdin=subprocess.DEVNULL, capture_output=True, text=True, start_new_session=True
    )
    assert told.returncode == 1
    assert told.stderr == "Error: Password: there is no terminal to ask for it on. Pipe it in, with --password-stdin.\n"


@pytest.mark.parametrize("command", ["customers list --search", "documents show", "reps let-in", "tokens revoke"])
def test_what_a_terminal_of_another_encoding_typed_is_refused_in_a_sentence(run, files, command):
    run("import", *files)
    told = run(*command.split(), "Caf\udce9")
    assert told.exit_code == 1
    assert "caf\\udce9" in told.output.lower()
    assert told.output.endswith("is no text in UTF-8: set the terminal to UTF-8 and type it again.\n")


def test_a_store_that_is_none_is_said_in_one_sentence(run, tmp_path):
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "server.db").write_bytes(b"somebody's text, no database" * 50)
    told = run("reps", "list")
    assert told.exit_code == 1
    assert "server.db is no store of this program" in told.output
    assert "Traceback" not in told.output


@pytest.mark.parametrize(
    "command",
    [[], ["import"], ["reps"], ["reps", "add"], ["reps", "list"], ["documents", "list"], ["documents", "show"]],
)
def test_every_command_explains_itself(run, command):
    told = run(*command, "--help")
    assert told.exit_code == 0
    assert "Usage: " in told.output
