from datetime import UTC, datetime

import pytest

from tests.support.outbox_device import FakeClock
from wizterm.domain.document import State
from wizterm.protocol.faults import NotOurServerError, Stranger, Unreachable, UnreachableError
from wizterm.protocol.problem import Code, problem
from wizterm.sync.conductor import Conductor, Steps, Wishes
from wizterm.sync.connectivity import Connectivity, Sight
from wizterm.sync.progress import Progress, Step
from wizterm.sync.refresh import NoAgreementError

ONLINE = Sight(Connectivity.ONLINE)
NO_NETWORK = Sight(Connectivity.NO_NETWORK)


class World:
    """Everything the conductor is given, to be changed by a test."""

    def __init__(self):
        self.clock = FakeClock()
        self.sight = ONLINE
        self.offline = False
        self.signed_in = True
        self.by_itself = True
        self.counts = {}
        self.done = []
        self.fails = {}
        self.looks = 0
        self.unsent = ""
        self.told = []
        self.synced = []
        self.conductor = Conductor(
            look=self.look,
            steps=Steps(
                send=self.send,
                hear=lambda: self.do("hear"),
                pull=lambda whole: self.do("pull all" if whole else "pull"),
            ),
            wishes=Wishes(
                offline=lambda: self.offline,
                signed_in=lambda: self.signed_in,
                pulls_by_itself=lambda: self.by_itself,
                pull_every=120.0,
            ),
            counts=lambda: self.counts,
            clock=self.clock,
            jitter=lambda low, high: high,
            on_status=self.told.append,
            on_synced=self.synced.append,
        )

    def send(self):
        self.do("send")
        return self.unsent

    def look(self):
        self.looks += 1
        return self.sight

    def do(self, step):
        if step in self.fails:
            raise self.fails[step]
        self.done.append(step)


@pytest.fixture
def world():
    return World()


def test_a_reconnect_sends_first_then_hears_then_pulls(world):
    world.conductor.once()
    assert world.done == ["send", "hear", "pull"]
    assert world.conductor.status.last_sync == world.clock.now()
    assert world.synced == [world.clock.now()]


def test_offline_mode_makes_no_call_at_all(world):
    world.offline = True
    assert world.conductor.once() is None
    assert world.looks == 0
    assert world.conductor.status.connectivity is Connectivity.OFFLINE_CHOSEN
    assert not world.conductor.online


def test_the_sender_may_send_only_while_the_company_can_be_reached(world):
    assert not world.conductor.online
    world.conductor.once()
    assert world.conductor.online
    world.offline = True
    assert not world.conductor.online


def test_the_sender_is_let_through_before_its_step_begins(world):
    seen = []
    world.do = lambda step: seen.append(world.conductor.online)
    world.conductor.once()
    assert seen[0]


@pytest.mark.parametrize("state", [state for state in Connectivity if state is not Connectivity.ONLINE])
def test_nothing_is_tried_while_the_company_cannot_be_reached(world, state):
    world.sight = Sight(state)
    world.conductor.once()
    assert world.done == []


def test_looks_come_often_while_something_waits_and_seldom_while_nothing_does(world):
    world.sight = NO_NETWORK
    world.counts = {State.QUEUED: 1}
    assert [world.conductor.once() for _ in range(6)] == [2, 4, 8, 16, 30, 30]
    world.counts = {}
    assert world.conductor.once() == 300
    world.counts = {State.QUEUED: 1}
    assert world.conductor.once() == 2


def test_what_waits_though_the_company_is_reached_does_not_hasten_the_looks(world):
    world.counts = {State.QUEUED: 1}
    assert world.conductor.once() == 120


def test_the_catalogue_is_pulled_when_its_time_has_come(world):
    assert world.conductor.once() == 120
    world.clock.advance(60)
    world.conductor.once()
    assert world.done.count("pull") == 1
    world.clock.advance(60)
    world.conductor.once()
    assert world.done.count("pull") == 2


def test_the_catalogue_is_not_pulled_by_itself_where_the_rep_does_not_want_it(world):
    world.by_itself = False
    assert world.conductor.once() == 300
    assert world.done == ["send", "hear"]


def test_the_catalogue_is_pulled_when_asked_for(world):
    world.by_itself = False
    world.conductor.once(pull=True)
    world.conductor.once(whole=True)
    assert world.done == ["send", "hear", "pull", "send", "hear", "pull all"]


