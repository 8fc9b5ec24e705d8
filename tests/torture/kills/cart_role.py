"""A rep who works with carts until the machine is switched off: by chance, through the shipped services."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from random import Random

from wizterm.domain.cart import Cart
from wizterm.domain.clock import SystemClock
from wizterm.domain.document import Kind
from wizterm.domain.ids import uuid7
from wizterm.protocol.faults import UnreachableError
from wizterm.protocol.problem import ProblemError
from wizterm.services.cart_summary import Where
from wizterm.services.machine import Machine
from wizterm.services.one_round import OneRound
from wizterm.services.order_entry import EntryError
from wizterm.sync.client import HttpClient

MOST_OPEN = 4
"""Carts; a rep with more submits one first."""


def work_with_carts(folder: Path, address: str, seed: str, say: Callable[..., None]) -> None:
    """Tells each cart before it is changed, and what stands in it once the change was shown."""
    machine = Machine(folder, clock=SystemClock(), new_id=uuid7)
    rep = _Rep(machine, address, seed, say)
    say("began", os.getpid())
    while True:
        rep.act()
        say("at")


class _Rep:
    def __init__(self, machine: Machine, address: str, seed: str, say: Callable[..., None]) -> None:
        self._machine = machine
        self._bench = machine.bench
        self._address = address
        self._seed = seed
        self._say = say
        self._chance = Random(seed)
        self._numbers = count(1)

    def act(self) -> None:
        carts = [each.cart for each in self._bench.shelf.all() if each.lines]
        does = self._chance.choice([self._edit, self._edit, self._hand_over, self._submit, self._put_aside])
        if self._chance.random() < 0.4:
            self._take()
        elif self._chance.random() < 0.1:
            self._sync()
        elif len(carts) < MOST_OPEN and self._chance.random() < 0.5:
            self._fill()
        elif carts:
            does(self._chance.choice(carts))

    def _fill(self) -> None:
        mark = f"[cart-{self._seed}-{next(self._numbers)}]"
        self._say("mark", mark)
        entry = self._bench.entry
        entry.begin("C1")
        entry.change(lambda cart: replace(cart, note=mark))
        entry.add("MUG", self._chance.randint(1, 9))
        self._kept(entry.current().cart)

    def _edit(self, cart: str) -> None:
        """A line more, perhaps taken back, perhaps done again; and on to the next cart."""
        before = self._bench.entry.open(cart).cart
        self._say("changing", before.note)
        self._bench.entry.add("MUG", 1)
        for step in (self._bench.steps.undo, self._bench.steps.redo):
            if self._chance.random() < 0.5:
                break
            step()
        self._kept(self._bench.entry.cart())
        self._bench.entry.switch(1)

    def _put_aside(self, cart: str) -> None:
        self._bench.shelf.hold_or_reopen(cart)

    def _submit(self, cart: str) -> None:
        self._bench.submission.submit(cart, Kind.ORDER)

    def _hand_over(self, cart: str) -> None:
        self._bench.handover.hand_over(cart)
        self._sync()

    def _take(self) -> None:
        there = [each for each in self._bench.handover.all() if each.where is Where.SERVER]
        if there:
            try:
                self._bench.handover.take(self._chance.choice(there).id)
            except EntryError:  # another machine was quicker
                return
            self._sync()

    def _sync(self) -> None:
        try:
            OneRound(self._machine, lambda: HttpClient(self._address), lambda _: None).run()
        except (ProblemError, UnreachableError):
            return  # the server was killed meanwhile
        self._bench.handover.unpack()

    def _kept(self, cart: Cart) -> None:
        self._say("kept", cart.note, *(f"{line.sku}:{line.count}" for line in cart.lines))
