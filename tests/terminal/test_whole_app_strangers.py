"""Something answers that is not the company's server: the status line says so, and orders stay and are taken."""

import msgspec
import pytest

from tests.support.loopback import http, loopback
from tests.support.whole_app import READY, at_work, cart_on_disk, in_cart, rep_folder, wizterm

OTHERS = msgspec.json.encode(
    {"nonce": "n", "server": "another", "epoch": "1", "time": "2026-03-02T00:00:00Z", "protocol": 1}
)
PORTAL = "this network wants a log-in"
STRANGERS = {
    "a page": (http(200, "text/html", b"<html>Welcome to Station WiFi</html>"), PORTAL),
    "a redirect": (http(302, "text/html", b"", "Location: http://portal.example/"), PORTAL),
    "an old answer or another server's": (http(200, "application/json", OTHERS), PORTAL),
    "garbage": (b"\x16\x03\x01\x00\xa5\xff\xfe\r\n\r\n", "the server is in trouble"),
    "a server that fails": (http(500, "text/html", b"<h1>Oops</h1>"), "the server is in trouble"),
}


@pytest.mark.parametrize("name", STRANGERS)
def test_the_status_line_tells_and_work_goes_on(tmp_path, name):
    answer, words = STRANGERS[name]
    with loopback(answer) as stranger:
        folder = rep_folder(tmp_path / "kim", stranger.address)
        with at_work(folder) as terminal:
            terminal.shows(words)
            terminal.send(b"cakestand\r")
            terminal.until(in_cart("22423"), "the cakestand in the cart")
    assert cart_on_disk(folder) == [("22423", "1")]


def test_the_sign_in_tells_in_place_and_the_form_stays(tmp_path):
    with (
        loopback(STRANGERS["a page"][0]) as stranger,
        wizterm("--device", tmp_path / "kim", "--server", stranger.address, home=tmp_path) as terminal,
    ):
        terminal.shows("Password")
        terminal.send(b"KIM\rsecret\r")
        terminal.shows("needs the server")
        assert "Sign in" in terminal.text
        assert READY not in terminal.text
