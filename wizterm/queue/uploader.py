"""The thread that sends: asleep until something is submitted, the network is back, or a rest is over."""

from __future__ import annotations

import threading

from wizterm.queue.sender import Sender


class Uploader:
    def __init__(self, sender: Sender) -> None:
        self._sender = sender
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._quiet = threading.Condition()
        self._asked = 0
        self._done = 0
        self._thread = threading.Thread(target=self._run, name="uploader", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def nudge(self) -> None:
        """Something may be sendable now. From any thread, at once."""
        with self._quiet:
            self._asked += 1
        self._wake.set()

    def send_and_wait(self, seconds: float) -> bool:
        """Nudge, and wait for the round that follows; False where it takes longer."""
        self.nudge()
        with self._quiet:
            mine = self._asked
            return self._quiet.wait_for(lambda: self._done >= mine or self._stopping.is_set(), seconds)

    def stop(self, seconds: float = 2.0) -> bool:
        """End after the answer at hand. False where it is still awaited: it goes again at the next start."""
        self._stopping.set()
        self._wake.set()
        with self._quiet:
            self._quiet.notify_all()
        if self._thread.is_alive():
            self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        rest: float | None = self._guarded_start()
        while not self._stopping.is_set():
            self._wake.wait(rest)
            self._wake.clear()
            rest = self._round()
        self._sender.close()

    def _guarded_start(self) -> float:
        try:
            self._sender.recover()
        except Exception:  # noqa: BLE001 - the edge of our thread: it must live to try again
            return self._sender.failed()
        return 0.0

    def _round(self) -> float | None:
        with self._quiet:
            answered = self._asked
        try:
            rest = self._sender.once(lambda: not self._stopping.is_set())
        except Exception:  # noqa: BLE001 - as above
            rest = self._sender.failed()
        with self._quiet:
            self._done = answered
            self._quiet.notify_all()
        return rest
