import logging
import sqlite3

import pytest

from tests.support.outbox_device import SERVER, number_of, receipt
from tests.support.scripted_post import ScriptedPost, taken
from wizterm.domain.document import Kind
from wizterm.log_lines import JsonLines
from wizterm.protocol.documents import Answers, Later, Refused
from wizterm.protocol.faults import NotOurServerError, Stranger, Unreachable, UnreachableError
from wizterm.protocol.problem import Code, problem
from wizterm.queue.outcomes import RULES, Then, Trouble
from wizterm.queue.round import Round

POISON = 5

STOPPING = [
    (UnreachableError("no", Unreachable.NO_ROUTE), Trouble.UNREACHABLE),
    (UnreachableError("no", Unreachable.REFUSED), Trouble.UNREACHABLE),
    (UnreachableError("502", Unreachable.GATEWAY), Trouble.UNREACHABLE),
    (UnreachableError("cut", Unreachable.CUT_OFF), Trouble.UNKNOWN_OUTCOME),
    (UnreachableError("slow", Unreachable.TIMED_OUT), Trouble.UNKNOWN_OUTCOME),
    (UnreachableError("429", Unreachable.BUSY), Trouble.SLOW_DOWN),
    (problem(429, Code.TOO_MANY, "slow down"), Trouble.SLOW_DOWN),
    (problem(503, Code.SERVER_TROUBLE, "restarting"), Trouble.SLOW_DOWN),
    (NotOurServerError("html"), Trouble.NOT_OURS),
    (NotOurServerError("511", Stranger.LOGIN), Trouble.NOT_OURS),
    (NotOurServerError("date", Stranger.CLOCK), Trouble.NOT_OURS),
    (problem(401, Code.SIGN_IN_NEEDED, "who?"), Trouble.IDENTITY),
    (problem(401, Code.BAD_CREDENTIALS, "who?"), Trouble.IDENTITY),
]
ALONE = [
    (problem(403, Code.FORBIDDEN, "no"), Trouble.FORBIDDEN, "queued"),
    (problem(413, Code.TOO_LARGE, "big"), Trouble.TOO_BIG, "refused"),
    (NotOurServerError("proxy", Stranger.TOO_LARGE), Trouble.TOO_BIG_FOR_THE_WAY, "queued"),
    (problem(500, Code.SERVER_TROUBLE, "bug"), Trouble.SERVER_BUG, "queued"),
    (problem(400, Code.BAD_REQUEST, "what?"), Trouble.REFUSED, "refused"),
]


@pytest.fixture
def post():
    return ScriptedPost()


def run(device, post, go_on=lambda: True):
    return Round(device.outbox, post, SERVER, go_on=go_on, told=lambda tally: None).run()


def fill(device, count):
    for number in range(1, count + 1):
        device.submit(number)


def test_a_batch_costs_two_commits_however_many_documents_it_has(device, post):
    fill(device, 50)
    statements = []
    device.database.connection().set_trace_callback(statements.append)
    run(device, post)
    assert post.batches == [list(range(1, 51))]
    assert statements.count("COMMIT") == 2
    assert device.states() == {"delivered": 50}


NEVER_ARRIVED = [
    UnreachableError("no", Unreachable.NO_ROUTE),
    UnreachableError("no", Unreachable.REFUSED),
    NotOurServerError("date", Stranger.CLOCK),
    problem(401, Code.SIGN_IN_NEEDED, "who?"),
]
MAY_HAVE_ARRIVED = [
    UnreachableError("cut", Unreachable.CUT_OFF),
    UnreachableError("slow", Unreachable.TIMED_OUT),
    UnreachableError("502", Unreachable.GATEWAY),
    NotOurServerError("html"),
]


@pytest.mark.parametrize("error", NEVER_ARRIVED)
def test_what_never_arrived_can_be_taken_back(device, post, error):
    document = device.submit(1)
    post.script.append(error)
    run(device, post)
    assert device.outbox.withdraw(document)


@pytest.mark.parametrize("error", MAY_HAVE_ARRIVED)
def test_what_may_have_arrived_is_not_taken_back_here_alone(device, post, error):
    document = device.submit(1)
    post.script.extend([error, NEVER_ARRIVED[0]])
    run(device, post)
    run(device, post)
    assert not device.outbox.withdraw(document)
    assert device.state(1) == "queued"


