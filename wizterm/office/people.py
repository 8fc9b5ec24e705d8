"""Devices and reps: who works for the company, and on what; shut out and let in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from wizterm.bindings import bind
from wizterm.domain.quantity import counted
from wizterm.office import commands
from wizterm.office.listing import ListPage
from wizterm.office.page import house_of
from wizterm.office.password_sheets import NewPassword
from wizterm.office.words import age_of
from wizterm.screens.confirm import Confirm
from wizterm.server.device_list import DeviceLine
from wizterm.server.office import Office
from wizterm.server.reps import SHORTEST_PASSWORD, RepLine
from wizterm.widgets.rows import Column, Row


class DevicesPage(ListPage[DeviceLine]):
    COMMAND = commands.DEVICES
    COLUMNS = (
        Column("Code", 5),
        Column("Rep", 10),
        Column("Name", 10, grow=True),
        Column("State", 8),
        Column("Unsent", 6, align="right"),
        Column("Seen", 12, align="right"),
    )
    EMPTY = "No device has signed in yet."
    HELP = """
The machines that reps have signed in on; those seen last come first. **Unsent** is what a device said waits on it when
it called last.

`x` shuts out a machine that was lost, at once. What it has not sent stays on it: let it in again with `l`, or have its
rep write it to a file.
"""
    BINDINGS: ClassVar[list[BindingType]] = bind(commands.SHUT_OUT, commands.LET_IN, commands.LEAVE)

    def find(self, office: Office) -> Sequence[DeviceLine]:
        return office.devices.all()

    def row_of(self, item: DeviceLine) -> Row:
        state = "shut out" if item.revoked else ""
        unsent = "" if item.unsent is None else f"{item.unsent:,}"
        codes = item.code + "+" * bool(item.more_codes)
        cells = (codes, item.rep, item.name, state, unsent, age_of(item.seen_at, house_of(self).clock))
        return Row(item.id, cells, style="quiet" if item.revoked else "")

    def action_shut_out(self) -> None:
        """Ask first: what is unsent stays there."""
        if (device := self.current) is None:
            return
        words = f"{device.rep}, {device.name}.\nIts sign-in ends at once; what it has not sent stays on it."
        ask = Confirm(f"Shut out device {device.code}?", words=words, yes="shut out", no="leave it")
        self.app.push_screen(ask, lambda sure: self._shut_out(device) if sure else None)

    def action_let_in(self) -> None:
        if (device := self.current) is not None:
            said = self.Done(f"{device.code} may sign in again.")
            self.ask(lambda office: office.devices.let_in(device.id), lambda _: said)

    def _shut_out(self, device: DeviceLine) -> None:
        self.ask(lambda office: office.devices.revoke(device.id), lambda _: self.Done(f"{device.code} is shut out."))


class RepsPage(ListPage[RepLine]):
    COMMAND = commands.REPS
    COLUMNS = (
        Column("Code", 10),
        Column("Name", 12, grow=True),
        Column("Customers", 9, align="right"),
        Column("Devices", 7, align="right"),
        Column("Other lists", 11, grow=True),
        Column("State", 8),
    )
    EMPTY = "There is no rep yet: `wizterm admin reps add` sets one up."
    HELP = """
Who may sign in, with how many customers and devices, and the price lists they may give beyond their customers' own.
`x` ends every sign-in of a rep and lets them in no more, until `l` does. Documents that were taken stay. `p` gives a
new password, for the next sign-in with a network; devices that are signed in stay so.
"""
    BINDINGS: ClassVar[list[BindingType]] = bind(
        commands.SHUT_OUT, commands.LET_IN, commands.REP_PASSWORD, commands.LEAVE
    )

    def find(self, office: Office) -> Sequence[RepLine]:
        return office.reps.all()

    def row_of(self, item: RepLine) -> Row:
        state = "" if item.active else "shut out"
        cells = (item.code, item.name, f"{item.customers:,}", str(item.devices), ", ".join(item.lists), state)
        return Row(item.code, cells, style="" if item.active else "quiet")

    def action_shut_out(self) -> None:
        """Ask first: it ends what the rep is doing."""
        if (rep := self.current) is None:
            return
        whose = f"{rep.name}, with {counted(rep.devices, 'device')}."
        words = f"{whose}\nEvery sign-in ends at once; nothing that was sent is lost."
        ask = Confirm(f"Shut out {rep.code}?", words=words, yes="shut out", no="leave it")
        self.app.push_screen(ask, lambda sure: self._turn(rep, let_in=False) if sure else None)

    def action_let_in(self) -> None:
        if (rep := self.current) is not None:
            self._turn(rep, let_in=True)

    def action_password(self) -> None:
        if (rep := self.current) is None:
            return
        code = rep.code
        ask = NewPassword(
            f"A new password for {rep.name}",
            lambda office, password: office.reps.give_password(code, password),
            done=f"{code} has a new password.",
            least=SHORTEST_PASSWORD,
        )
        self.app.push_screen(ask, lambda words: self.say(words) if words is not None else None)

    def _turn(self, rep: RepLine, *, let_in: bool) -> None:
        said = self.Done(f"{rep.code} {'can sign in again' if let_in else 'is shut out'}.")
        self.ask(
            lambda office: office.reps.let_in(rep.code) if let_in else office.reps.shut_out(rep.code), lambda _: said
        )
