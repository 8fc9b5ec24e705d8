"""HTTP's own side: problems, ranges, limits, descriptions and the log."""

import json
import logging

import msgspec
import pytest
from litestar.testing import TestClient

from tests.support.documents_making import batch, order
from wizterm.log_lines import JsonLines
from wizterm.protocol import catalogue, changes, documents, media, ping, session
from wizterm.protocol.problem import CONTENT_TYPE
from wizterm.server.app import app
from wizterm.server.journal import each_request


@pytest.fixture
def http(house):
    with TestClient(app(house.company)) as client:
        yield client


@pytest.fixture
def signed(kim):
    return {"Authorization": f"Bearer {kim.access_token}"}


@pytest.fixture
def file(http, signed):
    """The path of the catalogue file, and its content."""
    manifest = http.get(f"{catalogue.MANIFEST_PATH}?schema=1", headers=signed).json()
    path = f"{catalogue.FILES_PATH}/{manifest['sha256']}"
    return path, http.get(path, headers=signed).content


def test_what_the_framework_refuses_is_said_in_plain_words(http):
    told = [http.request(*asked).json() for asked in (("GET", "/v1/nothing"), ("PUT", ping.PATH))]
    assert [(each["title"], each["detail"]) for each in told] == [
        ("Not found", "There is nothing at this address."),
        ("Method not allowed", "This address does not take this method."),
    ]


@pytest.mark.parametrize(
    ("asked", "content", "status", "code"),
    [
        (("GET", "/"), "", 404, "not_found"),
        (("GET", "/v1/nothing"), "", 404, "not_found"),
        (("PUT", ping.PATH), "", 405, "bad_request"),
        (("POST", session.PATH), "{", 400, "bad_request"),
        (("POST", session.PATH), '{"rep":7}', 400, "bad_request"),
        (("POST", session.PATH), '{"rep":"KIM","password":"no","device":"x"}', 401, "bad_credentials"),
        (("POST", session.REFRESH_PATH), '{"refresh_token":"forged"}', 401, "sign_in_needed"),
        (("DELETE", session.PATH), "", 401, "sign_in_needed"),
        (("POST", documents.PATH), '{"documents":[]}', 401, "sign_in_needed"),
        (("POST", documents.PATH), '{"documents":"' + "x" * 1_100_000 + '"}', 413, "too_large"),
        (("POST", session.PATH), '{"x":' + "[" * 100_000 + "]" * 100_000 + "}", 400, "bad_request"),
        (("POST", documents.PATH), "[" * 200_000, 400, "bad_request"),
        (("GET", changes.PATH), "", 401, "sign_in_needed"),
        (("GET", f"{catalogue.MANIFEST_PATH}?schema=one"), "", 400, "bad_request"),
        (("GET", f"{catalogue.FILES_PATH}/..%2f..%2fserver.db"), "", 404, "not_found"),
        (("GET", f"{catalogue.CHANGES_PATH}?cursor=x&limit=x"), "", 400, "bad_request"),
        (("GET", f"{media.PATH}/abc"), "", 401, "sign_in_needed"),
    ],
)
def test_every_no_is_problem_details_with_a_code(http, asked, content, status, code):
    answer = http.request(*asked, content=content)
    assert answer.headers["content-type"] == CONTENT_TYPE
    assert (answer.status_code, answer.json()["status"], answer.json()["code"]) == (status, status, code)


def test_a_value_that_does_not_fit_is_named(http):
    problem = http.post(session.PATH, content='{"rep":7,"password":"","device":""}').json()
    assert (problem["field"], problem["detail"]) == ("rep", "Expected `str`, got `int`")


def test_a_failure_of_the_server_is_told_without_its_inside(house, signed, monkeypatch, caplog):
    def failing(*_):
        raise ZeroDivisionError("secret inside")

    monkeypatch.setattr(type(house.company.documents), "changes", failing)
    with TestClient(app(house.company), raise_server_exceptions=False) as http:
        answer = http.get(changes.PATH, headers=signed)
    assert (answer.status_code, answer.json()["code"]) == (500, "server_trouble")
    assert "secret" not in answer.text
    assert "ZeroDivisionError" in caplog.text


def test_a_busy_store_is_told_with_when_to_come_again(http, house, signed, monkeypatch):
    from peewee import OperationalError

    def busy(*_):
        raise OperationalError("database is locked")

    monkeypatch.setattr(type(house.company.documents), "changes", busy)
    answer = http.get(changes.PATH, headers=signed)
    assert (answer.status_code, answer.json()["retry_after"], answer.headers["retry-after"]) == (503, 5.0, "5")


def test_documents_go_up_and_are_answered_in_order(http, kim, signed):
    sent = batch(order(kim, "C1"), order(kim, "C2"))
    answer = http.post(documents.PATH, content=msgspec.json.encode(sent), headers=signed)
    assert [each["answer"] for each in answer.json()["answers"]] == ["taken", "refused"]