def test_what_a_crash_left_on_its_way_is_not_taken_back_here_alone(device):
    document = device.submit(1)
    device.outbox.begin(device.outbox.waiting())
    device.outbox.recover()
    assert not device.outbox.withdraw(document)


def test_what_the_company_says_it_does_not_have_can_be_taken_back(device, post):
    document = device.submit(1)
    later = Answers(answers=(Later(id=document.id, revision=1, seconds=60, words="not now"),))
    post.script.extend([MAY_HAVE_ARRIVED[0], lambda batch: later])
    run(device, post)
    run(device, post)
    assert device.outbox.withdraw(document)


def test_everything_that_waits_is_sent_in_batches(device, post):
    fill(device, 120)
    assert run(device, post).delivered == 120
    assert [len(batch) for batch in post.batches] == [50, 50, 20]
    assert device.states() == {"delivered": 120}


def test_every_trouble_has_its_rule():
    assert set(RULES) == set(Trouble)


@pytest.mark.parametrize(("error", "kind"), STOPPING, ids=str)
def test_a_trouble_of_the_way_stops_the_round_and_keeps_everything(device, post, error, kind):
    fill(device, 3)
    post.script = [error]
    tally = run(device, post)
    assert tally.stopped_by is kind
    assert RULES[kind].stops
    assert device.states() == {"queued": 3}
    assert len(post.batches) == 1
    assert run(device, post).delivered == 3


@pytest.mark.parametrize(("error", "kind", "state"), ALONE, ids=str)
def test_a_trouble_with_one_document_leaves_it_alone_and_sends_the_others(device, post, error, kind, state):
    fill(device, 20)
    post.fails = lambda numbers: error if POISON in numbers else None
    tally = run(device, post)
    assert tally.stopped_by is None
    assert tally.delivered == 19
    assert len(post.batches) < 15
    assert device.state(POISON) == state
    assert RULES[kind].then in {Then.SET_APART, Then.REFUSE}


def test_a_server_that_fails_with_everything_ends_the_round_after_a_few(device, post):
    fill(device, 10)
    post.fails = lambda numbers: problem(500, Code.SERVER_TROUBLE, "bug")
    tally = run(device, post)
    assert tally.stopped_by is Trouble.SERVER_BUG
    assert [batch for batch in post.batches if len(batch) == 1] == [[1], [2], [3]]
    assert device.states() == {"queued": 10}


def test_each_document_follows_its_own_answer(device, post):
    fill(device, 3)

    def answer(batch):
        one, two, three = batch.documents
        return Answers(
            answers=(
                receipt(one),
                Refused(id=two.id, revision=1, code="x", words="no such customer"),
                Later(id=three.id, revision=1, seconds=60),
            )
        )

    post.script = [answer]
    tally = run(device, post)
    assert (tally.delivered, tally.refused, tally.stopped_by) == (1, 1, None)
    assert [device.state(number) for number in (1, 2, 3)] == ["delivered", "refused", "queued"]


def test_a_batch_of_a_customer_and_its_orders_is_halved_without_the_orders_going_first(device, post):
    device.submit(1, kind=Kind.CUSTOMER)
    device.submit(2, after=1)
    device.submit(3, after=1)
    post.fails = lambda numbers: problem(500, Code.SERVER_TROUBLE, "bug") if 1 in numbers else None
    run(device, post)
    assert all(1 in batch for batch in post.batches)
    assert device.states() == {"queued": 3}


def test_a_document_without_an_answer_goes_again(device, post):
    fill(device, 2)
    post.script = [lambda batch: Answers(answers=(receipt(batch.documents[0]),))]
    assert run(device, post).stopped_by is Trouble.NOT_OURS
    assert (device.state(1), device.state(2)) == ("delivered", "queued")


@pytest.mark.parametrize("other", [{"server": "other"}, {"sha256": "0" * 64}, {"revision": 2}], ids=str)
def test_a_receipt_for_something_else_delivers_nothing(device, post, other):
    fill(device, 1)
    post.script = [lambda batch: Answers(answers=(receipt(batch.documents[0], **other),))]
    assert run(device, post).stopped_by is Trouble.NOT_OURS
    assert device.state(1) == "queued"


