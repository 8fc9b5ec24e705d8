from dataclasses import replace
from datetime import timedelta

import pytest

from tests.support.ui import ShopApp, busy_week, press, screen_text
from wizterm.domain.document import State
from wizterm.screens.queue import QueuePage
from wizterm.services.outlook import Mood


@pytest.fixture
async def page(folder):
    busy_week(folder)
    app = ShopApp(folder, QueuePage)
    async with app.run_test(size=(120, 40)) as pilot:
        await app.settle(pilot)
        yield app, pilot


async def test_the_tabs_count_and_what_needs_a_person_comes_first(page):
    app, _ = page
    assert "Waiting 4   Sending 0   Sent 1   Confirmed 1   [Needs attention 1]" in screen_text(app)
    assert "The account is on stop: ask accounts." in screen_text(app)


async def test_a_queue_without_trouble_opens_at_what_waits(folder):
    folder.order(1)
    app = ShopApp(folder, QueuePage)
    async with app.run_test() as pilot:
        await app.settle(pilot)
        assert "[Waiting 1]" in screen_text(app)


async def test_left_and_right_go_round_the_lists(page):
    app, pilot = page
    assert "[Waiting 4]" in await press(app, pilot, "right")
    assert "[Sending 0]" in await press(app, pilot, "right")
    assert "[Needs attention 1]" in await press(app, pilot, "left", "left")


async def test_an_empty_list_says_what_that_means(page):
    app, pilot = page
    assert "Nothing is on its way just now." in await press(app, pilot, "right", "right")


async def test_the_detail_follows_the_cursor(page):
    app, pilot = page
    assert "KIM-7F-0007  ‖ Held" in await press(app, pilot, "right")
    assert "KIM-7F-0006  ○ Waiting" in await press(app, pilot, "down")


async def test_what_waits_says_what_it_waits_for(page):
    app, pilot = page
    assert "Held back: h in the queue releases it." in await press(app, pilot, "right")
    assert "It is sent automatically, in its turn." in await press(app, pilot, "down")
    app.outlook = replace(app.outlook, mood=Mood.OFFLINE, words="No network")
    await app.settle(pilot)
    assert "No network: it is safe on this machine" in screen_text(app)


async def test_what_rests_says_when_it_is_tried_again_and_why(folder):
    resting = folder.order(1)
    folder.fail(resting, "The server is in trouble with it.", timedelta(minutes=5))
    app = ShopApp(folder, QueuePage)
    async with app.run_test(size=(120, 40)) as pilot:
        await app.settle(pilot)
        said = screen_text(app)
    assert "is tried again in 5 min" in said
    assert "Last time: The server is in trouble" in said
    assert "Tried 1×" in said


async def test_an_order_for_a_new_customer_says_what_it_goes_after(folder):
    customer = folder.new_customer("Lune")
    folder.bench.entry.add("47566", None)
    folder.bench.entry.choose_customer(customer.id)
    folder.bench.submission.submit(folder.bench.entry.current().cart.id, "order")
    app = ShopApp(folder, QueuePage)
    async with app.run_test(size=(120, 40)) as pilot:
        await app.settle(pilot)
        assert "It goes after KIM-7F-0001" in screen_text(app)


async def test_h_holds_what_waits_and_lets_it_go_again(page):
    app, pilot = page
    await press(app, pilot, "right", "h")
    assert app.said == ["Released: it is sent with the others."]
    assert "KIM-7F-0007  ○ Waiting" in screen_text(app)
    assert app.syncing.asked == ["submitted"]
    assert "KIM-7F-0007  ‖ Held" in await press(app, pilot, "h")


async def test_what_the_company_has_cannot_be_held(page):
    app, pilot = page
    await press(app, pilot, "h")
    assert "Only what waits can be held" in app.said[-1]


async def test_r_tries_now(page):
    app, pilot = page
    await press(app, pilot, "r")
    assert app.syncing.asked == ["now"]


async def test_r_makes_no_call_in_offline_mode(page):
    app, pilot = page
    app.folder.bench.preferences.turn_offline()
    await press(app, pilot, "r")
    assert "Offline Mode is on" in app.said[-1]
    assert app.syncing.asked == []


async def test_enter_opens_the_document(page):
    app, pilot = page
    assert "What it says" in await press(app, pilot, "enter")


async def test_the_counts_follow_the_outlook(page):
    app, pilot = page
    sent = app.folder.bench.documents.page(states=frozenset({State.QUEUED}))[1].document
    app.folder.deliver(sent)
    app.outlook = replace(app.outlook, sent=2)
    await app.settle(pilot)
    assert "Waiting 3   Sending 0   Sent 2" in screen_text(app)


async def test_what_failed_for_a_day_needs_a_person_and_says_that_it_is_still_tried(folder):
    failing = folder.order(1)
    folder.fail_for_a_day(failing, "The server is in trouble with it.", keep_back=False)
    app = ShopApp(folder, QueuePage)
    async with app.run_test(size=(120, 40)) as pilot:
        await app.settle(pilot)
        said = screen_text(app)
    assert "[Needs attention 1]" in said
    assert "Waiting 1" in said
    assert "▲ Waiting, in trouble" in said
    assert "It has failed for a day: tell the" in said


async def test_what_was_forbidden_for_a_day_is_kept_back_until_h_lets_it_go(folder):
    failing = folder.order(1)
    folder.fail_for_a_day(failing, "The server does not let this rep send it.", keep_back=True)
    app = ShopApp(folder, QueuePage)
    async with app.run_test(size=(120, 40)) as pilot:
        await app.settle(pilot)
        assert "▲ Kept back" in screen_text(app)
        assert "It has failed for a day, so it is" in screen_text(app)
        assert "Needs attention 0" in await press(app, pilot, "h")
    assert app.said == ["Released: it is sent with the others."]


async def test_v_brings_a_refused_order_back_into_the_cart(page):
    app, pilot = page
    assert "v Edit and resend" in screen_text(app)
    await press(app, pilot, "v")
    view = app.folder.bench.entry.current()
    assert (view.cart.revision, [line.sku for line in view.cart.lines]) == (2, ["22423", "47566"])


async def test_c_copies_what_waits_into_a_new_cart(page):
    app, pilot = page
    await press(app, pilot, "right", "down", "c")
    view = app.folder.bench.entry.current()
    assert (view.cart.revision, [line.sku for line in view.cart.lines]) == (1, ["85123A", "22423"])


async def test_what_cannot_be_done_with_a_document_is_not_offered(page):
    app, pilot = page
    shown = await press(app, pilot, "right", "down")
    assert "v Edit and resend" not in shown
    assert "c Copy to cart" in shown
    shown = await press(app, pilot, "down")
    assert "Bergmann" in shown
    assert "c Copy to cart" not in shown


async def test_x_takes_back_what_waits_once_it_is_confirmed(page):
    app, pilot = page
    await press(app, pilot, "right", "down", "x")
    assert "[Waiting 3]" in await press(app, pilot, "y")
