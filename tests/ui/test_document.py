from dataclasses import replace

import pytest

from tests.support.ui import ShopApp, busy_week, press, screen_text
from wizterm.domain.document import DocumentId
from wizterm.protocol.changes import DocumentChange, DocumentChanges
from wizterm.screens.document import DocumentPage


@pytest.fixture
def week(folder):
    return busy_week(folder)


async def shown(folder, document, *keys):
    app = ShopApp(folder, lambda: DocumentPage(document))
    async with app.run_test(size=(120, 40)) as pilot:
        await app.settle(pilot)
        return await press(app, pilot, *keys)


async def test_an_order_shows_its_lines_and_what_they_come_to(folder, week):
    said = await shown(folder, week["refused"])
    assert "12923  The Paper Lantern" in said
    assert "ship: 14 Stonegate, York, YO1 8AS, UK · Amy Ross" in said
    assert "Regency cakestand" in said
    assert "262.80" in said
    assert "TOTAL GBP       290.70" in said


async def test_the_line_under_the_cursor_says_why_its_price_is_what_it_is(folder, week):
    assert "22423: price of the list retail" in await shown(folder, week["refused"])
    assert "47566: price of the list retail" in await shown(folder, week["refused"], "down")


async def test_a_refused_order_shows_the_companys_words_and_the_field(folder, week):
    said = await shown(folder, week["refused"])
    assert "▲ Needs attention" in said
    assert "The account is on stop: ask accounts." in said
    assert "At fault: customer" in said


async def test_the_history_has_every_state_with_its_age(folder, week):
    said = await shown(folder, week["confirmed"])
    ages = [line.split("│")[-2].strip() for line in said.splitlines() if " ago  " in line]
    assert ages == ["2 days ago  ○ Waiting", "2 days ago  ↑ Sending", "2 days ago  ✓ Sent", "2 days ago  ● Confirmed"]
    assert "● Confirmed  SO-4711" in said


async def test_what_became_of_the_mail_stands_in_the_history_and_its_state_is_not_said_again(folder, week):
    document = week["confirmed"]
    mailed = DocumentChange(
        id=document.id,
        revision=document.revision,
        kind="order",
        state="confirmed",
        at=folder.clock.now(),
        mail="Confirmation mailed.",
    )
    folder._feed.apply(DocumentChanges(changes=(mailed,), cursor="c", more=False))
    said = await shown(folder, document)
    assert "  Confirmation mailed." in said
    assert said.count("● Confirmed") == 2


async def test_a_customer_made_here_shows_what_was_typed(folder, week):
    said = await shown(folder, week["customer"])
    assert "Bergmann & Töchter" in said
    assert "as billing" in said
    assert "Net" not in said


async def test_a_document_of_a_newer_program_is_said_to_be_unreadable(folder, week):
    folder.bench.documents._database.execute_sql("UPDATE document SET body = '{}' WHERE id = ?", (week["waiting"].id,))
    assert "update WizTerm to see what it says" in await shown(folder, week["waiting"])


async def test_a_document_that_is_not_here_is_said_in_a_sentence(folder, week):
    app = ShopApp(folder, lambda: DocumentPage(DocumentId("nowhere")))
    async with app.run_test() as pilot:
        await app.settle(pilot)
    assert app.said == ["That document is not on this machine."]


async def test_what_becomes_of_it_shows_without_a_key(folder, week):
    app = ShopApp(folder, lambda: DocumentPage(week["waiting"]))
    async with app.run_test(size=(120, 40)) as pilot:
        await app.settle(pilot)
        assert "✓ Sent" not in screen_text(app)
        folder.deliver(week["waiting"])
        app.outlook = replace(app.outlook, sent=2)
        await app.settle(pilot)
        assert "✓ Sent" in screen_text(app)
