"""The line of keys: what can be done here comes before the demo's cable."""

from typing import ClassVar

import pytest
from textual.app import App, ComposeResult
from textual.binding import BindingType

from wizterm import commands
from wizterm.bindings import bind
from wizterm.widgets.key_line import KeyLine

EVERYWHERE = (commands.CABLE, commands.HELP, commands.PALETTE)


class Demo(App[None]):
    BINDINGS: ClassVar[list[BindingType]] = bind(*commands.of("scan"), *EVERYWHERE)

    def compose(self) -> ComposeResult:
        yield KeyLine()


@pytest.mark.parametrize(("columns", "cable"), [(80, False), (99, True), (120, True)])
async def test_the_cable_yields_where_a_narrow_line_has_no_room_for_the_keys_at_hand(columns, cable):
    app = Demo()
    async with app.run_test(size=(columns, 24)):
        said = app.query_one(KeyLine).render().plain
        assert "Esc Done" in said
        assert ("Pull cable" in said) is cable
        assert said.rstrip().endswith("F1 Help  ^p All")
