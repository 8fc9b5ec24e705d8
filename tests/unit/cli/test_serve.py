import http.client
import json
import socket
import subprocess
import sys
from contextlib import closing

import pytest

from tests.support.patience import HANG_GUARD
from tests.support.server_process import ROOT, ServerProcess
from wizterm import __version__
from wizterm.server.serving import AddressError, listen
from wizterm.server.store.naming import company_name
from wizterm.server.store.opening import open_store


def serve(*arguments):
    """A server that is expected not to start."""
    command = [sys.executable, "-m", "wizterm", "serve", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=HANG_GUARD, check=False)


def test_it_says_where_it_serves_and_ends_with_success_when_asked_to(tmp_path):
    with ServerProcess(tmp_path) as server:
        assert f"Testers & Co is served at {server.address}" in server.log.read_text()
        assert server.stop() == 0


def test_its_beginning_and_its_end_are_in_the_log(tmp_path):
    with ServerProcess(tmp_path) as server:
        server.stop()
        lines = [json.loads(line) for line in server.log.read_text().splitlines() if line.startswith("{")]
    said = [line["says"] for line in lines]
    (begun,) = [line for line in lines if line["says"] == "The server has begun."]
    assert (begun["address"], begun["version"]) == (server.address, __version__)
    assert said[-2:] == ["The server is ending: calls under way are answered first.", "The server has ended."]


def test_the_name_it_is_told_stays_with_the_store(tmp_path):
    with ServerProcess(tmp_path) as server:
        server.stop()
    with closing(open_store(tmp_path)) as store:
        assert company_name(store) == "Testers & Co"
        assert company_name(store, "Others") == "Others"


def test_after_a_kill_it_starts_again_on_the_same_port_with_the_same_store(tmp_path):
    def ping(server):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=HANG_GUARD)
        connection.request("GET", "/v1/ping?nonce=n")
        answer = json.loads(connection.getresponse().read())
        connection.close()
        return answer["server"]

    with ServerProcess(tmp_path) as server:
        before = ping(server)
        server.kill()
        server.start()
        assert ping(server) == before


@pytest.mark.parametrize("line", ["not json", ""])
def test_each_request_is_logged_as_one_json_line(tmp_path, line):
    with ServerProcess(tmp_path) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=HANG_GUARD)
        connection.request("POST", "/v1/session", body=line)
        assert connection.getresponse().status == 400
        connection.close()
        server.stop()
        logged = [json.loads(each) for each in server.log.read_text().splitlines() if each.startswith("{")]
    assert [(each["path"], each["status"]) for each in logged if "path" in each][-1] == ("/v1/session", 400)


def test_a_port_in_use_is_said_in_one_sentence(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        told = serve("--folder", str(tmp_path), "--port", str(port))
    assert told.returncode == 1
    assert told.stderr == (
        f"Error: Cannot listen on 127.0.0.1 port {port}: Address already in use. "
        "Stop what uses it, or choose another with --port.\n"
    )


def test_an_address_of_another_machine_is_not_blamed_on_the_port():
    with pytest.raises(AddressError, match=r"port 0: .*\. Name an address of this machine\.$"):
        listen("192.0.2.1", 0)


def test_a_damaged_store_is_said_in_one_sentence(tmp_path):
    (tmp_path / "server.db").write_bytes(b"somebody's text, no database" * 50)
    told = serve("--folder", str(tmp_path), "--port", "0")
    assert told.returncode == 1
    assert told.stderr.startswith(f"Error: {tmp_path}/server.db is no store of this program")
    assert told.stderr.count("\n") == 1


def test_an_unknown_connector_is_said_in_one_sentence(tmp_path):
    told = serve("--folder", str(tmp_path), "--port", "0", "--connector", "sap")
    assert (told.returncode, told.stderr) == (
        1,
        "Error: There is no connector 'sap': expected one of business_central, files, quickbooks, tryton, zoho.\n",
    )
