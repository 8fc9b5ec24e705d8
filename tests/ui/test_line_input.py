"""What is typed and pasted into a field is taken, or it is said that it is not."""

import pytest
from textual import events
from textual.app import App

from wizterm.widgets.form_field import text_input
from wizterm.widgets.line_input import LineInput

PAGE = "14 Stonegate\r\n  York \n\nYO1 8AS\n"


class Form(App[None]):
    def __init__(self, longest):
        super().__init__()
        self.longest = longest
        self.said = []

    def compose(self):
        yield text_input("line", longest=self.longest)

    def notify(self, message, **_):
        self.said.append(message)


async def pasted(text, *, longest=200, before=""):
    app = Form(longest)
    async with app.run_test() as pilot:
        field = app.query_one(LineInput)
        field.insert_text_at_cursor(before)
        field.post_message(events.Paste(text))
        await pilot.pause()
        return field.value, app.said


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (PAGE, "14 Stonegate York YO1 8AS"),
        ("\nheart", "heart"),
        ("heart ", "heart "),
        ("\n", ""),
        ("[red]x[/] ☕ \u202eevil", "[red]x[/] ☕ \u202eevil"),
    ],
)
async def test_a_page_that_is_pasted_becomes_one_line_with_all_its_words(text, value):
    assert await pasted(text) == (value, [])


async def test_of_what_has_no_room_the_beginning_is_taken_and_it_is_said():
    said = "No room for more: this field holds at most 20 characters."
    assert await pasted("word " * 200, longest=20, before="First: ") == ("First: word word wor", [said])


async def test_a_pasted_text_takes_the_place_of_what_is_marked():
    app = Form(10)
    async with app.run_test() as pilot:
        field = app.query_one(LineInput)
        field.value = "1234567890"
        field.select_all()
        field.post_message(events.Paste("abcdefghij"))
        await pilot.pause()
        assert (field.value, app.said) == ("abcdefghij", [])


async def test_a_key_that_has_no_room_is_told_once_until_the_field_is_another():
    app = Form(3)
    async with app.run_test() as pilot:
        await pilot.press(*"9" * 40)
        assert (app.query_one(LineInput).value, len(app.said)) == ("999", 1)
        await pilot.press("backspace", "8", "7")
        assert (app.query_one(LineInput).value, len(app.said)) == ("998", 2)
