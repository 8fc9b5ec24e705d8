"""Scanning without a screen: codes come one by one, and some are commands."""

from __future__ import annotations

from dataclasses import replace

from wizterm.domain.scan_commands import Order, ScanCommand
from wizterm.domain.scanned import ScannedDocument
from wizterm.services.scan_result import ONE_MORE, ScanResult, Tone, Wish
from wizterm.services.workbench import Workbench


class Till:
    """Counts codes, and obeys those that are commands as far as that goes without a screen."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        self._wish = ONE_MORE

    def take(self, code: str) -> ScanResult:
        result = self._bench.scans.take(code, self._wish)
        self._wish = ONE_MORE
        if isinstance(result.meaning, ScanCommand):
            return self._obeyed(result, result.meaning)
        return _not_here(result) if isinstance(result.meaning, ScannedDocument) else result

    def _obeyed(self, result: ScanResult, command: ScanCommand) -> ScanResult:
        match command.order:
            case Order.TIMES:
                self._wish = Wish(ONE_MORE.times * command.times)
            case Order.NEW_CART:
                return replace(result, view=self._bench.entry.begin())
            case Order.SUBMIT | Order.SCAN_MODE | Order.LOOK_UP:
                return _not_here(result)
        return result


def _not_here(result: ScanResult) -> ScanResult:
    return replace(result, tone=Tone.MISSED, words="Only the terminal does this: open it, and scan it there.")