def test_a_pull_that_fails_is_not_tried_again_at_every_look(world):
    world.fails = {"pull": NoAgreementError("it differs")}
    world.conductor.once()
    assert world.conductor.status.trouble == "it differs"
    assert world.conductor.online
    world.fails = {}
    world.clock.advance(30)
    world.conductor.once()
    assert "pull" not in world.done
    world.clock.advance(31)
    world.conductor.once()
    assert "pull" in world.done
    assert world.conductor.status.trouble == ""


def test_a_pull_that_fails_is_tried_at_once_when_asked_for(world):
    world.fails = {"pull": NoAgreementError("it differs")}
    world.conductor.once()
    world.fails = {}
    world.conductor.once(pull=True)
    assert world.done[-1] == "pull"


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (UnreachableError("gone", Unreachable.NO_ROUTE), Connectivity.NO_NETWORK),
        (UnreachableError("cut", Unreachable.CUT_OFF), Connectivity.SERVER_TROUBLE),
        (NotOurServerError("html"), Connectivity.PORTAL),
        (NotOurServerError("date", Stranger.CLOCK), Connectivity.CLOCK),
        (problem(401, Code.SIGN_IN_NEEDED, "sign in"), Connectivity.SIGN_IN_NEEDED),
    ],
    ids=str,
)
def test_a_step_that_fails_tells_the_state_and_ends_the_round(world, error, state):
    world.fails = {"hear": error}
    world.conductor.once()
    assert world.done == ["send"]
    assert world.conductor.status.connectivity is state
    assert world.conductor.status.last_sync is None


@pytest.mark.parametrize("step", ["hear", "pull"])
def test_a_server_that_fails_with_one_step_is_still_reached(world, step):
    world.fails = {step: problem(500, Code.SERVER_TROUBLE, "oops")}
    world.conductor.once()
    assert world.conductor.online
    assert world.conductor.status.trouble == "oops"
    assert world.conductor.status.last_sync is None


def test_an_online_rep_who_is_not_signed_in_is_asked_to(world):
    world.signed_in = False
    world.conductor.once()
    assert world.conductor.status.connectivity is Connectivity.SIGN_IN_NEEDED
    assert world.done == []


def test_the_status_counts_what_waits(world):
    world.counts = {State.QUEUED: 2, State.SENDING: 1, State.REFUSED: 4, State.DELIVERED: 9}
    world.conductor.once()
    assert world.conductor.status.waiting == 3


def test_the_sender_is_heard_while_the_catalogue_moves(world):
    progress = Progress(Step.FETCHING, 10, 100)

    def pull(whole):
        world.conductor.progress(progress)
        world.conductor.sending(now=True)
        seen.append(world.conductor.status)

    seen = []
    world.conductor._steps = Steps(send=lambda: "", hear=lambda: None, pull=pull)
    world.conductor.once()
    assert (seen[0].progress, seen[0].sending) == (progress, True)
    assert world.conductor.status.progress is None


def test_progress_is_not_told_more_often_than_a_screen_can_show(world):
    for done in range(50):
        world.conductor.progress(Progress(Step.FETCHING, done, 100))
    world.conductor.progress(Progress(Step.FETCHING, 100, 100))
    assert [status.progress.done for status in world.told] == [0, 100]


def test_the_status_of_an_earlier_start_is_kept_until_the_next_sync():
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    world = World()
    world.conductor._status = world.conductor.status.__class__(last_sync=moment)
    world.sight = NO_NETWORK
    world.conductor.once()
    assert world.conductor.status.last_sync == moment


def test_what_was_delivered_is_asked_after_soon_and_then_ever_less_often(world):
    world.by_itself = False
    world.counts = {State.DELIVERED: 1}
    assert [world.conductor.once() for _ in range(9)] == [2, 4, 8, 16, 32, 64, 128, 256, 300]
    world.counts = {State.DELIVERED: 2}
    assert world.conductor.once() == 2
    world.counts = {State.CONFIRMED: 2}
    assert world.conductor.once() == 300


def test_a_round_that_could_not_send_does_the_rest_and_is_not_called_a_sync(world):
    world.unsent = "The server asks for a little patience."
    world.conductor.once()
    assert world.done == ["send", "hear", "pull"]
    assert world.synced == []
    assert world.conductor.status.last_sync is None
    assert world.conductor.status.trouble == "The server asks for a little patience."
    world.unsent = ""
    world.conductor.once(pull=True)
    assert (world.conductor.status.trouble, len(world.synced)) == ("", 1)
