"""The web server of deploy/Caddyfile before a real server and its office, with certificates of its own."""

import base64
import os
import shutil
import ssl
import subprocess
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPSConnection
from pathlib import Path

import pytest

from tests.support.office_server import office_server
from tests.support.patience import HANG_GUARD
from tests.support.ports import free_port
from tests.support.rep_device import RepDevice, furnish
from tests.support.server_process import ServerProcess
from tests.support.store_office import StoreOffice
from wizterm.protocol import changes
from wizterm.server.store.opening import open_store
from wizterm.sync.client import HttpClient

pytestmark = pytest.mark.skipif(shutil.which("caddy") is None, reason="caddy is not installed here")
CADDYFILE = Path(__file__).parents[2] / "deploy" / "Caddyfile"
QUIETLY = """{{
	admin off
	skip_install_trust
	auto_https disable_redirects
	http_port {http_port}
}}
import {file}
"""
"""On a machine that is not its own: no port for its people, nothing put among the machine's certificates."""
BETWEEN_LOOKS = 0.05
SWITCHING_PROTOCOLS = HTTPStatus.SWITCHING_PROTOCOLS


@dataclass
class Site:
    """A name that Caddy serves: a port of this machine, and whose certificates are to be trusted."""

    port: int
    trust: ssl.SSLContext

    @property
    def address(self):
        return f"https://localhost:{self.port}"

    def client(self):
        return HttpClient(self.address, trust=self.trust)

    def ask(self, method, path, body=None, **headers):
        """Status and body."""
        with closing(HTTPSConnection("localhost", self.port, context=self.trust, timeout=HANG_GUARD)) as connection:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, b"" if answer.status == SWITCHING_PROTOCOLS else answer.read()


@contextmanager
def caddy(folder, **environment):
    """It runs until the block ends, with certificates of an authority of its own: the file of that is given."""
    folder.mkdir()
    (folder / "Caddyfile").write_text(QUIETLY.format(http_port=free_port(), file=CADDYFILE))
    place = {"HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    command = ["caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, env=os.environ | place | environment, stdout=log, stderr=log)
    try:
        yield folder / "caddy" / "pki" / "authorities" / "local" / "root.crt"
    finally:
        process.terminate()
        process.wait(HANG_GUARD)


def ready(port, root):
    """Once it answers there."""
    deadline = time.monotonic() + HANG_GUARD
    while True:
        try:
            site = Site(port, ssl.create_default_context(cafile=root))
            site.ask("GET", "/healthz")
        except OSError:
            assert time.monotonic() < deadline, "expected Caddy to answer"
            time.sleep(BETWEEN_LOOKS)
        else:
            return site


@pytest.fixture(scope="module")
def sites(tmp_path_factory):
    """That of the reps and that of the office."""
    folder, ports = tmp_path_factory.mktemp("server"), (free_port(), free_port())
    with closing(open_store(folder)) as store:
        furnish(StoreOffice(store))
    names, inside = [f"localhost:{port}" for port in ports], str(free_port())
    options = ("--port", inside, "--public-url", f"https://{names[1]}")
    with ServerProcess(folder) as server, office_server(folder, *options):
        places = {"SERVER_ADDRESS": f"127.0.0.1:{server.port}", "OFFICE_ADDRESS": f"127.0.0.1:{inside}"}
        with caddy(folder / "caddy", ORDERS_HOST=names[0], OFFICE_HOST=names[1], **places) as root:
            yield [ready(port, root) for port in ports]


@pytest.fixture
def orders(sites):
    return sites[0]


def test_a_device_signs_in_fetches_and_sends_over_https(orders, tmp_path):
    device = RepDevice(tmp_path / "kim", orders.client, orders.address).start()
    device.order(2)
    device.sync()
    assert set(device.states().values()) <= {"delivered", "confirmed"}
    assert len(device.states()) == 2


@pytest.mark.parametrize("path", ["/metrics", "/readyz"])
def test_what_is_for_those_who_run_the_server_is_not_passed_on(orders, path):
    assert orders.ask("GET", path) == (404, b"")


def test_a_stranger_is_told_to_sign_in(orders):
    status, body = orders.ask("GET", changes.PATH)
    assert (status, b"sign_in_needed" in body) == (401, True)


@pytest.mark.parametrize(("own_page", "status"), [(True, 101), (False, 403)], ids=["its own page", "another page"])
def test_the_office_opens_its_line_for_its_own_page_alone(sites, own_page, status):
    office = sites[1]
    assert office.address.removeprefix("https:").encode() in office.ask("GET", "/")[1]
    headers = {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Key": base64.b64encode(bytes(16)).decode(),
        "Sec-WebSocket-Version": "13",
        "Origin": office.address if own_page else "https://elsewhere.example",
    }
    assert office.ask("GET", "/ws", **headers)[0] == status
