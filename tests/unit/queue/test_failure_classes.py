"""Every row of the table of failures: what it does to a document, to the others, and after a day."""

from itertools import count

import pytest

from tests.support.outbox_device import SERVER
from tests.support.scripted_post import ScriptedPost
from wizterm.domain.document import DocumentId
from wizterm.protocol.documents import Answers, Refused
from wizterm.protocol.faults import NotOurServerError, Stranger, Unreachable, UnreachableError
from wizterm.protocol.problem import Code, problem
from wizterm.queue.outcomes import RULES, Then, Trouble
from wizterm.queue.round import Round

SAMPLES = {
    Trouble.NOT_OURS: NotOurServerError("html"),
    Trouble.UNREACHABLE: UnreachableError("no", Unreachable.NO_ROUTE),
    Trouble.UNKNOWN_OUTCOME: UnreachableError("cut", Unreachable.CUT_OFF),
    Trouble.SLOW_DOWN: problem(503, Code.SERVER_TROUBLE, "busy"),
    Trouble.IDENTITY: problem(401, Code.SIGN_IN_NEEDED, "who?"),
    Trouble.FORBIDDEN: problem(403, Code.FORBIDDEN, "no"),
    Trouble.TOO_BIG_FOR_THE_WAY: NotOurServerError("proxy", Stranger.TOO_LARGE),
    Trouble.TOO_BIG: problem(413, Code.TOO_LARGE, "big"),
    Trouble.REFUSED: problem(400, Code.BAD_REQUEST, "what?"),
    Trouble.SERVER_BUG: problem(500, Code.SERVER_TROUBLE, "bug"),
}
"""Our own disk's trouble is not an answer: it has a test of its own among the rounds."""
POISON, GOOD = 1, 2
HOUR = 3600.0
NUMBERS = count(100)


@pytest.fixture
def post():
    return ScriptedPost()


def run(device, post):
    return Round(device.outbox, post, SERVER, go_on=lambda: True, told=lambda tally: None).run()


def suffer(device, post, error, hours):
    """Meet the same failure every hour, with the others going through."""
    post.fails = lambda numbers: error if POISON in numbers else None
    for _ in range(hours):
        device.submit(next(NUMBERS))
        run(device, post)
        device.clock.advance(HOUR)


def summary(device, number=POISON):
    return next(each for each in device.documents.page() if each.document.id.endswith(f"{number:012x}"))


def tries(post):
    return len(post.bodies.get(POISON, []))


def test_every_class_is_met_here():
    assert set(SAMPLES) == set(Trouble) - {Trouble.OUR_DISK}


@pytest.mark.parametrize("trouble", [kind for kind in SAMPLES if RULES[kind].then in {Then.BACK_OFF, Then.ASK}])
def test_a_trouble_of_the_way_lasts_for_days_and_blames_no_document(device, post, trouble):
    device.submit(POISON)
    post.fails = lambda numbers: SAMPLES[trouble]
    for _ in range(50):
        run(device, post)
        device.clock.advance(HOUR)
    assert (device.state(POISON), summary(device).listed, summary(device).held) == ("queued", False, False)
    post.fails = lambda numbers: None
    assert run(device, post).delivered == 1


@pytest.mark.parametrize("trouble", [Trouble.SERVER_BUG, Trouble.TOO_BIG_FOR_THE_WAY])
def test_a_document_that_fails_for_a_day_is_listed_for_people_and_still_tried(device, post, trouble):
    device.submit(POISON)
    suffer(device, post, SAMPLES[trouble], 23)
    assert not summary(device).listed
    suffer(device, post, SAMPLES[trouble], 3)
    assert (summary(device).listed, summary(device).held) == (True, False)
    before = tries(post)
    suffer(device, post, SAMPLES[trouble], 3)
    assert tries(post) > before
    post.fails = lambda numbers: None
    device.clock.advance(HOUR)
    assert run(device, post).delivered == 1
    assert device.documents.attention() == 0


def test_a_document_that_is_forbidden_for_a_day_is_kept_back_until_a_person_lets_it_go(device, post):
    device.submit(POISON)
    suffer(device, post, SAMPLES[Trouble.FORBIDDEN], 26)
    assert (summary(device).listed, summary(device).held, device.state(POISON)) == (True, True, "queued")
    assert "does not let this rep send it" in summary(device).words
    before = tries(post)
    suffer(device, post, SAMPLES[Trouble.FORBIDDEN], 3)
    assert tries(post) == before
    device.outbox.hold(DocumentId(summary(device).document.id), held=False)
    assert not summary(device).listed
    suffer(device, post, SAMPLES[Trouble.FORBIDDEN], 1)
    assert tries(post) > before
    assert not summary(device).held


@pytest.mark.parametrize("trouble", [Trouble.TOO_BIG, Trouble.REFUSED])
def test_what_the_server_will_never_take_goes_to_a_person_at_once_and_is_kept(device, post, trouble):
    device.submit(POISON)
    device.submit(GOOD)
    post.fails = lambda numbers: SAMPLES[trouble] if POISON in numbers else None
    assert run(device, post).delivered == 1
    assert device.state(POISON) == "refused"
    assert device.documents.body(summary(device).document) is not None


def test_a_refusal_shows_the_companys_words_and_the_field(device, post):
    device.submit(POISON)

    def answer(batch):
        return Answers(
            answers=(Refused(id=batch.documents[0].id, revision=1, code="x", words="on stop", field="customer"),)
        )

    post.script = [answer]
    run(device, post)
    assert summary(device).words == "on stop"
    assert device.documents.attention() == 1


def test_another_trouble_begins_a_day_of_its_own(device, post):
    device.submit(POISON)
    suffer(device, post, SAMPLES[Trouble.SERVER_BUG], 20)
    suffer(device, post, SAMPLES[Trouble.FORBIDDEN], 20)
    assert not summary(device).listed


def test_a_server_that_fails_with_everything_for_days_blames_no_document(device, post):
    for number in range(1, 11):
        device.submit(number)
    post.fails = lambda numbers: SAMPLES[Trouble.FORBIDDEN]
    for _ in range(60):
        run(device, post)
        device.clock.advance(HOUR)
    assert device.documents.attention() == 0
    post.fails = lambda numbers: None
    device.clock.advance(HOUR)
    assert run(device, post).delivered == 10


def test_one_document_alone_in_the_queue_is_blamed_for_its_own_failure(device, post):
    device.submit(POISON)
    post.fails = lambda numbers: SAMPLES[Trouble.SERVER_BUG]
    for _ in range(26):
        run(device, post)
        device.clock.advance(HOUR)
    assert summary(device).listed
