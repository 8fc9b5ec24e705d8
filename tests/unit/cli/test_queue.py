import json
from datetime import timedelta

import pytest
from click.testing import CliRunner

from tests.support.outbox_device import Device
from wizterm.cli import main
from wizterm.domain.clock import SystemClock
from wizterm.domain.document import DocumentId
from wizterm.protocol.documents import Refused


@pytest.fixture
def device(tmp_path):
    device = Device(tmp_path / "kim", SystemClock())
    yield device
    device.close()


@pytest.fixture
def run(tmp_path):
    def run(*arguments):
        return CliRunner().invoke(main, ["queue", "--device", str(tmp_path / "kim"), *arguments])

    return run


def rest(device, number, seconds=3600):
    envelope = next(each for each in device.outbox.waiting() if each.id == device_id(number))
    device.outbox.begin([envelope])
    device.outbox.postpone(DocumentId(envelope.id), "The server is in trouble with it.", timedelta(seconds=seconds))


def refuse(device, number, words):
    envelope = next(each for each in device.outbox.waiting() if each.id == device_id(number))
    device.outbox.begin([envelope])
    device.outbox.refuse(Refused(id=envelope.id, revision=1, code="x", words=words))


def device_id(number):
    return f"00000000-0000-0000-0000-{number:012x}"


def test_what_waits_is_listed_oldest_first_with_a_count(device, run):
    device.submit(1)
    device.submit(2)
    told = run("list")
    assert told.exit_code == 0
    first, second, count = told.output.splitlines()
    assert first.startswith("KIM-7F-0001")
    assert second.startswith("KIM-7F-0002")
    assert count == "2 waiting, safe on this machine."


def test_what_was_refused_stands_among_it_with_the_companys_words_made_harmless(device, run):
    device.submit(1)
    refuse(device, 1, "on stop\x1b[2J")
    assert "on stop␛[2J" in run("list").output
    (ticket,) = json.loads(run("list", "--json").output)
    assert (ticket["number"], ticket["state"], ticket["words"]) == ("KIM-7F-0001", "refused", "on stop\x1b[2J")


def test_a_document_is_shown_with_what_became_of_it(device, run):
    device.submit(1)
    rest(device, 1)
    told = run("show", "KIM-7F-0001").output
    assert "tried 1 time, rests until" in told
    assert "The server is in trouble with it." in told
    assert [event["state"] for event in json.loads(run("show", "--json", device_id(1)).output)["history"]] == [
        "queued",
        "sending",
        "queued",
    ]


def test_what_rests_goes_again_when_it_is_retried(device, run):
    device.submit(1)
    rest(device, 1)
    assert device.outbox.waiting() == []
    assert "goes with the next round" in run("retry", "KIM-7F-0001").output
    assert len(device.outbox.waiting()) == 1


def test_all_that_rests_is_retried_but_for_what_is_held(device, run):
    for number in (1, 2, 3):
        device.submit(number)
        rest(device, number)
    run("hold", "KIM-7F-0003")
    assert json.loads(run("retry", "--all", "--json").output) == {"tried_again": 2}
    assert len(device.outbox.waiting()) == 2


def test_what_is_held_stays_until_it_is_released(device, run):
    device.submit(1)
    assert run("hold", "KIM-7F-0001").output == "KIM-7F-0001 is held: it stays here until it is released.\n"
    assert device.outbox.waiting() == []
    assert json.loads(run("release", "--json", "KIM-7F-0001").output)["held"] is False
    assert len(device.outbox.waiting()) == 1


@pytest.mark.parametrize("command", ["hold", "release", "retry"])
def test_what_is_on_its_way_is_left_alone(device, run, command):
    device.submit(1)
    device.outbox.begin(device.outbox.waiting())
    told = run(command, "KIM-7F-0001")
    assert (told.exit_code, told.output) == (
        1,
        "Error: KIM-7F-0001 does not wait: it is on its way or was answered.\n",
    )


@pytest.mark.parametrize("command", ["show", "hold", "release", "retry"])
def test_an_unknown_number_is_answered_with_where_to_look(device, run, command):
    told = run(command, "KIM-7F-0009")
    assert told.exit_code == 1
    assert "There is no document KIM-7F-0009 on this machine: `queue list` shows what waits." in told.output


def test_a_folder_without_orders_is_said_and_not_made(run, tmp_path):
    told = run("list")
    assert told.exit_code == 1
    assert "There are no orders in" in told.output
    assert not (tmp_path / "kim").exists()


def test_retry_wants_one_document_or_all(device, run):
    assert run("retry").exit_code == 2
    assert run("retry", "--all", "KIM-7F-0001").exit_code == 2
