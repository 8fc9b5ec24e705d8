"""The office's screen in a real browser: who gets in, from which page, and what the browser is made to fetch."""

import base64
import os
import socket
import sys
from urllib.parse import urlsplit

import psutil
import pytest
import requests

from tests.support import browser as browsers
from tests.support.loopback import http, loopback
from tests.support.office import OFFICE_PASSWORD, busy, morning
from tests.support.office_server import TAP, ScreenInBrowser, office_server
from wizterm.office.browser import OfficeInBrowser, origin_of

pytestmark = [pytest.mark.xdist_group("browser")]
BROWSER = pytest.mark.skipif(bool(browsers.WHY_NOT), reason=browsers.WHY_NOT)


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """The address of an office with a busy morning behind it, where Ada may sign in."""
    folder = tmp_path_factory.mktemp("office")
    with morning(folder) as shop:
        busy(shop).office.users.add("Ada", OFFICE_PASSWORD)
    with office_server(folder) as address:
        yield address


@pytest.fixture(scope="module")
def chromium(tmp_path_factory):
    with browsers.browser(tmp_path_factory.mktemp("browser")) as chromium:
        chromium.before_each_page(TAP)
        yield chromium


def handshake(address, origin):
    """What a page of this origin sends to open the connection."""
    asked = [
        "GET /ws HTTP/1.1",
        f"Host: {urlsplit(address).netloc}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
        "Sec-WebSocket-Version: 13",
        *([f"Origin: {origin}"] if origin else []),
    ]
    return ("\r\n".join(asked) + "\r\n\r\n").encode()


def upgrade(address, origin):
    """The status that such a handshake is answered with."""
    where = urlsplit(address)
    with socket.create_connection((where.hostname, where.port), timeout=browsers.HANG_GUARD) as line:
        line.sendall(handshake(address, origin))
        return int(line.recv(64).split()[1])


@BROWSER
def test_who_signs_in_sees_the_counts_and_nothing_is_fetched_from_elsewhere(office, chromium):
    chromium.asked_for()
    chromium.open(office)
    screen = ScreenInBrowser(chromium)
    screen.wait_for("Name", "Password")
    chromium.type(*"ada", "enter", *"a guess", "enter")
    screen.wait_for("Name or password is wrong.")
    chromium.type(*OFFICE_PASSWORD, "enter")
    text = screen.wait_for("Deliveries to the ERP", "1 refused and 1 uncertain")
    assert "Ada" in text
    chromium.type("f4")
    screen.wait_for("No item 22423.")
    fetched = [url for url in chromium.asked_for() if url.startswith(("http", "ws"))]
    assert fetched
    assert not [url for url in fetched if not url.startswith((office, office.replace("http", "ws")))]


@BROWSER
def test_a_page_of_another_site_cannot_open_it(office, chromium):
    page = http(200, "text/html", b"<!DOCTYPE html><title>elsewhere</title>", "Connection: close")
    with loopback(page) as elsewhere:
        chromium.open(elsewhere.address)
        told = chromium.run_until_told(
            """const [address, tell] = arguments;
            const line = new WebSocket(address.replace("http", "ws") + "/ws?width=80&height=24");
            line.onopen = () => tell("opened");
            line.onerror = () => tell("refused");""",
            office,
        )
    assert told == "refused"


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "", "http://127.0.0.1:1"])
def test_a_connection_from_elsewhere_is_refused_before_an_app_is_started(office, origin):
    assert upgrade(office, origin) == 403


def test_its_own_page_is_let_in(office):
    assert upgrade(office, office) == 101


@pytest.mark.parametrize("path", ["/download/x", "/static/../server.py", "/ws/more", "/static/%2e%2e/server.py"])
def test_nothing_else_is_served(office, path):
    assert requests.get(office + path, timeout=browsers.HANG_GUARD).status_code in {403, 404}


def test_the_page_forbids_itself_everything_from_elsewhere(office):
    headers = requests.get(office, timeout=browsers.HANG_GUARD).headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://office.example", "https://office.example"),
        ("https://Office.example:443/x", "https://office.example"),
        ("http://127.0.0.1:8461/", "http://127.0.0.1:8461"),
        ("http://[::1]:8461", "http://[::1]:8461"),
        ("office.example", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_an_address_has_the_origin_that_browsers_write(url, origin):
    assert origin_of(url) == origin


async def test_no_more_screens_are_opened_than_the_machine_can_carry(monkeypatch):
    from aiohttp import web
    from aiohttp.test_utils import make_mocked_request

    monkeypatch.setattr("wizterm.office.browser.MOST_SCREENS", 0)
    served = OfficeInBrowser(["true"], title="office", origin="http://office.example", ready=lambda _: None)
    with pytest.raises(web.HTTPServiceUnavailable):
        await served.handle_websocket(make_mocked_request("GET", "/ws", {"Origin": "http://office.example"}))


@pytest.mark.skipif(sys.platform == "win32", reason="signals are of POSIX")
def test_a_screen_goes_with_its_web_server_however_that_ends(tmp_path):
    with morning(tmp_path):
        pass
    with office_server(tmp_path) as address:
        where = urlsplit(address)
        (server,) = [each for each in psutil.Process().children() if str(tmp_path) in each.cmdline()]
        with socket.create_connection((where.hostname, where.port), timeout=browsers.HANG_GUARD) as line:
            line.sendall(handshake(address, address))
            assert line.recv(64).split()[1] == b"101"
            while not (screens := server.children()):
                line.recv(1024)
            server.kill()
            gone, alive = psutil.wait_procs(screens, timeout=browsers.HANG_GUARD)
    assert gone
    assert not alive
