"""What those who run the server see of it: whether it is ready, its figures, and a document's way through the log."""

import json
import logging
import re
from contextlib import closing

import pytest
from litestar.testing import TestClient
from prometheus_client.parser import text_string_to_metric_families

from tests.support.documents_making import order
from tests.support.scripted_erp import ScriptedErp
from tests.support.store_office import QUICK
from wizterm.connectors.base import Done, Refused, Unknown
from wizterm.log_lines import JsonLines, TextLines
from wizterm.protocol import changes, ping
from wizterm.server.app import app
from wizterm.server.company import open_company
from wizterm.server.journal import each_request
from wizterm.server.readiness import Readiness
from wizterm.server.tallies import CALLS, Tallies


@pytest.fixture
def http(house):
    with TestClient(app(house.company)) as client:
        yield client


def figures(http):
    """Every sample of /metrics, by name and labels as they are written."""
    lines = http.get("/metrics").text.splitlines()
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines if line[0] != "#")}


def test_a_server_that_lives_and_can_work_says_both(http):
    assert http.get("/healthz").text == "ok"
    told = http.get("/readyz")
    assert told.status_code == 200
    assert [check["name"] for check in told.json()] == ["store", "layout", "disk"]


def test_a_full_disk_sends_nobody_here(house, tmp_path):
    _, _, disk = Readiness(house.company.store, tmp_path, free=lambda _: 5 * 2**20).checks()
    assert (disk.good, disk.words) == (False, "5 MB free: expected 200. Make room.")


