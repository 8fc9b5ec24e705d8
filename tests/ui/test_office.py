"""The office's screen by its keys: what it shows, and what comes of what a person decides."""

import pytest
from rich.cells import cell_len

from tests.support.documents_making import batch, code
from tests.support.office import OFFICE_PASSWORD, Watched, busy, morning
from tests.support.patience import until
from tests.support.ui import press
from wizterm.commands import Command
from wizterm.office import commands
from wizterm.office.words import hung
from wizterm.protocol.session import Refresh


@pytest.fixture
def shop(tmp_path):
    with morning(tmp_path) as shop:
        yield shop


@pytest.fixture
def day(shop):
    return busy(shop)


@pytest.fixture
def opened(shop):
    """The app at 120×40, and how its keys are pressed."""
    apps = []

    def opened(*, sign_in=False, size=(120, 40)):
        apps.append(Watched(shop, sign_in=sign_in))
        return apps[-1], apps[-1].run_test(size=size)

    yield opened
    for app in apps:
        app.close()


def deliver(shop):
    while shop.company.dispatcher.step():
        pass


def state_of(shop, name):
    (page,) = shop.office.archive.pages(shop.numbers[name])
    return page.line.state, page.deliveries[0].state


async def test_the_overview_counts_and_names_what_needs_somebody(day, opened):
    app, running = opened()
    async with running as pilot:
        shown = await press(app, pilot)
    assert "1 refused and 1 uncertain: F4 shows them" in shown
    assert "▲ 2 need you" in shown
    assert "Oldest under way" in shown


async def test_the_overview_hears_of_what_another_process_did(day, opened):
    app, running = opened()
    async with running as pilot:
        await press(app, pilot)
        day.office.deliveries.give_up(day.numbers["refused"], "No longer made.")
        app.screen._look_at_everything()
        shown = await press(app, pilot)
    assert "1 uncertain: F4" in shown
    assert "▲ 1 needs you" in shown


async def test_an_empty_company_says_what_to_do(opened):
    app, running = opened()
    async with running as pilot:
        assert "reps sign in at the server's address" in await press(app, pilot)
        assert "No document has come in yet." in await press(app, pilot, "f3")
        assert "No document matches." in await press(app, pilot, "x")
        assert "No delivery is under way or needs anybody" in await press(app, pilot, "f4")


async def test_documents_are_found_as_one_types_and_opened_whole(day, opened):
    app, running = opened()
    async with running as pilot:
        shown = await press(app, pilot, "f3", *"ost")
        assert day.numbers["uncertain"] in shown
        assert day.numbers["refused"] not in shown
        shown = await press(app, pilot, "enter")
        assert "total GBP 70.80" in shown
        assert "No answer within 60 s." in shown
        shown = await press(app, pilot, "escape", "escape")
        assert day.numbers["refused"] in shown


async def test_documents_of_one_state_are_shown_alone(day, opened):
    app, running = opened()
    async with running as pilot:
        shown = await press(app, pilot, "f3", *["f7"] * 4)
    assert day.numbers["confirmed"] in shown
    assert day.numbers["refused"] not in shown


async def test_a_booked_document_calls_until_somebody_has_seen_its_doubts(day, opened):
    day.session = day.server.refresh(Refresh(refresh_token=day.session.refresh_token))
    day.send("doubtful", number=day.numbers["confirmed"])
    while day.company.dispatcher.step():
        pass
    app, running = opened()
    async with running as pilot:
        shown = await press(app, pilot)
        assert "1 document doubted: F3, then F7" in shown
        assert "▲ 2 need you" in shown
        assert f"⚠  {day.numbers['confirmed']}" in shown
        assert " ERP-" in shown
        shown = await press(app, pilot, "f3", "f7")
        assert "only: ⚠ Doubted" in shown
        assert day.numbers["refused"] not in shown
        shown = await press(app, pilot, "enter", "d")
        assert "saw the doubts" in shown
        assert "Doubts, when it came: seen" in shown
        shown = await press(app, pilot, "escape", "f2")
        assert "doubted: F3" not in shown
        assert "⚠" not in shown
        assert "▲ 1 needs you" in shown


async def test_a_code_that_a_rep_found_is_shown_and_decided_about(day, opened):
    day.session = day.server.refresh(Refresh(refresh_token=day.session.refresh_token))
    said = {"submitted_at": day.clock.now(), "business_date": day.clock.today()}
    taken, declined = (code(day.session, f"0401234567890{n}", "22423", **said) for n in (1, 2))
    day.server.post_documents(day.session.access_token, batch(taken, declined))
    app, running = opened()
    async with running as pilot:
        assert "2 codes to decide about: F3, then F7" in await press(app, pilot)
        shown = await press(app, pilot, "f3", "f7", "f7", *taken.number)
        assert "04012345678901 on 22423" in shown
        assert "? To decide" in shown
        assert "accepted the code" in await press(app, pilot, "enter", "a")
        await press(app, pilot, "escape", "escape", *declined.number, "enter", "n")
        shown = await press(app, pilot, *"carton", "enter")
        assert "declined the code: carton" in shown
        shown = await press(app, pilot, "escape", "f2")
        assert "to decide about: F3" not in shown