def test_a_receipt_for_what_was_never_sent_changes_nothing(device, post):
    fill(device, 1)
    device.outbox.hold(device.submit(2), held=True)
    post.script = [
        lambda batch: Answers(
            answers=(*taken(batch).answers, receipt(batch.documents[0], id="00000000-0000-0000-0000-000000000002"))
        )
    ]
    run(device, post)
    assert device.state(2) == "queued"


def test_the_same_bytes_go_again_after_an_unknown_outcome(device, post):
    fill(device, 1)
    post.script = [UnreachableError("cut", Unreachable.CUT_OFF)]
    run(device, post)
    run(device, post)
    first, second = post.bodies[1]
    assert first == second


def test_a_disk_that_cannot_hold_the_receipt_only_leads_to_asking_again(device, post):
    fill(device, 1)

    def answer(batch):
        device.database.execute_sql("PRAGMA query_only = 1")
        return taken(batch)

    post.script = [answer]
    assert run(device, post).stopped_by is Trouble.OUR_DISK
    device.database.execute_sql("PRAGMA query_only = 0")
    assert device.state(1) == "sending"
    device.outbox.recover()
    assert run(device, post).delivered == 1


def test_a_round_that_is_told_to_end_sends_no_further_batch(device, post):
    fill(device, 60)
    run(device, post, go_on=lambda: len(post.batches) < 1)
    assert len(post.batches) == 1


def test_a_writer_is_not_kept_waiting_while_an_answer_is_awaited(device, post):
    fill(device, 1)

    def answer(batch):
        other = sqlite3.connect(device.folder / "device.db", timeout=0)
        other.execute("BEGIN IMMEDIATE")
        other.rollback()
        other.close()
        return taken(batch)

    post.script = [answer]
    assert run(device, post).delivered == 1
    assert number_of(device.documents.page()[0].document.id) == 1


@pytest.mark.parametrize("seconds", [7200.0, 1e18])
def test_no_document_rests_longer_than_an_hour_whatever_the_server_asks_for(device, post, seconds):
    document = device.submit(1)
    later = Answers(answers=(Later(id=document.id, revision=1, seconds=seconds, words="not now"),))
    post.script.append(lambda batch: later)
    run(device, post)
    device.clock.advance(3601)
    assert run(device, post).delivered == 1


@pytest.mark.parametrize("fault", [problem(413, Code.TOO_LARGE, "big"), problem(400, Code.BAD_REQUEST, "what?")])
def test_what_may_have_arrived_unheard_is_not_called_refused_until_the_company_says_so(device, post, fault):
    document = device.submit(1)
    post.script = [UnreachableError("cut", Unreachable.CUT_OFF), fault]
    run(device, post)
    run(device, post)
    assert device.state(1) == "queued"
    assert not device.outbox.withdraw(document)
    device.clock.advance(300)
    run(device, post)
    assert device.state(1) == "delivered"


def test_each_documents_way_out_is_logged_by_its_id(device, post, caplog):
    fill(device, 3)
    refusal = Refused(id=device.documents.page()[0].document.id, revision=1, code="no", words="on\nstop")
    post.script = [UnreachableError("cut", Unreachable.CUT_OFF), lambda batch: mixed(batch, refusal)]
    with caplog.at_level(logging.INFO, "wizterm.documents"):
        run(device, post)
        device.clock.advance(300)
        run(device, post)
    said = [(record.getMessage(), record.facts["document"]) for record in caplog.records]
    ids = {document for _, document in said}
    assert len(ids) == 3
    assert [what for what, _ in said[:3]] == ["not heard"] * 3
    assert sorted(what for what, _ in said[3:]) == ["refused", "sent", "sent"]
    assert not any("\n" in JsonLines().format(record) for record in caplog.records)


def mixed(batch, refusal):
    """This refusal, and receipts for the others."""
    answers = {answer.id: answer for answer in taken(batch).answers}
    return Answers(answers=tuple((answers | {refusal.id: refusal}).values()))
