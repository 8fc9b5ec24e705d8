"""Whatever a rep does, in whatever order: real services and a real server, beside a model that fits on a page."""

import shutil
from contextlib import closing
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from tests.support.rep_device import InProcess
from tests.support.still_clock import StillClock
from tests.support.store_office import QUICK
from tests.torture.books import Promises, compare, documents
from tests.torture.erp import Erp
from tests.torture.simulation import template as made
from tests.torture.simulation.world import COMPANY
from tests.torture.size import SCALE, times
from wizterm.connectors.base import LEASE_SECONDS
from wizterm.db.device import FILE
from wizterm.domain.document import DocumentId, Kind
from wizterm.domain.ids import uuid7
from wizterm.protocol import bodies
from wizterm.protocol.faults import Unreachable, UnreachableError
from wizterm.server.company import open_company
from wizterm.server.store.sqlite import FILE_NAME
from wizterm.services.machine import Machine
from wizterm.services.one_round import OneRound

PRICES = {"MUG": Decimal("4.50"), "TRAY": Decimal(12), "HAT": Decimal(20)}
DEVICE = "kim"
STEPS = 25


@dataclass
class Expected:
    """All that is expected of documents: a few sets of ids."""

    cart: dict[str, int] = field(default_factory=dict)
    orders: dict[str, dict[str, int]] = field(default_factory=dict)
    """What was in the cart that became the order."""
    held: set[str] = field(default_factory=set)
    sent: set[str] = field(default_factory=set)
    """The company has it, whether or not that was heard."""
    withdrawn: set[str] = field(default_factory=set)
    cancelled: set[str] = field(default_factory=set)
    """By a document of its own."""

    @property
    def here(self) -> list[str]:
        return sorted(self.orders.keys() - self.sent - self.withdrawn)

    def send(self) -> None:
        self.sent |= set(self.here) - self.held


class _Deaf(InProcess):
    """The company takes documents, and its answers are lost."""

    def post_documents(self, *arguments: object) -> None:
        super().__getattr__("post_documents")(*arguments)
        raise UnreachableError("The line broke.", Unreachable.CUT_OFF)


class Rep(RuleBasedStateMachine):
    template: ClassVar[Path]
    count: ClassVar[object]
    """Told what the books say in the end."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = self.template.parent / "model"
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self.template, self.folder)
        self.clock, self.erp, self.expected, self.promises = StillClock(), Erp(), Expected(), Promises()
        self.company = open_company(
            self.folder / COMPANY, name="Testers & Co", connector=self.erp, clock=self.clock, passwords=QUICK
        )
        self.machine = Machine(self.folder / DEVICE, clock=self.clock, new_id=uuid7)

    @rule(sku=st.sampled_from(sorted(PRICES)), count=st.integers(1, 99))
    def add(self, sku, count):
        self.machine.bench.entry.add(sku, count)
        self.expected.cart[sku] = self.expected.cart.get(sku, 0) + count

    @precondition(lambda self: self.expected.cart)
    @rule(kind=st.sampled_from([Kind.ORDER, Kind.QUOTE]))
    def submit(self, kind):
        bench = self.machine.bench
        bench.entry.choose_customer("C1")
        frozen = bench.submission.submit(bench.entry.current().cart.id, kind)
        self.promises.saved(frozen.document.id, frozen.document.revision, frozen.body)
        self.expected.orders[frozen.document.id] = self.expected.cart
        self.expected.cart = {}

    @precondition(lambda self: self.expected.here)
    @rule(data=st.data())
    def hold_or_release(self, data):
        order = data.draw(st.sampled_from(self.expected.here))
        self.machine.bench.outgoing.hold_or_release(DocumentId(order))
        self.expected.held ^= {order}

    @precondition(lambda self: self._cancellable())
    @rule(data=st.data())
    def cancel(self, data):
        order = data.draw(st.sampled_from(self._cancellable()))
        self.machine.bench.taking_back.cancel(DocumentId(order))
        kept = self.expected.cancelled if order in self.expected.sent else self.expected.withdrawn
        kept.add(order)

    @rule()
    def sync(self):
        self._round(InProcess(lambda: self.company))
        self.expected.send()

    @rule()
    def sync_without_a_network(self):
        client = InProcess(lambda: self.company)
        client.down = True
        self._round(client)

    @rule()
    def sync_and_hear_no_answer(self):
        self._round(_Deaf(lambda: self.company))
        self.expected.send()

    @rule()
    def book(self):
        while self.company.dispatcher.step():
            pass

    @rule()
    def start_again(self):
        self.machine.close()
        self.machine = Machine(self.folder / DEVICE, clock=self.clock, new_id=uuid7)

    @invariant()
    def the_cart_is_what_was_added(self):
        lines = self.machine.bench.entry.current().cart.lines
        assert {line.sku: int(line.count) for line in lines} == self.expected.cart

    @invariant()
    def every_order_is_here_as_it_was_submitted(self):
        held = {name: each for (name, _), each in documents(self.folder / DEVICE / FILE).items()}
        for order, cart in self.expected.orders.items():
            body = bodies.decode("order", held[order].body.replace('"kind":"quote"', '"kind":"order"'))
            assert {line.sku: int(line.count) for line in body.lines} == cart
            assert body.total == sum(PRICES[sku] * count for sku, count in cart.items())
            assert (held[order].state == "cancelled") >= (order in self.expected.withdrawn)

    @invariant()
    def the_company_has_what_was_sent_and_nothing_else(self):
        there = {name for name, _ in documents(self.folder / COMPANY / FILE_NAME)}
        assert there & self.expected.orders.keys() == self.expected.sent

    def teardown(self):
        for order in [each for each in self.expected.here if each in self.expected.held]:
            self.machine.bench.outgoing.hold_or_release(DocumentId(order))
        for _ in range(3):
            self._round(InProcess(lambda: self.company))
            self.book()
        self._round(InProcess(lambda: self.company))
        self.machine.close()
        self.company.close()
        devices, server = [self.folder / DEVICE], self.folder / COMPANY
        harm = compare(self.promises, devices, server, self.erp.booked, quiet=True, heard=True)
        type(self).count(harm)
        assert not harm, str(harm)

    def _cancellable(self) -> list[str]:
        gone = self.expected.withdrawn | self.expected.cancelled
        return sorted(self.expected.orders.keys() - gone)

    def _round(self, client) -> None:
        """Later than anything rests."""
        self.clock.go_on(LEASE_SECONDS + 1)
        with closing(client):
            OneRound(self.machine, lambda: client, lambda _: None).run()


@pytest.mark.parametrize("part", range(2))
def test_real_services_and_a_model_agree_whatever_a_rep_does(layer, part):
    row = layer("model test")
    with made.folder_in_memory() as folder:
        Rep.template, Rep.count = made.make(folder / "template"), row.count
        run_state_machine_as_test(
            type(f"Rep{part}", (Rep,), {}),
            settings=settings(
                max_examples=times(6),
                stateful_step_count=STEPS,
                deadline=None,
                derandomize=SCALE <= 1,
                database=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