async def test_a_refused_delivery_is_tried_again(day, opened):
    app, running = opened()
    async with running as pilot:
        await press(app, pilot, "f4", "r")
        assert app.said == [f"{day.numbers['refused']} is tried again at once."]
    deliver(day)
    assert state_of(day, "refused") == ("confirmed", "done")


async def test_an_unknown_item_is_mapped_and_goes_on(day, opened):
    app, running = opened()
    async with running as pilot:
        shown = await press(app, pilot, "f4", "m")
        assert "What the ERP calls our 22423" in shown
        await press(app, pilot, *"CAKE", "enter")
    deliver(day)
    sent = {each.number: each for each in day.erp.sent}
    assert sent[day.numbers["refused"]].items == {"22423": "CAKE"}
    assert state_of(day, "refused") == ("confirmed", "done")


async def test_an_item_the_order_does_not_have_is_refused_in_a_sentence(day, opened):
    app, running = opened()
    async with running as pilot:
        await press(app, pilot, "f3", *day.numbers["resting"])
        await press(app, pilot, "enter")
        await press(app, pilot, "m", *"x85123A = CAKE", "enter")
    assert "has no item or fee 'x85123A'. Did you mean 85123A?" in app.said[-1]


async def test_a_delivery_is_held_and_let_go(day, opened):
    app, running = opened()
    async with running as pilot:
        await press(app, pilot, "f4", "down", "h")
        assert [row.number for row in day.office.deliveries.all("held")] == [day.numbers["resting"]]
        assert "‖ Held" in await press(app, pilot)
        await press(app, pilot, "h")
    assert day.office.deliveries.all("held") == ()


async def test_giving_up_asks_why_and_tells_the_rep(day, opened):
    app, running = opened()
    async with running as pilot:
        await press(app, pilot, "f4", "down", "down", "g")
        await press(app, pilot, "escape")
        assert state_of(day, "uncertain") == ("delivered", "unknown")
        await press(app, pilot, "g", *"Not there.", "enter")
    assert state_of(day, "uncertain") == ("refused", "given-up")
    assert day.office.archive.pages(day.numbers["uncertain"])[0].line.words == "Not there."


async def test_nothing_is_given_up_without_a_reason(day, opened):
    app, running = opened()
    async with running as pilot:
        await press(app, pilot, "f4", "g", "enter")
    assert app.said == ["Give the reason: the rep reads it."]


async def test_a_delivery_is_looked_after_from_its_document_too(day, opened):
    app, running = opened()
    async with running as pilot:
        await press(app, pilot, "f4", "enter", "h")
        assert app.said == [f"{day.numbers['refused']} is refused already: nothing was changed."]
        await press(app, pilot, "r")
    assert state_of(day, "refused") == ("refused", "waiting")


async def test_what_is_through_offers_nothing_to_decide(day, opened):
    app, running = opened()
    async with running as pilot:
        shown = await press(app, pilot, "f3", *"SO-4711", "enter")
    assert "● Done" in shown
    assert "Give up" not in shown


@pytest.mark.parametrize(("page", "code"), [("f5", "device"), ("f6", "KIM")])
async def test_shutting_out_asks_first_and_can_be_taken_back(day, opened, page, code):
    app, running = opened()

    def shut_out():
        return [
            *(each.revoked for each in day.office.devices.all()),
            *(not rep.active for rep in day.office.reps.all()),
        ]

    async with running as pilot:
        await press(app, pilot, page, "x", "n")
        assert not any(shut_out())
        await press(app, pilot, "x", "y")
        assert any(shut_out())
        await press(app, pilot, "l")
    assert not any(shut_out())
    assert "is shut out." in app.said[0]


async def test_the_office_signs_in_by_name_and_password(day, opened):
    day.office.users.add("Ada", OFFICE_PASSWORD)
    app, running = opened(sign_in=True)
    async with running as pilot:
        shown = await press(app, pilot, *"ada", "enter", *"wrong", "enter")
        assert "Name or password is wrong." in shown
        assert "Documents" not in shown
        shown = await press(app, pilot, *OFFICE_PASSWORD, "enter")
        assert "Ada" in shown
        assert "Deliveries to the ERP" in shown


