"""A device and the server, over the same data: both make the same of every cart, and the server sees what is wrong."""

from contextlib import closing, contextmanager
from decimal import Decimal
from uuid import uuid4

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.outbox_device import FakeClock
from tests.support.scripted_erp import ScriptedErp
from tests.support.store_office import PASSWORD, QUICK, StoreOffice, decided_here
from tests.support.ui import Folder
from wizterm.db.device import set_setting
from wizterm.domain.document import Kind
from wizterm.domain.limits import RepLimits
from wizterm.protocol import bodies, replica
from wizterm.protocol.documents import Batch, Envelope, Taken, fingerprint
from wizterm.protocol.pins import new_pin
from wizterm.protocol.session import SignIn
from wizterm.server.approvals import Managers
from wizterm.server.archive import Archive
from wizterm.server.company import open_company
from wizterm.server.in_process import ServerProtocol
from wizterm.server.store.base import rows
from wizterm.server.store.mirror import MIRROR, columns
from wizterm.services.submission import CannotSubmitError

D = Decimal
PIN = "135790"
FILES = {
    "price_lists": "id,name,currency,falls_back_to_base,default\nTRADE,Trade,GBP,yes,yes\nTOKYO,Tokyo,JPY,no,no\n",
    "products": (
        "sku,name,family,counts_together,discountable,max_discount,floor_price,base_price,base_currency,tax_code\n"
        "HEART,Heart,,,,30,,2.95,GBP,full\n"
        "STAND,Stand,,,,,8.00,10.95,GBP,full\n"
        "FLAG,Flag,,,no,,,4.65,GBP,half\n"
        "RED,Red mug,MUG,yes,,,,5.123456,GBP,full\n"
        "BLUE,Blue mug,MUG,yes,,,,5.00,GBP,\n"
    ),
    "prices": (
        "price_list,sku,min_quantity,price,valid_from,valid_to\n"
        "TRADE,HEART,1,2.95,,\nTRADE,HEART,32,2.55,,\nTRADE,RED,10,4.50,,\nTRADE,BLUE,10,4.25,2026-01-01,2026-12-31\n"
        "TOKYO,HEART,1,433,,\nTOKYO,RED,1,711.5,,\n"
    ),
    "tax_rates": "code,rate,country,inclusive,on_sum\nfull,20,,no,yes\nhalf,5,GB,no,no\n",
    "promotions": (
        "promotion,name,percent,amount,skus,families,threshold,combined,cap,adds_up\n"
        "MUGS,Mugs,10,,,MUG,12,yes,7.50,\nALL,Everything,1.5,,,,,,,yes\nSTAND,Stands,,0.75,STAND,,6,,,\n"
    ),
    "customers": (
        "number,name,price_list,rep,shipping_country\nC1,Corner Shop,TRADE,KIM,GB\nC2,Kissaten,TOKYO,KIM,JP\n"
    ),
    "contracts": "customer,sku,min_quantity,price,currency\nC1,HEART,50,2.1,GBP\n",
}


class World:
    def __init__(self, company, office, folder, session):
        self.company, self.office, self.folder, self.session = company, office, folder, session

    @property
    def bench(self):
        return self.folder.bench

    def submit(self, kind=Kind.ORDER):
        return self.bench.submission.submit(self.bench.entry.current().cart.id, kind)

    def send(self, body):
        """Its doubts, where it is taken."""
        envelope = Envelope(
            id=body.id,
            revision=body.revision,
            kind=body.kind,
            sha256=fingerprint(text := bodies.encode(body)),
            body=text,
        )
        server = ServerProtocol(self.company)
        (answer,) = server.post_documents(self.session.access_token, Batch(documents=(envelope,))).answers
        assert isinstance(answer, Taken)
        (page,) = Archive(self.company.store).pages(body.id)
        return {doubt.code for doubt in page.doubts}


def mirrored(company):
    """Every replicated table as the server has it."""
    with company.store.reading():
        return {
            table.name: rows(MIRROR[table.name].select(*columns(table)).where(~MIRROR[table.name].deleted))
            for table in replica.TABLES
        }


@contextmanager
def opened(path, files=FILES, **limits):
    limits = RepLimits(**{"may_type_prices": True, "may_switch_lists": True, "may_credit": True} | limits)
    clock = FakeClock()
    company = open_company(path / "server", name="T", connector=ScriptedErp(), clock=clock, passwords=QUICK)
    with closing(company):
        office = StoreOffice(company.store, clock)
        office.reps.add("KIM", "Kim Berg", PASSWORD, limits=limits)
        Managers(company.store, decided_here(company.store)).add(
            "BOSS", "Bo Strand", new_pin(PIN, time_cost=1, memory_kib=8), D(40)
        )
        office.load(**files)
        folder = Folder(path / "device", tables=mirrored(company))
        session = ServerProtocol(company).sign_in(SignIn(rep="KIM", password=PASSWORD, device=str(uuid4())))
        set_setting(folder._database, "installation", session.installation)
        with closing(folder):
            yield World(company, office, folder, session)


@pytest.fixture
def world(tmp_path):
    with opened(tmp_path, most_line_discount=D(10)) as world:
        yield world


actions = st.lists(
    st.tuples(
        st.sampled_from(["HEART", "STAND", "FLAG", "RED", "BLUE"]),
        st.integers(1, 12) | st.integers(1, 80) | st.integers(-40, -1),
        st.sampled_from(["", "percent", "amount", "price"]),
        st.integers(1, 9),
    ),
    min_size=1,
    max_size=7,
)
cart_actions = st.lists(st.tuples(st.sampled_from(["percent", "amount"]), st.integers(1, 5)), max_size=2)