@pytest.mark.parametrize(
    ("wanted", "part"),
    [
        ("bytes=0-9", slice(0, 10)),
        ("bytes=100-", slice(100, None)),
        ("bytes=-7", slice(-7, None)),
        ("bytes=5-999999", slice(5, None)),
    ],
)
def test_a_range_of_a_file_is_sent_as_asked(http, signed, file, wanted, part):
    path, whole = file
    answer = http.get(path, headers=signed | {"Range": wanted})
    assert answer.status_code == 206
    assert answer.content == whole[part]
    first = part.start % len(whole)
    assert answer.headers["content-range"] == f"bytes {first}-{first + len(answer.content) - 1}/{len(whole)}"


@pytest.mark.parametrize("wanted", ["", "bytes=", "bytes=-", "lines=1-2", "bytes=0-1,4-5", "bytes=x-y"])
def test_what_is_no_single_range_gets_the_whole_file(http, signed, file, wanted):
    path, whole = file
    answer = http.get(path, headers=signed | {"Range": wanted})
    assert (answer.status_code, answer.content) == (200, whole)


@pytest.mark.parametrize("wanted", ["bytes=99999999-", "bytes=9-3", "bytes=-0"])
def test_a_range_outside_the_file_is_told(http, signed, file, wanted):
    answer = http.get(file[0], headers=signed | {"Range": wanted})
    assert (answer.status_code, answer.headers["content-type"]) == (416, CONTENT_TYPE)


def test_a_range_counts_only_while_the_file_is_the_one_begun(http, signed, file):
    path, whole = file
    tag = http.get(path, headers=signed).headers["etag"]
    same = http.get(path, headers=signed | {"Range": "bytes=5-", "If-Range": tag})
    other = http.get(path, headers=signed | {"Range": "bytes=5-", "If-Range": '"another"'})
    assert (same.status_code, same.content) == (206, whole[5:])
    assert (other.status_code, other.content) == (200, whole)


def test_a_picture_is_sent_to_who_is_signed_in_and_kept_for_ever(http, signed, tmp_path):
    name = "ab" * 32
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / name).write_bytes(b"\x89PNG")
    answer = http.get(f"{media.PATH}/{name}", headers=signed)
    assert (answer.status_code, answer.content) == (200, b"\x89PNG")
    assert "immutable" in answer.headers["cache-control"]


def test_the_protocol_is_described_and_its_problems_too(http):
    described = http.get("/schema/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    wanted = {ping.PATH, session.PATH, documents.PATH, changes.PATH, catalogue.MANIFEST_PATH, catalogue.CHANGES_PATH}
    assert wanted <= set(described["paths"])
    assert list(described["paths"][changes.PATH]["get"]["responses"]["410"]["content"]) == [CONTENT_TYPE]


def test_the_descriptions_pages_load_nothing_from_elsewhere(http):
    assert "http" not in http.get("/schema").text.replace("http://json-schema.org", "")[:200]
    assert http.get("/schema").headers["content-type"].startswith("application/vnd.oai.openapi")


def test_each_request_is_one_json_line_that_tells_who_and_no_secret(house, kim, signed, caplog):
    logged = each_request(lambda: "r-1", house.clock.monotonic)(app(house.company))
    with TestClient(logged) as http, caplog.at_level(logging.INFO, "wizterm.requests"):
        answer = http.get(f"{changes.PATH}?cursor=", headers=signed)
        http.get("/no%0a%1b[2Jwhere")
    lines = [JsonLines().format(record) for record in caplog.records if record.name == "wizterm.requests"]
    assert not any(ord(character) < 32 for line in lines for character in line)
    first, second = (json.loads(line) for line in lines)
    assert (first["id"], first["status"], first["rep"], first["path"]) == ("r-1", 200, "KIM", changes.PATH)
    assert first["device"]
    assert answer.headers["x-request-id"] == "r-1"
    assert (second["status"], second["path"]) == (404, "/no\n\x1b[2Jwhere")
    assert kim.access_token not in "".join(lines)


def test_many_rows_travel_packed_and_a_file_as_it_is(http, house, signed, file):
    rows = "".join(f"N{n},Shop number {n},TRADE,KIM\n" for n in range(500))
    house.office.load(customers="number,name,price_list,rep\n" + rows)
    cursor = http.get(f"{catalogue.MANIFEST_PATH}?schema=1", headers=signed).json()["cursor"]
    answer = http.get(f"{catalogue.CHANGES_PATH}?cursor={cursor}", headers=signed)
    assert answer.headers["content-encoding"] == "gzip"
    assert len(answer.json()["upserts"][0]["rows"]) == 501
    whole = http.get(file[0], headers=signed)
    assert "content-encoding" not in whole.headers
    assert whole.headers["content-length"] == str(len(whole.content))
