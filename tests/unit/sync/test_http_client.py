import gzip
import socket
import threading
from datetime import UTC, datetime

import msgspec
import pytest

from tests.support.loopback import ends, http, loopback
from wizterm.protocol.documents import Answers, Batch, Envelope, Taken
from wizterm.protocol.faults import NotOurServerError, Stranger, Unreachable, UnreachableError
from wizterm.protocol.ping import Pong
from wizterm.protocol.problem import Code, Problem, ProblemError
from wizterm.sync import answer
from wizterm.sync.client import HttpClient, Patience

PONG = Pong(nonce="n", server="s", epoch="e", time=datetime(2026, 3, 2, tzinfo=UTC), protocol=1)
OURS = http(200, "application/json", msgspec.json.encode(PONG))
SHORT = Patience(connect=5.0, stall=0.2, answer=0.5)
HTML = b"<html>Welcome to Station WiFi</html>"


def problem_answer(status, code, **more):
    body = msgspec.json.encode(Problem(status=status, code=code, title="No", **more))
    return http(status, "application/problem+json", body)


def ping(*answers, patience=None):
    with loopback(*answers) as server:
        client = HttpClient(server.address, patience=patience or Patience())
        try:
            return client.ping("n")
        finally:
            client.close()


def test_our_servers_answer_is_taken():
    assert ping(OURS) == PONG


def test_fields_of_a_newer_server_are_passed_over():
    body = msgspec.json.encode({**msgspec.to_builtins(PONG), "mood": "fine"})
    assert ping(http(200, "application/json; charset=utf-8", body)) == PONG


STRANGERS = {
    "a page with 200": (http(200, "text/html", HTML), Stranger.PAGE),
    "a page that says it is JSON": (http(200, "application/json", HTML), Stranger.PAGE),
    "our JSON under another type": (http(200, "text/plain", msgspec.json.encode(PONG)), Stranger.PAGE),
    "JSON of another form": (http(200, "application/json", b'{"nonce": "n"}'), Stranger.PAGE),
    "JSON of other types": (http(200, "application/json", b'{"nonce": 1, "server": 2}'), Stranger.PAGE),
    "nothing at all with 200": (http(200, "application/json", b""), Stranger.PAGE),
    "bytes that are no text": (http(200, "application/json", b'"\xff\xfe"'), Stranger.PAGE),
    "our JSON with another status": (http(201, "application/json", msgspec.json.encode(PONG)), Stranger.PAGE),
    "a redirect": (http(302, "text/html", b"", "Location: http://portal.example/"), Stranger.REDIRECT),
    "a redirect for ever": (http(308, "text/html", b"", "Location: /v1/ping"), Stranger.REDIRECT),
    "a log-in wanted": (http(511, "text/html", HTML), Stranger.LOGIN),
    "a 401 of a proxy": (http(401, "text/html", HTML), Stranger.PAGE),
    "a 403 of a proxy": (http(403, "application/json", b"{}"), Stranger.PAGE),
    "a 404 of a proxy": (http(404, "text/html", HTML), Stranger.PAGE),
    "a 407 of a proxy": (http(407, "text/html", HTML), Stranger.PAGE),
    "a 413 of a proxy": (http(413, "text/html", HTML), Stranger.TOO_LARGE),
    "a problem of another program": (
        http(401, "application/problem+json", b'{"status": 401, "code": "no_such", "title": "x"}'),
        Stranger.PAGE,
    ),
    "a problem that names another status": (
        http(401, "application/problem+json", b'{"status": 403, "code": "forbidden", "title": "x"}'),
        Stranger.PAGE,
    ),
}


@pytest.mark.parametrize("name", STRANGERS)
def test_an_answer_of_somebody_else_is_told_apart(name):
    reply, kind = STRANGERS[name]
    with pytest.raises(NotOurServerError) as caught:
        ping(reply)
    assert caught.value.kind is kind


@pytest.mark.parametrize("sequence", [-1, 2**63, 2**70])
def test_a_receipt_with_a_number_that_no_store_holds_is_nobodys(sequence):
    body = b'{"answers":[{"answer":"taken","id":"i","revision":1,"sha256":"s","server":"s","epoch":"e","sequence":%d}]}'
    with loopback(http(200, "application/json", body % sequence)) as server, pytest.raises(NotOurServerError):
        HttpClient(server.address).post_documents("t", Batch(documents=()))


