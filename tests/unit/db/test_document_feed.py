import pytest

from tests.support.outbox_device import SERVER, id_of, receipt
from wizterm.db.document_feed import ANOTHER, DocumentFeed
from wizterm.protocol.changes import DocumentChange, DocumentChanges


@pytest.fixture
def feed(device):
    return DocumentFeed(device.database, device.clock)


@pytest.fixture
def delivered(device):
    device.submit(1)
    batch = device.outbox.waiting()
    device.outbox.begin(batch)
    device.outbox.deliver([receipt(batch[0])], SERVER)


def lines_of(device):
    return device.database.execute_sql("SELECT words FROM document_event").fetchall()


def page(device, state, number=1, cursor="c1", **more):
    change = DocumentChange(id=id_of(number), revision=1, kind="order", state=state, at=device.clock.now(), **more)
    return DocumentChanges(changes=(change,), cursor=cursor, more=False)


def test_a_confirmation_brings_the_erps_number(device, feed, delivered):
    feed.apply(page(device, "confirmed", external="SO-991"))
    assert device.database.execute_sql("SELECT state, external FROM document").fetchone() == ("confirmed", "SO-991")
    assert feed.cursor() == "c1"


def test_a_later_refusal_brings_its_words(device, feed, delivered):
    feed.apply(page(device, "refused", words="credit stop", field="customer"))
    assert device.database.execute_sql("SELECT state, words, field FROM document").fetchone() == (
        "refused",
        "credit stop",
        "customer",
    )


def test_documents_of_another_device_are_passed_over(device, feed):
    feed.apply(page(device, "confirmed", number=77))
    assert feed.cursor() == "c1"


@pytest.mark.parametrize("before", ["queued", "delivered", "refused"])
def test_what_became_of_other_content_under_this_ones_id_is_not_this_ones(device, feed, before):
    device.submit(1)
    if before != "queued":
        batch = device.outbox.waiting()
        device.outbox.begin(batch)
        device.outbox.deliver([receipt(batch[0])], SERVER)
    if before == "refused":
        feed.apply(page(device, "refused", words="other content"))
    feed.apply(page(device, "confirmed", external="SO-991", sha256="f" * 64))
    feed.apply(page(device, "confirmed", external="SO-991", sha256="f" * 64))
    assert device.state(1) == before
    assert [words for (words,) in lines_of(device)].count(ANOTHER) == 1
    assert device.database.execute_sql("SELECT external FROM document").fetchone() == ("",)


def test_what_became_of_the_very_same_content_counts(device, feed, delivered):
    (sha256,) = device.database.execute_sql("SELECT sha256 FROM document").fetchone()
    feed.apply(page(device, "confirmed", external="SO-991", sha256=sha256))
    assert device.state(1) == "confirmed"


def test_hearing_the_same_twice_leaves_one_line_of_history(device, feed, delivered):
    feed.apply(page(device, "confirmed"))
    feed.apply(page(device, "confirmed"))
    assert device.history(1).count("confirmed") == 1


@pytest.mark.parametrize("state", ["queued", "a state of the year 2031"])
def test_a_move_the_table_forbids_is_recorded_and_not_fatal(device, feed, delivered, state):
    feed.apply(page(device, state))
    assert device.state(1) == "delivered"
    words = device.database.execute_sql("SELECT words FROM document_event ORDER BY position DESC").fetchone()[0]
    assert state in words
    assert feed.cursor() == "c1"


@pytest.mark.parametrize("state", ["confirmed", "refused", "superseded", "cancelled"])
def test_a_company_that_was_set_back_does_not_set_the_reps_screen_back(device, feed, delivered, state):
    device.database.execute_sql("UPDATE document SET state = ?", (state,))
    before = len(device.history(1))
    feed.apply(page(device, "delivered"))
    assert device.state(1) == state
    assert len(device.history(1)) == before


@pytest.mark.parametrize(
    ("said", "more"), [("confirmed", {"external": "SO-991"}), ("refused", {"words": "credit stop"}), ("cancelled", {})]
)
@pytest.mark.parametrize("lost", [False, True])
def test_what_is_heard_before_the_receipt_counts_when_the_receipt_is_here(device, feed, said, more, lost):
    device.submit(1)
    batch = device.outbox.waiting()
    device.outbox.begin(batch)
    feed.apply(page(device, said, **more))
    assert device.state(1) == "sending"
    if lost:
        device.outbox.put_back(batch, "No answer came.")
        device.outbox.begin(batch)
    device.outbox.deliver([receipt(batch[0])], SERVER)
    external, words = device.database.execute_sql("SELECT external, words FROM document").fetchone()
    assert device.history(1)[-2:] == ["delivered", said]
    assert (external, words) == (more.get("external", ""), more.get("words", ""))


def test_states_and_cursor_come_together_or_not_at_all(device, feed, delivered):
    device.database.execute_sql("CREATE TRIGGER no BEFORE INSERT ON setting BEGIN SELECT raise(abort, 'no'); END")
    with pytest.raises(Exception, match="no"):
        feed.apply(page(device, "confirmed"))
    assert device.state(1) == "delivered"


def lines(device):
    rows = device.database.execute_sql("SELECT state, words FROM document_event ORDER BY position").fetchall()
    return [(state, words) for state, words in rows if words]


def test_what_became_of_a_mail_stands_in_the_history_once_and_changes_nothing_else(device, feed, delivered):
    mailed = "Confirmation mailed to grace@corner.example"
    for _ in range(2):
        feed.apply(page(device, "confirmed", mail=mailed))
    assert lines(device) == [("confirmed", mailed)]
    assert device.database.execute_sql("SELECT state, words FROM document").fetchone() == ("confirmed", "")


def test_each_word_about_the_mail_is_a_line_of_its_own(device, feed, delivered):
    words = ["Confirmation could not be mailed: 550 No such user.", "Confirmation mailed to al@corner.example"]
    for said in words:
        feed.apply(page(device, "confirmed", mail=said))
    assert lines(device) == [("confirmed", said) for said in words]
    assert device.state(1) == "confirmed"