async def test_no_key_leads_past_the_sign_in(day, opened):
    app, running = opened(sign_in=True)
    async with running as pilot:
        for key in ("f2", "f3", "f4", "f5", "f6", "f8", "ctrl+p", "f1"):
            shown = await press(app, pilot, key)
            assert day.numbers["refused"] not in shown
            assert "Deliveries to the ERP" not in shown


async def test_escape_at_the_sign_in_closes_the_screen(day, opened):
    app, running = opened(sign_in=True)
    async with running as pilot:
        await press(app, pilot)
        await pilot.press("escape")
        assert app._exit


async def test_who_does_not_sign_in_in_time_is_let_go(day, opened, monkeypatch):
    monkeypatch.setattr("wizterm.office.sign_in.SIGN_IN_SECONDS", 0.01)
    app, running = opened(sign_in=True)
    async with running:
        await until(lambda: app._exit)


async def test_a_store_that_is_gone_is_said_in_a_sentence(day, opened, monkeypatch):
    from peewee import OperationalError

    def broken(*_):
        raise OperationalError("disk I/O error")

    app, running = opened()
    async with running as pilot:
        await press(app, pilot, "f6")
        monkeypatch.setattr(type(app.office.reps), "shut_out", broken)
        await press(app, pilot, "x", "y")
    assert app.said == ["The store cannot be used just now: disk I/O error. Nothing was changed; try again."]


async def test_a_store_that_cannot_be_read_is_said_once_and_shown_for_as_long_as_it_lasts(day, opened, monkeypatch):
    from peewee import OperationalError

    def broken(*_, **__):
        raise OperationalError("disk I/O error")

    app, running = opened()
    async with running as pilot:
        await press(app, pilot, "f4")
        with monkeypatch.context() as trouble:
            trouble.setattr(type(app.office.deliveries), "all", broken)
            for _ in range(3):
                app.screen._look_at_everything()
                shown = await press(app, pilot)
                assert "▲ Not up to date" in shown
        app.screen._look_at_everything()
        shown = await press(app, pilot)
        assert "Not up to date" not in shown
        assert day.numbers["refused"] in shown
    assert app.said == ["The store cannot be used just now: disk I/O error. Nothing was changed; try again."]


async def test_text_from_outside_reaches_no_terminal_as_anything_but_text(shop, opened):
    from wizterm.connectors.base import Refused

    shop.send("bad", answer=Refused("\x1b[2J[red]no[/red]"), note="\x1b]0;owned\x07")
    app, running = opened()
    async with running as pilot:
        for keys in (["f3"], ["enter"], ["f4"]):
            shown = await press(app, pilot, *keys)
            assert "\x1b" not in shown
            assert "[red]no[/red]" in shown


async def test_the_help_names_the_keys_of_the_office(day, opened):
    app, running = opened()
    async with running as pilot:
        shown = await press(app, pilot, "f4", "f1")
    assert "Try it again at once" in shown
    assert "Overview" in shown


@pytest.mark.parametrize("place", commands.PLACES)
def test_no_key_means_two_things_in_one_place(place):
    here: list[Command] = [each for each in commands.ALL if each.place in {"app", "office", "list", place}]
    if place in {"confirm", "office-sign-in"}:
        here = [each for each in commands.ALL if each.place == place]
    keys = [key for each in here for key in each.keys.split(",")]
    assert len(keys) == len(set(keys))


def test_a_name_that_does_not_fit_goes_on_below_where_it_began():
    assert hung("  22423  ", "Cake stand, three tiers", 21) == "  22423  Cake stand,\n         three tiers"
    assert hung("  22423  ", "", 21) == "  22423  "


def test_signs_of_two_columns_are_broken_by_the_columns_they_take():
    lines = hung("  株式  ", "会社テスト 商事株式会社", 20).split("\n")
    assert lines == ["  株式  会社テスト", "        商事株式会社"]
    assert max(map(cell_len, hung("  ", "株式会社 " * 20, 30).split("\n"))) <= 30


async def test_a_low_terminal_shows_the_newest_documents_that_enter_opens(day, opened):
    app, running = opened(size=(80, 24))
    async with running as pilot:
        shown = await press(app, pilot)
        assert "Latest changes" in shown
        assert day.numbers["refused"] in shown


async def test_a_decision_that_its_row_cuts_is_shown_whole(day, opened):
    reason = "We make it no more since the mould broke in autumn, and nobody has it in stock: offer the two-tier one."
    day.office.deliveries.give_up(day.numbers["refused"], reason)
    app, running = opened(size=(80, 24))
    async with running as pilot:
        shown = await press(app, pilot, "f8")
        assert "two-tier one" not in shown
        shown = await press(app, pilot, "enter")
        assert "two-tier" in shown
        assert "two-tier" not in await press(app, pilot, "escape")