def test_a_store_that_a_newer_program_has_changed_sends_nobody_here(house, tmp_path):
    database = house.company.store.engine.database
    with house.company.store.writing():
        (table,) = [name for name in database.get_tables() if "migra" in name]
        names = [column.name for column in database.get_columns(table) if column.name != "id"]
        values = ["0999_of_tomorrow" if name == "name" else "2030-01-01" for name in names]
        marks = ", ".join([database.param] * len(names))
        database.execute_sql(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", values)
    _, layout, _ = Readiness(house.company.store, tmp_path).checks()
    assert not layout.good
    assert "0999_of_tomorrow" in layout.words


def test_every_state_has_a_series_before_anything_came_in(http):
    seen = figures(http)
    for state in ("delivered", "confirmed", "refused", "superseded", "cancelled"):
        assert seen[f'wizterm_documents{{state="{state}"}}'] == 0
    for state in ("waiting", "sending", "unknown", "done", "refused", "dropped", "given-up"):
        assert seen[f'wizterm_deliveries{{state="{state}"}}'] == 0


def test_the_figures_name_their_encoding_once(http):
    assert http.get("/metrics").headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"


@pytest.mark.parametrize("path", ["/metrics", "/readyz"])
def test_figures_are_not_for_those_who_come_through_the_web_server(http, path):
    assert http.get(path, headers={"X-Forwarded-For": "203.0.113.7"}).status_code == 404
    assert http.get(path).status_code == 200


def test_the_figures_are_true_after_a_run(house, kim, http):
    house.erp.answers.extend([Refused("on stop"), Unknown("no answer")])
    documents = [order(kim, "C1") for _ in range(5)]
    house.post(kim, *documents)
    house.clock.go_on(30)
    for _ in range(4):
        house.company.dispatcher.step()
    house.post(kim, order(kim, "C1", revision=0))
    http.get(ping.PATH)
    http.get(changes.PATH)
    seen = figures(http)
    assert seen['wizterm_documents{state="confirmed"}'] == 2
    assert seen['wizterm_documents{state="refused"}'] == 1
    assert seen['wizterm_documents{state="delivered"}'] == 2
    assert seen['wizterm_deliveries{state="unknown"}'] == 1
    assert seen['wizterm_deliveries{state="waiting"}'] == 1
    assert seen["wizterm_queue_age_seconds"] == 30
    assert seen['wizterm_delivery_lag_seconds{quantile="0.5"}'] == 30
    assert seen["wizterm_devices"] == 1
    assert sum(value for name, value in seen.items() if name.startswith("wizterm_documents_refused_total")) == 1
    assert seen['wizterm_problems_total{code="sign_in_needed"}'] == 1


def test_the_figures_keep_to_what_prometheus_expects_of_names_and_kinds(house, kim, http):
    house.post(kim, order(kim, "C1"))
    house.company.dispatcher.step()
    http.get(ping.PATH)
    families = list(text_string_to_metric_families(http.get("/metrics").text))
    assert len(families) > 15
    for family in families:
        assert family.name.startswith("wizterm_")
        assert family.documentation.endswith(".")
        assert family.type in {"gauge", "counter", "summary"}
        assert not family.name.endswith(("_total", "_ms", "_milliseconds"))
        for sample in family.samples:
            assert sample.name == family.name + "_total" * (family.type == "counter")
            assert ("quantile" in sample.labels) == (family.type == "summary")
            assert "le" not in sample.labels


def test_where_no_device_ever_called_none_is_said_to_have_called_just_now(house, kim, http, tmp_path):
    assert "wizterm_device_silence_seconds" in figures(http)
    with closing(open_company(tmp_path / "new", name="New", connector=ScriptedErp(), passwords=QUICK)) as company:
        assert b"wizterm_device_silence_seconds" not in company.metrics.text()


def test_an_empty_server_has_figures_too(tmp_path):
    company = open_company(tmp_path, name="Testers & Co", connector=ScriptedErp(), passwords=QUICK)
    with TestClient(app(company)) as http:
        assert figures(http)["wizterm_queue_age_seconds"] == 0
    company.close()


def test_counts_of_two_processes_are_one_sum(house):
    first, second = Tallies(house.company.store), Tallies(house.company.store)
    for tallies in (first, second, first):
        tallies.add(CALLS, "200")
    assert first.sums() == {}
    first.flush()
    second.flush()
    first.flush()
    assert second.sums() == {(CALLS, "200"): 3}


def test_counts_that_could_not_be_written_are_kept(house, monkeypatch):
    tallies = Tallies(house.company.store)
    tallies.add(CALLS, "200", 7)
    with monkeypatch.context() as broken:
        broken.setattr(tallies, "_write", lambda _: (_ for _ in ()).throw(OSError("disk full")))
        with pytest.raises(OSError, match="disk full"):
            tallies.flush()
    tallies.add(CALLS, "200")
    tallies.flush()
    assert tallies.sums() == {(CALLS, "200"): 8}


def test_a_stop_writes_down_what_was_counted(house, tmp_path):
    from tests.support.scripted_erp import ScriptedErp

    company = open_company(tmp_path / "other", name="Testers & Co", connector=ScriptedErp(), passwords=QUICK)
    company.tallies.add(CALLS, "200", 3)
    company.close()
    again = open_company(tmp_path / "other", name="Testers & Co", connector=ScriptedErp(), passwords=QUICK)
    assert again.tallies.sums()[CALLS, "200"] == 3
    again.close()


def test_a_document_is_followed_by_its_id_from_the_call_to_the_erps_answer(house, kim, caplog):
    document = order(kim, "C1")
    with caplog.at_level(logging.INFO, "wizterm.documents"):
        house.post(kim, document)
        house.deliver()
    taken, delivered = (json.loads(JsonLines().format(record)) for record in caplog.records)
    assert (taken["says"], taken["document"], taken["rep"]) == ("taken", document.id, "KIM")
    assert (delivered["says"], delivered["document"]) == ("delivered", document.id)
    assert delivered["external"] == f"ERP-{document.number}"


def test_what_the_erp_says_can_break_no_line_of_the_log(house, kim, caplog):
    house.erp.answers.append(Refused('no\n{"says": "forged"}\x1b[2J'))
    with caplog.at_level(logging.INFO, "wizterm.documents"):
        house.post(kim, order(kim, "C1"))
        house.deliver()
    for form in (JsonLines(), TextLines()):
        line = form.format(caplog.records[-1])
        assert not any(ord(character) < 32 for character in line)
        assert "refused outside" in line


def test_a_line_for_people_tells_the_same(house, kim, caplog):
    logged = each_request(lambda: "r-1", house.clock.monotonic)(app(house.company))
    with TestClient(logged) as http, caplog.at_level(logging.INFO, "wizterm.requests"):
        http.get(ping.PATH)
    (record,) = [each for each in caplog.records if each.name == "wizterm.requests"]
    assert re.fullmatch(
        r"[\d-]+ [\d:]+  info     request  id=r-1  method=GET  path=/v1/ping  status=200  ms=0.0",
        TextLines().format(record),
    )


def test_a_delivery_under_way_at_the_end_is_looked_up_at_once_by_the_next_worker(house, kim):
    document = order(kim, "C1")
    house.post(kim, document)
    dispatcher, sent = house.company.dispatcher, []

    class Stopped:
        """The process is told to end while the ERP has the document and has not answered."""

        kinds = house.erp.kinds

        def send(self, outgoing):
            sent.append(outgoing)
            dispatcher.let_go()
            return Done("too late")

    asked, dispatcher._connector = dispatcher._connector, Stopped()
    dispatcher.step()
    dispatcher._connector = asked
    house.erp.findings.append(Done("SO-1"))
    assert dispatcher.step()
    assert [each.id for each in house.erp.looked_up] == [document.id]
    assert (len(sent), house.erp.sent) == (1, [])
    assert house.told(kim)[document.id, 1].external == "SO-1"


def test_nothing_is_let_go_where_nothing_is_under_way(house, kim):
    house.post(kim, order(kim, "C1"))
    house.company.dispatcher.let_go()
    house.deliver()
    assert house.erp.looked_up == []


def test_an_outside_that_is_left_alone_shows_in_the_figures(house, kim, http):
    for _ in range(6):
        house.erp.answers.append(Unknown("no answer"))
        house.post(kim, order(kim, "C1"))
        house.company.dispatcher.step()
    assert figures(http)['wizterm_outside_shut{target="erp"}'] == 1
    house.clock.go_on(3600)
    assert figures(http)['wizterm_outside_shut{target="erp"}'] == 0
