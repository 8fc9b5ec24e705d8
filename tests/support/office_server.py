"""`wizterm office --web` as a process, and what a browser's page is shown by it."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyte

from tests.support.browser import Browser
from tests.support.patience import HANG_GUARD

ROOT = Path(__file__).resolve().parents[2]
TAP = """
window.told = [];
window.WebSocket = class extends WebSocket {
  constructor(...where) {
    super(...where);
    this.binaryType = "arraybuffer";
    this.addEventListener("message", event => {
      if (event.data instanceof ArrayBuffer) window.told.push(btoa(String.fromCharCode(...new Uint8Array(event.data))));
    });
  }
};
"""
"""Keeps what the page is sent: the terminal in it paints a canvas, which has no text."""


@contextmanager
def office_server(folder: Path, *options: str, company: str = "Testers & Co") -> Iterator[str]:
    """Its address, while it runs; it ends as an operator ends it."""
    command = [sys.executable, "-m", "wizterm", "office", "--web", "--port", "0", "--folder", str(folder), *options]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1", "WIZTERM_SERVER_COMPANY": company},
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    assert "is served at" in line, line
    drained = threading.Thread(target=process.stdout.read)
    drained.start()
    try:
        yield line.rpartition(" ")[2].strip()
    finally:
        process.terminate()
        process.wait(HANG_GUARD)
        drained.join(HANG_GUARD)
        process.stdout.close()


class ScreenInBrowser:
    """The terminal in the page, read as a person reads it."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._width, self._height = 80, 24

    def text(self) -> str:
        told = self._browser.run("return window.told")
        screen = pyte.Screen(200, 60)
        stream = pyte.ByteStream(screen)
        for frame in told:
            stream.feed(base64.b64decode(frame))
        return "\n".join(line.rstrip() for line in screen.display)

    def wait_for(self, *words: str) -> str:
        """The screen, once all the words are on it."""
        until = time.monotonic() + HANG_GUARD
        while time.monotonic() < until:
            text = self.text()
            if all(word in text for word in words):
                return text
            time.sleep(0.1)
        raise AssertionError(f"expected {words} on the screen, got:\n{self.text()}")
