from datetime import UTC, datetime

from wizterm.domain.document import DocumentId, Kind, State
from wizterm.domain.records import DocumentSummary
from wizterm.services.states import HELD, IN_TROUBLE, KEPT_BACK, kind_words, state_words, summary_words


def test_every_state_has_its_own_sign_and_words():
    words = [state_words(state) for state in State]
    assert len({each.words for each in words} | {HELD.words}) == len(State) + 1
    assert len({each.sign for each in words} | {HELD.sign}) == len(State) + 1


def test_every_kind_has_a_word():
    assert len({kind_words(kind) for kind in Kind}) == len(Kind)


def summary(state, *, held=False, listed=False):
    return DocumentSummary(
        document=DocumentId("d"),
        kind=Kind.ORDER,
        state=state,
        number="KIM-7F-0001",
        customer_name="Café Ost",
        currency="GBP",
        total="1.00",
        submitted_at=datetime(2026, 3, 2, tzinfo=UTC),
        external="",
        words="",
        held=held,
        listed=listed,
    )


def test_only_what_waits_is_held():
    assert summary_words(summary(State.QUEUED, held=True)) == HELD
    assert summary_words(summary(State.SENDING, held=True)).words == "Sending"


def test_what_waits_and_needs_a_person_says_whether_it_is_still_tried():
    assert summary_words(summary(State.QUEUED, listed=True)) == IN_TROUBLE
    assert summary_words(summary(State.QUEUED, listed=True, held=True)) == KEPT_BACK
    assert summary_words(summary(State.QUEUED)) == state_words(State.QUEUED)
