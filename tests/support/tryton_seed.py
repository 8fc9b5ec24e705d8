"""A small company in Tryton, set up as its people would: through the interface every client uses."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tests.support.tryton_office import TrytonOffice

ADMIN_PASSWORD = "for tests only 1"
USER, PASSWORD = "wizterm", "for tests only 2"
LIST = "PL1"
"""What the trade price list is called on our side."""


def seed(office: TrytonOffice) -> None:
    company = _company(office)
    taxed, untaxed = _accounts(office, company)
    unit = office.one("product.uom", [["name", "=", "Unit"]], "name")["id"]
    products = {
        code: _product(office, code, name, price, unit=unit, category=category)
        for code, name, price, category in (
            ("MUG", "Mug", "4.50", untaxed),
            ("TRAY", "Tray", "12", untaxed),
            ("LAMP", "Lamp", "30", taxed),
            ("FREIGHT", "Freight", "5", untaxed),
        )
    }
    trade = office.make(
        "product.price_list",
        name="Trade",
        company=company,
        price="list_price",
        lines=[["create", [
            {"sequence": 1, "product": products["MUG"], "quantity": 12.0, "formula": "Decimal('4')"},
            {"sequence": 2, "formula": "unit_price * Decimal('0.9')"},
        ]]],
    )  # fmt: skip
    term = office.make(
        "account.invoice.payment_term",
        name="30 days",
        lines=[["create", [{"type": "remainder", "relativedeltas": [["create", [{"days": 30}]]]}]]],
    )
    _party(office, "C1", "Corner Shop", customer_payment_term=term, sale_price_list=trade)
    _party(office, "C2", "Market Hall", customer_payment_term=term, credit_limit_amount=Decimal(100))
    warehouse = office.one("stock.location", [["type", "=", "warehouse"]], "storage_location")
    counted = [{"product": products[code], "quantity": 1000.0} for code in ("MUG", "TRAY", "LAMP")]
    inventory = office.make(
        "stock.inventory", location=warehouse["storage_location"], company=company, lines=[["create", counted]]
    )
    office.calls.model("stock.inventory", "confirm", [inventory])
    currency = office.one("currency.currency", [["code", "=", "GBP"]], "code")["id"]
    office.make("web.shop", name="WizTerm", company=company, currency=currency, warehouses=[["add", [warehouse["id"]]]])
    sales = office.one("res.group", [["name", "=", "Sales"]], "name")["id"]
    office.make(
        "res.user",
        name="WizTerm",
        login=USER,
        password=PASSWORD,
        companies=[["add", [company]]],
        company=company,
        groups=[["add", [sales]]],
    )


def _company(office: TrytonOffice) -> int:
    pound = office.make(
        "currency.currency",
        name="Pound",
        code="GBP",
        numeric_code="826",
        symbol="£",
        rounding=Decimal("0.01"),
        digits=2,
        rates=[["create", [{"date": date(2020, 1, 1), "rate": Decimal(1)}]]],
    )
    office.make("country.country", name="United Kingdom", code="GB", code3="GBR")
    own = office.make("party.party", name="Testers & Co", addresses=[["create", [{"street": "1 Depot Road"}]]])
    company = office.make("company.company", party=own, currency=pound, timezone="UTC")
    user = office.one("res.user", [["login", "=", "admin"]], "login")["id"]
    office.change("res.user", user, companies=[["add", [company]]], company=company)
    office.work_for(company)
    return company


def _accounts(office: TrytonOffice, company: int) -> tuple[int, int]:
    """A chart of accounts by Tryton's wizard; gives the product categories with a tax and without."""
    root = office.find("account.account.template", [["parent", "=", None]], "name")[0]["id"]
    wizard = "wizard.account.create_chart."
    session, *_ = office.call(wizard + "create")
    chosen = {"account": {"account_template": root, "company": company}}
    office.call(wizard + "execute", session, chosen, "create_account")

    def account(*domain: list) -> int:
        wanted = [["company", "=", company], ["closed", "!=", True], *domain]
        return office.calls.search("account.account", wanted, ["code"], most=1, order=[("code", "ASC")])[0]["id"]

    properties = {
        "company": company,
        "account_receivable": account(["type.receivable", "=", True], ["party_required", "=", True]),
        "account_payable": account(["type.payable", "=", True], ["party_required", "=", True]),
    }
    office.call(wizard + "execute", session, {"properties": properties}, "create_properties")
    office.call(wizard + "delete", session)
    due = account(["name", "ilike", "%tax%"], ["type", "!=", None])
    tax = office.make(
        "account.tax",
        name="VAT 20%",
        description="VAT 20%",
        type="percentage",
        rate=Decimal("0.2"),
        company=company,
        invoice_account=due,
        credit_note_account=due,
    )
    accounts = {
        "accounting": True,
        "account_revenue": account(["type.revenue", "=", True]),
        "account_expense": account(["type.expense", "=", True]),
    }
    taxed = office.make("product.category", name="Taxed", customer_taxes=[["add", [tax]]], **accounts)
    return taxed, office.make("product.category", name="Untaxed", **accounts)


def _product(office: TrytonOffice, code: str, name: str, price: str, *, unit: int, category: int) -> int:
    template = office.make(
        "product.template",
        name=name,
        code=code,
        default_uom=unit,
        type="service" if code == "FREIGHT" else "goods",
        salable=True,
        sale_uom=unit,
        list_price=Decimal(price),
        account_category=category,
        products=[["create", [{"cost_price": Decimal(1)}]]],
    )
    return office.one("product.product", [["template", "=", template]], "code")["id"]


def _party(office: TrytonOffice, code: str, name: str, **more: object) -> int:
    place = {"street": "5 High Street", "city": "York", "postal_code": "YO1 1AA", "invoice": True, "delivery": True}
    mechanisms = [
        {"type": "email", "value": f"{code.lower()}@example.com"},
        {"type": "phone", "value": "+44 1904 555 010"},
    ]
    return office.make(
        "party.party",
        name=name,
        code=code,
        addresses=[["create", [place]]],
        contact_mechanisms=[["create", mechanisms]],
        **more,
    )