@pytest.mark.parametrize("status", [500, 502, 504])
def test_a_gateway_that_cannot_reach_the_server_is_no_answer(status):
    with pytest.raises(UnreachableError) as caught:
        ping(http(status, "text/html", HTML))
    assert caught.value.kind is Unreachable.GATEWAY


@pytest.mark.parametrize("status", [408, 425, 429, 503])
def test_a_gateway_that_asks_for_patience_is_heard(status):
    with pytest.raises(UnreachableError) as caught:
        ping(http(status, "text/html", HTML, "Retry-After: 17"))
    assert caught.value.kind is Unreachable.BUSY
    assert caught.value.retry_after == 17


def test_a_date_in_retry_after_is_no_number_of_seconds():
    with pytest.raises(UnreachableError) as caught:
        ping(http(503, "text/html", HTML, "Retry-After: Fri, 31 Dec 1999 23:59:59 GMT"))
    assert caught.value.retry_after is None


def test_our_servers_own_no_is_a_problem():
    with pytest.raises(ProblemError, match="Sign in again") as caught:
        ping(problem_answer(401, Code.SIGN_IN_NEEDED, detail="Sign in again."))
    assert caught.value.code == Code.SIGN_IN_NEEDED


def test_an_answer_that_ends_early_is_a_broken_line():
    with pytest.raises(UnreachableError) as caught:
        ping(ends(b'{"nonce": "n"', 500))
    assert caught.value.kind is Unreachable.CUT_OFF


def test_a_hang_up_without_an_answer_is_a_broken_line():
    with pytest.raises(UnreachableError) as caught:
        ping(lambda connection, request: connection.close())
    assert caught.value.kind is Unreachable.CUT_OFF


def test_a_reset_is_a_broken_line():
    def reset(connection, request):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        connection.close()

    with pytest.raises(UnreachableError) as caught:
        ping(reset)
    assert caught.value.kind is Unreachable.CUT_OFF


def test_a_server_that_falls_silent_is_given_up():
    with pytest.raises(UnreachableError) as caught:
        ping(lambda connection, request: None, patience=SHORT)
    assert caught.value.kind is Unreachable.TIMED_OUT


def test_a_server_that_falls_silent_in_the_middle_is_given_up():
    with pytest.raises(UnreachableError) as caught:
        ping(lambda connection, request: connection.sendall(OURS[:-5]), patience=SHORT)
    assert caught.value.kind is Unreachable.TIMED_OUT


def test_an_answer_that_trickles_for_ever_is_given_up():
    over = threading.Event()

    def trickle(connection, request):
        connection.sendall(b"HTTP/1.1 200 X\r\nContent-Type: application/json\r\nContent-Length: 90000\r\n\r\n")
        while not over.wait(0.05):
            connection.sendall(b" ")

    with loopback(trickle) as server:
        with pytest.raises(UnreachableError) as caught:
            HttpClient(server.address, patience=SHORT).ping("n")
        over.set()
    assert caught.value.kind is Unreachable.TIMED_OUT