def build(bench, customer, lines, whole):
    bench.entry.begin(customer)
    sold = {"C2": {"HEART", "RED"}}.get(customer, {"HEART", "STAND", "FLAG", "RED", "BLUE"})
    for sku, count, what, value in [each for each in lines if each[0] in sold] or [("HEART", 5, "", 1)]:
        line = bench.entry.add(sku, D(count)).touched
        if (what and sku != "FLAG") and (count > 0 or what == "price"):
            getattr(bench.discounting, f"line_{what}")(line, str(value))
    for what, value in whole:
        getattr(bench.discounting, f"cart_{what}")(str(value))
    while over := bench.entry.current().over:  # credited dearer than it is bought beside it
        bench.entry.remove(over[0].line)
    return bench.entry.current()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(customer=st.sampled_from(["C1", "C2"]), lines=actions, whole=cart_actions)
def test_device_and_server_agree_on_every_cart(agreeing, customer, lines, whole):
    view = build(agreeing.bench, customer, lines, whole)
    body = bodies.decode("order", agreeing.submit().body)
    assert (body.total, len(body.taxes)) == (view.totals.total, len(view.totals.taxes))
    assert agreeing.send(body) == set()


@pytest.fixture(scope="module")
def agreeing(tmp_path_factory):
    """One company for all examples, whose products set no limits."""
    free = {"products": FILES["products"].replace(",30,", ",,").replace(",8.00,", ",,")}
    with opened(tmp_path_factory.mktemp("agreeing"), FILES | free) as world:
        yield world


def over_the_limit(world):
    """An order of the device with a discount that a manager allowed by PIN."""
    world.bench.entry.begin("C1")
    line = world.bench.entry.add("HEART", D(100)).touched
    world.bench.discounting.line_percent(line, "15")
    world.bench.approving.approve("BOSS", PIN)
    return bodies.decode("order", world.submit().body)


def test_an_approval_by_pin_is_checked_again_and_found_genuine(world):
    assert world.send(over_the_limit(world)) == set()


def test_a_code_read_over_the_telephone_is_checked_by_both(world):
    world.bench.entry.begin("C1")
    line = world.bench.entry.add("HEART", D(100)).touched
    world.bench.discounting.line_percent(line, "15")
    wanted = world.bench.approving.wanted()
    code = Managers(world.company.store, decided_here(world.company.store)).code(
        wanted.request, "KIM", wanted.percent, "BOSS"
    )
    world.bench.approving.approve("BOSS", code)
    assert world.send(bodies.decode("order", world.submit().body)) == set()


@pytest.mark.parametrize("change", [{"mac": "0" * 32}, {"percent": D(35)}, {"approver": "NOBODY"}, {"how": "code"}])
def test_an_approval_nobody_gave_is_taken_and_flagged(world, change):
    body = over_the_limit(world)
    forged = msgspec.structs.replace(body.approvals[0], **change)
    assert world.send(msgspec.structs.replace(body, approvals=(forged,))) == {"approval", "over_limit"}


def test_an_approval_of_another_document_is_flagged(world):
    body = over_the_limit(world)
    assert world.send(msgspec.structs.replace(body, id=str(uuid4()))) == {"approval", "over_limit"}


def test_an_approval_that_was_cut_out_leaves_the_limit_passed(world):
    assert world.send(msgspec.structs.replace(over_the_limit(world), approvals=())) == {"over_limit"}


@pytest.mark.parametrize(
    ("kind", "row", "doubt"),
    [
        ("prices", "price_list,sku,min_quantity,price\nTRADE,STAND,1,11.00\n", "price"),
        ("tax_rates", "code,rate\nfull,25\n", "tax"),
        ("promotions", "promotion,name,percent,adds_up\nNEW,New,5,yes\n", "promotion tax"),
    ],
)
def test_what_changed_since_at_the_office_is_flagged_and_nothing_is_priced_anew(world, kind, row, doubt):
    world.bench.entry.begin("C1")
    world.bench.entry.add("STAND", D(3))
    body = bodies.decode("order", world.submit().body)
    world.office.load(**{kind: row})
    assert world.send(body) == set(doubt.split())


def test_what_is_credited_dearer_than_it_is_sold_beside_it_is_barred_here_and_flagged_there(world):
    world.bench.entry.begin("C1")
    world.bench.entry.add("HEART", D(100))
    world.bench.entry.add("HEART", D(-30))
    with pytest.raises(CannotSubmitError, match=r"30 go back for 88\.50, and this order sells"):
        world.submit()
    world.bench.approving.approve("BOSS", PIN)
    body = bodies.decode("order", world.submit().body)
    assert world.send(body) == set()
    assert world.send(msgspec.structs.replace(body, id=str(uuid4()), approvals=())) >= {"over_limit"}


def with_a_credit(world):
    world.bench.entry.begin("C1")
    world.bench.entry.add("HEART", D(100))
    world.bench.entry.add("STAND", D(-3))
    return bodies.decode("order", world.submit().body)


def test_goods_that_go_back_are_no_doubt_where_the_rep_may_take_them(world):
    body = with_a_credit(world)
    assert [line.quantity for line in body.lines] == [100, -3]
    assert body.lines[1].net == D("-32.85")
    assert world.send(body) == set()


def test_goods_that_go_back_with_a_rep_who_may_not_take_them_are_flagged(world):
    body = with_a_credit(world)
    world.office.reps.add("KIM", "Kim Berg", PASSWORD, limits=RepLimits(may_type_prices=True))
    assert world.send(body) == {"goods_back"}
