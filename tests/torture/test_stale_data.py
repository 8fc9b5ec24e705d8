"""What the office changes between an order and its arrival: it is taken as it was agreed, and the office is told."""

import json

import pytest

from tests.support.rep_device import FILES
from tests.torture.books import query
from tests.torture.layer import Harm
from tests.torture.shop import opened

ROW = "stale data"
HEAD = "number,name,price_list,rep\n"


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    with opened(tmp_path_factory.mktemp("shop")) as shop:
        yield shop


@pytest.fixture(scope="module")
def kim(shop):
    return shop.device("kim")


@pytest.fixture
def device(shop, kim):
    """In sync with what the office has told at first."""
    lists = FILES["price_lists"] + "OTHER,Other,GBP,no\n"
    nothing = {
        "tax_rates": "code,rate,country\n",
        "promotions": "promotion,name,percent\n",
        "contracts": "customer,sku,price,currency\n",
    }
    shop.office.load(replace=True, **FILES | {"price_lists": lists} | nothing)
    kim.sync()
    return kim


def load(**kinds):
    return lambda shop: shop.office.load(**kinds)


def anew(**kinds):
    return lambda shop: shop.office.load(replace=True, **kinds)


CHANGES = {
    # what the office does, and the word of the doubt that it raises; a change of none of what was agreed raises none
    "a price rose": (load(prices="price_list,sku,price\nTRADE,MUG,9.5\n"), "price"),
    "a price fell": (load(prices="price_list,sku,price\nTRADE,MUG,1.5\n"), "price"),
    "a price ended": (load(prices="price_list,sku,price,valid_to\nTRADE,MUG,4.5,2020-01-01\n"), "price"),
    "a break was added": (load(prices="price_list,sku,min_quantity,price\nTRADE,MUG,2,3.5\n"), "price"),
    "the price is no more": (anew(prices="price_list,sku,price\nOTHER,MUG,4.5\n"), "price"),
    "the product has another name": (load(products="sku,name\nMUG,Cup\n"), ""),
    "the product is discontinued": (load(products="sku,name,discontinued\nMUG,Mug,yes\n"), ""),
    "the product is no more": (anew(products="sku,name\nTRAY,Tray\n"), "item"),
    "the least quantity rose": (load(products="sku,name,moq\nMUG,Mug,50\n"), ""),
    "the customer has another list": (load(customers=HEAD + "C1,Corner Shop,OTHER,KIM\n"), ""),
    "the customer has another name": (load(customers=HEAD + "C1,The Corner,TRADE,KIM\n"), ""),
    "the customer is another rep's": (load(customers=HEAD + "C1,Corner Shop,TRADE,LEE\n"), "rep"),
    "the customer is no more": (anew(customers=HEAD + "C2,Market Hall,TRADE,LEE\n"), "moved"),
    "the customer is over the limit": (
        load(customers="number,name,price_list,rep,credit_limit\nC1,Corner Shop,TRADE,KIM,1\n"),
        "credit_limit",
    ),
    "the customer must order more": (
        load(customers="number,name,price_list,rep,order_minimum\nC1,Corner Shop,TRADE,KIM,500\n"),
        "",
    ),
    "the tax rose": (load(tax_rates="code,rate,country\nS,25,GB\n"), ""),
    "a promotion began": (load(promotions="promotion,name,percent,skus\nP1,Spring,50,MUG\n"), "promotion"),
    "a contract was made": (load(contracts="customer,sku,price,currency\nC1,MUG,2.5,GBP\n"), "price"),
}


def doubts(shop, document):
    file = shop.folder / "server" / "server.db"
    ((flags,),) = query(file, f"SELECT flags FROM documents WHERE id = '{document.id}'") or [("[]",)]
    return json.loads(flags)


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_agreed_stays_agreed(shop, device, layer, change):
    row = layer(ROW)
    (document,) = shop.order(device)
    do, doubt = CHANGES[change]
    do(shop)
    report = device.sync()
    shop.deliver()
    device.sync()
    found = doubts(shop, document)
    harm = shop.harm(quiet=True)
    if not report.sent:
        harm += Harm(lost=(f"it was not taken: {report.words}",))
    if bool(doubt) != bool(found):
        harm += Harm(half=(f"doubts: {found}",))
    row.count(harm, change)
