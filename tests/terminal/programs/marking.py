"""An app that says, past its screen, when everything has been painted that was to be: F12 asks."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from tests.support.settling import Settling

MARK = b"\x1b[24~"
PAINTED = "\x1b]2;painted\x07"


class Marking(Settling):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f12", "mark")]

    def action_mark(self) -> None:
        self.run_worker(self._mark())

    async def _mark(self) -> None:
        await self.rest()
        self._driver.write(PAINTED)
