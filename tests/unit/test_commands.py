"""The keymap: every command has its keys, and a person's own keys are checked before they are used."""

from wizterm import commands


def test_the_keys_as_delivered_do_not_clash():
    assert commands.clashes({}) == []
    assert commands.faults({}) == []


def test_a_key_that_two_commands_of_one_screen_would_share_is_found():
    assert commands.clashes({"order.create": "f4"}) == ["f4: both order.create and order.cart"]


def test_a_key_of_a_pane_that_the_screen_around_it_has_is_found():
    assert commands.clashes({"cart.remove": "f10"}) == ["f10: both order.create and cart.remove"]


def test_a_sheet_may_use_a_key_of_what_lies_under_it():
    assert commands.clashes({"confirm.yes": "f7"}) == []


def test_a_command_that_does_not_exist_is_named_with_the_nearest_that_does():
    (fault,) = commands.faults({"order.creat": "f9"})
    assert "order.creat, did you mean order.create?" in fault
