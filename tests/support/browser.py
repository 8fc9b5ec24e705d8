"""A headless Chromium, driven as its own driver speaks: WebDriver over HTTP."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import requests

from tests.support.patience import HANG_GUARD
from tests.support.ports import free_port

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
WHY_NOT = "" if CHROMIUM and DRIVER else "needs chromium and chromedriver (Debian: chromium, chromium-driver)"
ARGUMENTS = (
    "--headless=new",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--window-size=1100,760",
)
_SPECIAL = {"enter": "\ue007", "escape": "\ue00c", "tab": "\ue004", "f3": "\ue033", "f4": "\ue034", "f7": "\ue037"}


class Browser:
    def __init__(self, address: str, profile: Path) -> None:
        as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        options = {"binary": CHROMIUM, "args": [*ARGUMENTS, *as_root, f"--user-data-dir={profile}"]}
        wanted = {"browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": {"performance": "ALL"}}
        self._http = requests.Session()
        self._address = address
        made = self._call("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
        self._session = f"/session/{made['sessionId']}"

    def open(self, url: str) -> None:
        self._call("POST", f"{self._session}/url", {"url": url})

    def before_each_page(self, script: str) -> None:
        """Run the script before a page's own."""
        command = {"cmd": "Page.addScriptToEvaluateOnNewDocument", "params": {"source": script}}
        self._call("POST", f"{self._session}/goog/cdp/execute", command)

    def run(self, script: str, *arguments: Any) -> Any:
        """What a function's body returns."""
        return self._call("POST", f"{self._session}/execute/sync", {"script": script, "args": list(arguments)})

    def run_until_told(self, script: str, *arguments: Any) -> Any:
        """What a function's body tells its last argument, a callback."""
        return self._call("POST", f"{self._session}/execute/async", {"script": script, "args": list(arguments)})

    def type(self, *keys: str) -> None:
        """Letters, and names such as enter, one after the other."""
        strokes = [{"type": kind, "value": _SPECIAL.get(key, key)} for key in keys for kind in ("keyDown", "keyUp")]
        self._call("POST", f"{self._session}/actions", {"actions": [{"type": "key", "id": "keys", "actions": strokes}]})

    def picture(self) -> bytes:
        return base64.b64decode(self._call("GET", f"{self._session}/screenshot"))

    def asked_for(self) -> list[str]:
        """Addresses that the browser asked for, since this was called last."""
        entries = self._call("POST", f"{self._session}/se/log", {"type": "performance"})
        messages = [json.loads(entry["message"])["message"] for entry in entries]
        sent = [each["params"] for each in messages if each["method"] == "Network.requestWillBeSent"]
        return [each["request"]["url"] for each in sent]

    def close(self) -> None:
        with contextlib.suppress(requests.RequestException):
            self._call("DELETE", self._session)
        self._http.close()

    def _call(self, method: str, path: str, body: Any = None) -> Any:
        answer = self._http.request(method, self._address + path, json=body, timeout=HANG_GUARD)
        value = answer.json()["value"]
        if not answer.ok:
            raise AssertionError(f"{value['error']}: {value['message']}")
        return value


@contextlib.contextmanager
def browser(folder: Path) -> Iterator[Browser]:
    """Open until the block ends; its driver goes with it."""
    port = free_port()
    driver = subprocess.Popen(
        [str(DRIVER), f"--port={port}", "--allowed-ips="],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(address, driver)
        opened = Browser(address, folder / "profile")
        try:
            yield opened
        finally:
            opened.close()
    finally:
        driver.terminate()
        driver.wait(HANG_GUARD)


def _wait_for(address: str, driver: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + HANG_GUARD
    while time.monotonic() < until and driver.poll() is None:
        with contextlib.suppress(requests.RequestException):
            if requests.get(f"{address}/status", timeout=5).json()["value"]["ready"]:
                return
        time.sleep(0.05)
    raise AssertionError("chromedriver did not come up")
