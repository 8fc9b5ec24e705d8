"""The app that every one of our screens runs in."""

import sys
from collections.abc import Iterable
from typing import Any, ClassVar, TypeVar

from rich.console import RenderableType
from textual import constants, events
from textual.app import App
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.screen import Screen
from textual.worker import WorkerFailed

from wizterm.terminal.gate import Gate, OpenGate
from wizterm.terminal.pump import KeyPump
from wizterm.terminal.too_small import fits, frame

Result = TypeVar("Result")


class SteadyApp(App[Result]):
    """An app that keeps its keys in order and its feet on a bad terminal."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q", "pass_over", show=False, system=True)]
    """A barcode can contain ctrl+q, so it does not quit."""

    IN_ORDER: ClassVar[tuple[type[events.Event], ...]] = (events.Key, events.Paste)
    """What a person enters and the pump keeps in order."""

    fault: BaseException | None = None
    """What ended the app without being asked; whoever runs it says so when the terminal is back."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._keys = KeyPump(self, ready=self.ready_for_keys)

    def scan_gate(self) -> Gate:
        """What stands between the parsed keys and the app; called once by each input thread."""
        return OpenGate()

    def get_driver_class(self) -> type[Driver]:
        if constants.DRIVER is not None or sys.platform == "win32":
            return super().get_driver_class()
        from wizterm.terminal.driver import SteadyDriver  # noqa: PLC0415 - termios does not exist on Windows

        return SteadyDriver

    async def on_event(self, event: events.Event) -> None:
        """Send what is entered through the pump, and nowhere while it cannot be seen."""
        if isinstance(event, events.InputEvent | events.Paste) and not event.is_forwarded:
            if not fits(self.size):
                return
            if isinstance(event, self.IN_ORDER) and not self._keys.admit(event):
                return
        await super().on_event(event)

    async def ready_for_keys(self) -> None:
        """Return once a screen is there that keys are meant for; until then they wait."""

    async def keys_handled(self) -> None:
        """Wait until every key that came has been handled."""
        await self._keys.all_handled()

    def action_pass_over(self) -> None:
        """Do nothing."""

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A blinking cursor costs 250 bytes a second over SSH."""
        if hasattr(event.widget, "cursor_blink"):
            event.widget.cursor_blink = False

    def on_unmount(self) -> None:
        self._keys.stop()

    def _handle_exception(self, error: Exception) -> None:
        if self.fault is None:
            self.fault = error.error if isinstance(error, WorkerFailed) else error
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """End, and print nothing: a screen of local variables would show the customers' data to whoever looks on."""
        self._close_messages_no_wait()

    async def _press_keys(self, keys: Iterable[str]) -> None:
        await super()._press_keys(keys)
        await self.keys_handled()

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        if fits(self.size) or self._driver is None:
            super()._display(screen, renderable)
        else:
            self._driver.write(frame(self.size))
