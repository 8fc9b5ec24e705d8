from tests.support.ui import ShopApp, press
from wizterm.domain.customer import Address, NewCustomer
from wizterm.screens.new_customer import NewCustomerSheet


async def test_what_was_typed_comes_back_as_a_new_customer_with_the_guest_list(folder):
    app = ShopApp(folder, NewCustomerSheet)
    async with app.run_test(size=(120, 40)) as pilot:
        await app.settle(pilot)
        await press(app, pilot, *"Lune", "enter", *"Amy", "enter", *"a@l.example", "f10")
    assert app.given == [NewCustomer(company="Lune", contact="Amy", email="a@l.example", price_list="retail")]


async def test_the_words_of_the_search_are_the_companys_name(folder):
    app = ShopApp(folder, lambda: NewCustomerSheet("Lune"))
    async with app.run_test() as pilot:
        await app.settle(pilot)
        await press(app, pilot, "ctrl+o")
    assert app.given[0].company == "Lune"


async def test_enter_goes_from_field_to_field_and_saves_in_the_last(folder):
    app = ShopApp(folder, NewCustomerSheet)
    async with app.run_test() as pilot:
        await app.settle(pilot)
        await press(app, pilot, *"Lune", *["enter"] * 4, *"1 Rue", "enter", *"Lyon", "enter", *"69001", "enter", *"FR")
        await press(app, pilot, *["tab"] * 6, *"30 days", "enter", "enter", *"ring first", "enter")
    (made,) = app.given
    assert made.billing == Address("1 Rue", "Lyon", "69001", "FR")
    assert made.shipping == Address()
    assert (made.payment_terms, made.note) == ("30 days", "ring first")


async def test_a_missing_company_is_said_at_its_field_and_nothing_is_given(folder):
    app = ShopApp(folder, NewCustomerSheet)
    async with app.run_test(size=(120, 40)) as pilot:
        await app.settle(pilot)
        await pilot.press("tab")
        said = await press(app, pilot, "f10")
        assert "▲ Company" in said
        assert "A customer needs a company name." in said
        assert app.focused.id == "company"
    assert app.given == []


async def test_a_fault_is_shown_when_its_field_is_left_and_goes_when_it_is_mended(folder):
    app = ShopApp(folder, NewCustomerSheet)
    async with app.run_test(size=(120, 40)) as pilot:
        await app.settle(pilot)
        await press(app, pilot, *"Lune", "tab", "tab")
        assert "▲ E-mail" not in await press(app, pilot, *"amy")
        assert "▲ E-mail" in await press(app, pilot, "tab")
        assert "▲ E-mail" not in await press(app, pilot, "shift+tab", "end", *"@l.example")


async def test_a_field_says_what_it_expects_while_one_types_in_it(folder):
    app = ShopApp(folder, NewCustomerSheet)
    async with app.run_test(size=(120, 40)) as pilot:
        await app.settle(pilot)
        said = await press(app, pilot, "tab", "tab", "tab", *"+44")
        assert "Digits, with the country's code" in said
        assert "Its name on the invoice" not in said


async def test_another_price_list_can_be_chosen_by_keyboard(folder):
    app = ShopApp(folder, lambda: NewCustomerSheet("Lune"))
    async with app.run_test(size=(120, 40)) as pilot:
        await app.settle(pilot)
        await press(app, pilot, *["tab"] * 12, "enter", "down", "enter", "f10")
    assert app.given[0].price_list == "trade"


async def test_escape_leaves_an_untouched_form_at_once(folder):
    app = ShopApp(folder, lambda: NewCustomerSheet("Lune"))
    async with app.run_test() as pilot:
        await app.settle(pilot)
        await press(app, pilot, "escape")
    assert app.given == [None]


async def test_escape_asks_before_it_throws_away_what_was_typed(folder):
    app = ShopApp(folder, NewCustomerSheet)
    async with app.run_test() as pilot:
        await app.settle(pilot)
        assert "Leave without saving?" in await press(app, pilot, *"Lune", "escape")
        assert "Lune" in await press(app, pilot, "n")
        assert app.given == []
        await press(app, pilot, "escape", "y")
    assert app.given == [None]