def test_a_giant_answer_is_not_read_to_its_end():
    def flood(connection, request):
        connection.sendall(b"HTTP/1.1 200 X\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n[")
        for _ in range(answer.MOST_ANSWER // 2**20 * 4):
            connection.sendall(b" " * 2**20)

    with pytest.raises(NotOurServerError, match="more than"):
        ping(flood)


def test_a_small_answer_that_unpacks_to_a_giant_is_not_unpacked_to_its_end():
    bomb = gzip.compress(b" " * (answer.MOST_ANSWER * 4))
    with pytest.raises(NotOurServerError, match="more than"):
        ping(http(200, "application/json", bomb, "Content-Encoding: gzip"))


def test_nobody_at_the_port_is_a_server_that_does_not_run():
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(UnreachableError) as caught:
        HttpClient(f"http://127.0.0.1:{port}").ping("n")
    assert caught.value.kind is Unreachable.REFUSED


def test_a_name_that_is_not_known_is_no_network():
    with pytest.raises(UnreachableError) as caught:
        HttpClient("https://no-such-host.invalid").ping("n")
    assert caught.value.kind is Unreachable.NO_ROUTE


def test_a_redirect_is_never_followed():
    with loopback(http(302, "text/html", b"", "Location: /elsewhere")) as server:
        with pytest.raises(NotOurServerError):
            HttpClient(server.address).ping("n")
        assert len(server.requests) == 1


def test_the_token_travels_in_the_head_and_a_netrc_file_does_not_matter(tmp_path, monkeypatch):
    netrc = tmp_path / ".netrc"
    netrc.write_text("machine 127.0.0.1 login eve password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    taken = Answers(answers=(Taken(id="1", revision=1, sha256="h", server="s", epoch="e", sequence=1),))
    with loopback(http(200, "application/json", msgspec.json.encode(taken))) as server:
        client = HttpClient(server.address)
        batch = Batch(documents=(Envelope(id="1", revision=1, kind="order", sha256="h", body='{"ä": 1}'),))
        assert client.post_documents("secret-token", batch) == taken
        with pytest.raises(NotOurServerError):
            client.ping("n")
        client.close()
        posted, pinged = server.requests
    assert "Authorization: Bearer secret-token\r\n" in posted
    assert msgspec.json.decode(posted.partition("\r\n\r\n")[2].encode(), type=Batch) == batch
    assert "authorization" not in pinged.lower()


def test_one_connection_serves_many_calls_until_it_is_dropped():
    with loopback(OURS) as server:
        client = HttpClient(server.address)
        for _ in range(3):
            client.ping("n")
        assert server.connections == 1
        client.close()
        client.ping("n")
        client.close()
        assert server.connections == 2


def test_a_file_comes_in_pieces_from_the_byte_asked_for():
    reply = http(206, "application/octet-stream", b"world", "Content-Range: bytes 6-10/11")
    with loopback(reply) as server:
        assert b"".join(HttpClient(server.address).file("t", "a" * 64, 6)) == b"world"
        assert "Range: bytes=6-\r\n" in server.requests[0]
        assert "Accept-Encoding: identity\r\n" in server.requests[0]


@pytest.mark.parametrize(
    "reply",
    [
        http(200, "application/octet-stream", b"hello world"),
        http(206, "application/octet-stream", b"hello", "Content-Range: bytes 0-4/11"),
        http(206, "text/html", HTML, "Content-Range: bytes 6-10/11"),
    ],
    ids=["the whole", "another part", "a page"],
)
def test_another_part_of_the_file_than_asked_for_is_refused(reply):
    with pytest.raises(NotOurServerError), loopback(reply) as server:
        b"".join(HttpClient(server.address).file("t", "a" * 64, 6))


def chunked(*pieces, last=b"0\r\n\r\n"):
    head = (
        b"HTTP/1.1 200 X\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    )
    return head + b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + last


def test_an_answer_may_come_in_chunks():
    body = msgspec.json.encode(PONG)
    assert ping(chunked(body[:10], body[10:])) == PONG


def test_an_answer_whose_last_chunk_is_missing_is_a_broken_line():
    with pytest.raises(UnreachableError) as caught:
        ping(chunked(msgspec.json.encode(PONG), last=b""))
    assert caught.value.kind is Unreachable.CUT_OFF


def test_a_compressed_answer_is_read():
    body = gzip.compress(msgspec.json.encode(PONG))
    assert ping(http(200, "application/json", body, "Content-Encoding: gzip")) == PONG


def test_an_answer_that_says_it_is_compressed_and_is_not_is_not_ours():
    with pytest.raises((NotOurServerError, UnreachableError)):
        ping(http(200, "application/json", msgspec.json.encode(PONG), "Content-Encoding: gzip"))


def test_a_file_that_breaks_off_gives_what_came_and_then_the_fault():
    came = []
    with (
        pytest.raises(UnreachableError) as caught,
        loopback(ends(b"x" * 900, 5000, "application/octet-stream")) as server,
    ):
        came.extend(HttpClient(server.address).file("t", "a" * 64))
    assert b"".join(came) == b"x" * 900
    assert caught.value.kind is Unreachable.CUT_OFF


def test_a_file_that_is_gone_is_our_servers_problem():
    with pytest.raises(ProblemError) as caught, loopback(problem_answer(404, Code.NOT_FOUND)) as server:
        b"".join(HttpClient(server.address).file("t", "a" * 64))
    assert caught.value.code == Code.NOT_FOUND


def test_a_sign_out_has_no_answer_to_read():
    with loopback(b"HTTP/1.1 204 X\r\n\r\n") as server:
        HttpClient(server.address).sign_out("t")
        assert server.requests[0].startswith("DELETE /v1/session ")


def test_a_picture_is_bytes():
    with loopback(http(200, "image/png", b"\x89PNG")) as server:
        assert HttpClient(server.address).media("t", "a" * 64) == b"\x89PNG"
