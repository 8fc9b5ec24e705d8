"""What the office looks up and turns: customers, price lists, sign-ins, devices, and the numbers of the whole."""

import pytest

from tests.support.documents_making import order
from tests.support.store_office import StoreOffice, decided_here
from wizterm.connectors.base import Refused
from wizterm.protocol.problem import ProblemError
from wizterm.server.customer_book import CustomerBook, CustomerError
from wizterm.server.device_list import DeviceList
from wizterm.server.overview import overview
from wizterm.server.price_list_book import PriceListError, PriceLists
from wizterm.server.session_list import SessionError, Sessions


@pytest.fixture
def book(house):
    return CustomerBook(house.company.store, decided_here(house.company.store))


@pytest.fixture
def sessions(house):
    return Sessions(house.company.store, decided_here(house.company.store), house.clock)


def test_customers_are_found_by_a_part_of_their_name_or_number(book):
    assert [each.number for each in book.find("shop")] == ["C1"]
    assert [each.number for each in book.find("c2")] == ["C2"]
    assert [each.number for each in book.find(rep="lee")] == ["C2"]
    assert book.find("%") == ()


def test_a_customer_can_be_given_to_another_rep_too_and_taken_back(house, book, kim):
    assert book.assign("C2", "kim").reps == ("KIM", "LEE")
    assert [each.number for each in book.find(rep="KIM")] == ["C1", "C2"]
    assert house.post(kim, order(kim, "C2"))[0].sequence
    assert book.unassign("C2", "KIM").reps == ("LEE",)
    assert [each.number for each in book.find(rep="KIM")] == ["C1"]


def test_assigning_twice_changes_nothing_and_says_so(book):
    with pytest.raises(CustomerError, match="is already with KIM"):
        book.assign("C1", "KIM")
    with pytest.raises(CustomerError, match="is not with LEE"):
        book.unassign("C1", "LEE")


@pytest.mark.parametrize(("number", "rep", "hint"), [("C11", "KIM", "mean C1"), ("C1", "KIN", "mean KIM")])
def test_unknown_customers_and_reps_are_answered_with_the_nearest(book, number, rep, hint):
    with pytest.raises(CustomerError, match=hint):
        book.assign(number, rep)


def test_a_customers_page_counts_what_they_ordered(house, book, kim):
    house.post(kim, order(kim, "C1"))
    page = book.page("C1")
    assert (page.line.name, page.documents, page.contracts) == ("Corner Shop", 1, 0)


def test_price_lists_say_how_much_hangs_on_them(house):
    trade = {line.id: line for line in PriceLists(house.company.store).all()}["TRADE"]
    assert (trade.currency, trade.default, trade.prices, trade.customers) == ("GBP", True, 3, 2)
    page = PriceLists(house.company.store).page("TRADE", most=2)
    assert [(each.sku, str(each.least), str(each.price)) for each in page.prices] == [
        ("MUG", "1", "4.5"),
        ("MUG", "12", "4"),
    ]


def test_a_rep_cannot_be_given_a_price_list_that_is_not_there(house):
    with pytest.raises(PriceListError, match=r"no price list 'TRAED'.*Did you mean TRADE"):
        house.office.rep("EVE", "TRAED")
    assert "EVE" not in [rep.code for rep in StoreOffice(house.company.store).reps.all()]


@pytest.mark.parametrize("whose", ["KIM", "device", "id"])
def test_a_revoked_sign_in_is_out_at_once_and_can_come_again(house, sessions, kim, whose):
    (line,) = sessions.all()
    sessions.revoke({"KIM": "KIM", "device": line.device.lower(), "id": line.id}[whose])
    assert sessions.all() == ()
    with pytest.raises(ProblemError):
        house.server.document_changes(kim.access_token, "")
    assert house.sign_in("KIM").rep == "KIM"


def test_no_sign_in_is_revoked_by_a_wrong_name(sessions, kim):
    with pytest.raises(SessionError, match="Did you mean KIM"):
        sessions.revoke("KIN")
    assert len(sessions.all()) == 1


def test_a_device_that_calls_is_seen_and_says_what_waits_on_it(house, kim):
    devices = DeviceList(house.company.store, decided_here(house.company.store))
    assert devices.all()[0].unsent is None
    house.clock.go_on(60)
    house.server.document_changes(kim.access_token, "", "", 3)
    (line,) = devices.all()
    assert (line.unsent, line.seen_at) == (3, house.clock.now())
    house.server.document_changes(kim.access_token, "")
    assert devices.all()[0].unsent == 3


def test_the_overview_counts_what_the_store_has(house, kim):
    house.erp.answers.append(Refused("on stop"))
    house.post(kim, order(kim, "C1"))
    house.deliver()
    house.clock.go_on(600)
    house.post(kim, order(kim, "C1"))
    house.server.document_changes(kim.access_token, "", "", 2)
    seen = overview(house.company.store)
    assert seen.documents == {"delivered": 1, "refused": 1}
    assert seen.deliveries == {"refused": 1, "waiting": 1}
    assert (seen.devices, seen.unsent, seen.reps) == (1, 2, 2)
    assert seen.oldest_unsettled == seen.last_taken == seen.last_seen == house.clock.now()


def test_an_empty_company_has_an_overview_too(tmp_path):
    from wizterm.server.store.opening import open_store

    store = open_store(tmp_path)
    seen = overview(store)
    store.close()
    assert (seen.documents, seen.oldest_unsettled, seen.last_seen, seen.unsent) == ({}, None, None, 0)
